"""A verdict's reason: one sentence that can be checked against the page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pagesort.judge.evidence import PageText
from pagesort.judge.knowledge import PageType
from pagesort.judge.shape import LOOKS, USUAL
from pagesort.types import Clue

MOST_PHRASES = 4
_PLAIN_LOOK = 0.3
"""How much more of a look than usual a page must have before the look is worth naming."""


def describe(text: PageText, wanted: str, page_type: PageType | None, clues: Sequence[Clue]) -> str:
    """Why the page is `wanted`. `page_type`: the known type it is taken for; None where the class's own words decided."""
    if clues:
        said = _said(clues)
        return f"{said[0].upper()}{said[1:]}."
    looks = _looks(text, page_type)
    what = "No telling words on the page" if text.sight.lines else "No text on the page"
    return f"{what}; {_quoted(wanted)} is the likeliest by its looks alone{f' ({looks})' if looks else ''}."


def describe_unknown(
    text: PageText, closest: str | None, instead: PageType | None, clues: Sequence[Clue], *, others: bool
) -> str:
    """Why no class fits: which was closest, and why it was not enough.

    `instead`: the known type that fits better than any class, and `clues` what speaks for it; None where nothing fits
    well, and `clues` are what speaks for the closest class. `closest`: None where no class was asked for. `others`: whether
    the list has a class of its own for such pages.
    """
    start = (
        f"Fits none of the {'other ' if others else ''}classes: closest is {_quoted(closest)}, but"
        if closest
        else f"No {'other ' if others else ''}class was asked for;"
    )
    if instead:
        looks = _looks(text, instead)
        shown = _said(clues) if clues else f"by its looks alone{f' ({looks})' if looks else ''}"
        return f"{start} the page is more like {_a(instead.name)}: {shown}."
    if clues:
        return f"{start} all it shows of that is {_listed([clue.text for clue in clues[:MOST_PHRASES]])}."
    return f"{start} nothing on the page speaks for it." if closest else f"{start} nothing on the page is known."


def describe_blank() -> str:
    return "The page is blank."


def _said(clues: Sequence[Clue]) -> str:
    """What the clues say, as the end of a sentence."""
    titles = [f"titled {_quoted(clue.text)} {_place(clue)}" for clue in clues if clue.kind == "title"]
    phrases = [clue.text for clue in clues if clue.kind != "title"][:MOST_PHRASES]
    return "; ".join([*titles, *([f"shows {_listed(phrases)}"] if phrases else [])])


def _place(clue: Clue) -> str:
    return "at the top" if clue.box.top < 0.25 else "in the middle" if clue.box.top < 0.7 else "at the foot"


def _looks(text: PageText, page_type: PageType | None) -> str:
    """The looks that the type has and the page shows more plainly than most pages, plainest first."""
    plain = np.asarray(text.looks - USUAL)
    shown = [number for number in np.argsort(-plain, kind="stable") if plain[number] > _PLAIN_LOOK]
    return ", ".join(LOOKS[number] for number in shown if page_type and LOOKS[number] in page_type.looks)


def _listed(texts: Sequence[str]) -> str:
    quoted = [_quoted(text) for text in texts]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _a(name: str) -> str:
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
