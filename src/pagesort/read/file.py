"""What crosses between the caller's process and the reading processes. Plain and picklable."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from pagesort.errors import EncryptedDocument
from pagesort.options import Options
from pagesort.read.sniff import Kind
from pagesort.types import Line, Verdict

Row = tuple[str, float, float, float, float, float]
"""A `Line` without its certainty. Tuples cross the process boundary three times as fast."""


@dataclass(frozen=True, slots=True)
class File:
    """A document on disk, as the reading processes are told of it."""

    serial: int
    """Tells documents apart: a path may be another file by now."""
    path: Path
    name: str
    kind: Kind
    password: str | None
    options: Options
    page_count: int | None = None
    """None before it was opened for the first time."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page is and says."""

    size: tuple[float, float]
    rows: list[Row] | None
    """None where the format has no text layer."""
    picture_share: float | None = None
    """Where it is likely to be asked for and the page was open anyway."""
    early: Verdict | None = None
    """The verdict on the text, where that was asked for and the text suffices."""

    def lines(self) -> tuple[Line, ...] | None:
        """The rows as lines; None where the format has no text layer."""
        return None if self.rows is None else tuple(itertools.starmap(Line, self.rows))


def encrypted(file: File) -> EncryptedDocument:
    """The error for a document that does not open without a password, or not with the one given."""
    if file.password is None:
        message = "is protected by a password. Give it as `password`, or save a copy without password and send that."
    else:
        message = "does not open with the password given. Check it, or save a copy without password and send that."
    return EncryptedDocument(f"{file.name} {message}")
