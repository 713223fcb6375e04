"""Does a page go on with the document of the page before it? What two pages show of that, and what it counts.

Each cue is a number, mostly 0 or 1, with one weight; their sum is the log-odds that the page continues. The weights were
fitted by logistic regression on pairs of pages (`train/seams.py`), from priors set by hand.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from pagesort.link.traits import Traits

CUES = (
    "any page",
    "next number",
    "number out of turn",
    "first number",
    "other total",
    "running lines",
    "other running lines",
    "identifiers",
    "other identifiers",
    "heading of a table",
    "words in common",
    "the same again",
    "slide after slide",
    "other paper",
    "other type",
    "other edge",
    "sentence goes on",
    "title",
    "greeting",
    "after a closing",
    "picture beside text",
)

COPY = 0.92
"""Pages whose words are so much alike are copies of one sheet, or one form filled in twice."""

LANDSCAPE = 1.2


def cues(before: Traits, page: Traits) -> NDArray[np.float64]:
    """The numbers of `CUES` for a page and the one before it."""
    number, previous = page.printed, before.printed
    turn = bool(number and number.number > 1)
    follows = bool(number and previous and number.number == previous.number + 1)
    totals = {each.total for each in (number, previous) if each and each.total}
    both = bool(before.running_lines and page.running_lines)
    shared = bool(before.running_lines & page.running_lines)
    known = bool(before.identifiers and page.identifiers)
    same = bool(before.identifiers & page.identifiers)
    likeness = _likeness(before, page)
    copied = likeness >= COPY and not follows
    return np.array(
        [
            1.0,
            follows or (turn and previous is None),
            turn and previous is not None and not follows,
            bool(number and number.number == 1),
            len(totals) > 1,
            shared,
            both and not shared,
            same,
            known and not same,
            bool(before.rows & page.rows),
            0.0 if copied else likeness,
            copied,
            min(before.aspect, page.aspect) > LANDSCAPE and abs(math.log(before.aspect / page.aspect)) < 0.02,
            min(1.0, abs(math.log(before.aspect / page.aspect)) / 0.05),
            min(1.0, abs(math.log((before.body_size + 1e-3) / (page.body_size + 1e-3))) / 0.3),
            min(1.0, abs(before.left_edge - page.left_edge) / 0.05),
            page.begins_within_a_sentence or before.ends_within_a_sentence,
            min(1.0, max(0.0, page.title_size - 1.2) / 1.0),
            page.greets,
            before.closes,
            before.sight.origin != page.sight.origin,
        ],
        dtype=np.float64,
    )


def continues(before: Traits, page: Traits) -> float:
    """Probability, 0..1, that `page` goes on where `before` ended."""
    return float(1 / (1 + math.exp(-cues(before, page) @ weights())))


@cache
def weights() -> NDArray[np.float64]:
    """What each of `CUES` counts."""
    data = json.loads((resources.files("pagesort.link") / "seams.json").read_text(encoding="utf-8"))
    return np.array([data[cue] for cue in CUES])


def _likeness(before: Traits, page: Traits) -> float:
    """Cosine of the two pages' words, rare and frequent alike, 0..1."""
    first, second = before.words, page.words
    if not first or not second:
        return 0.0
    common = sum(math.sqrt(first[word] * second[word]) for word in sorted(first.keys() & second.keys()))
    return common / math.sqrt(first.total() * second.total())
