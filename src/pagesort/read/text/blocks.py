"""What a text file consists of, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass

BODY = 11.0
"""Size of ordinary type, in points."""

HEADINGS = {1: 24.0, 2: 18.0, 3: 15.0, 4: 13.0, 5: 11.0, 6: 11.0}
"""Sizes of headings by level."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or row of a table."""

    cells: tuple[str, ...]
    """Side by side; most blocks have one. Lines inside a cell are broken where they must be, and at line feeds."""
    size: float = BODY
    fixed: bool = False
    """Every character as wide as the others, as in a typewriter; runs of spaces count."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Flow = Block | PageBreak
