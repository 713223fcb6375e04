"""Is the suggestion sensible? What an `unknown` page is said to be instead, held against what it truly is.

Both are compared as types of the knowledge: the page's label, a natural name that people gave it, is looked up there like
a class name. A suggestion is right if it names a type that the label means by name; it is near if it names a kind of what
the label says, or a broader word for it ("tax form" for a "W-2"); all else is wrong, no suggestion included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pagesort.evaluation.score import Scored, Tally
from pagesort.judge.embedded import knowledge
from pagesort.judge.mapping import LOOSE, PART
from pagesort.types import UNKNOWN, PageClass

Fit = Literal["right", "near", "wrong", "none", "not known"]
"""Of a suggestion. "none": nothing was suggested. "not known": the knowledge has no type for the label."""

SENSIBLE: tuple[Fit, ...] = ("right", "near")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One page that fits no class and was answered so."""

    page: Scored
    fit: Fit

    @property
    def sensible(self) -> bool:
        return self.fit in SENSIBLE


def suggestions(scored: Iterable[Scored]) -> list[Suggestion]:
    """One for each page and suggestion: pages that fit no class, were answered `unknown`, and of which the label is known."""
    pages = {
        (each.file, each.page, each.suggested_class): each
        for each in scored
        if each.expected == UNKNOWN and each.answered == UNKNOWN and each.facts.label
    }
    return [Suggestion(each, fit(each.facts.label or "", each.suggested_class)) for each in pages.values()]


@cache
def fit(label: str, suggested: str | None) -> Fit:
    """How well a suggested name fits a label."""
    _, atlas = knowledge()
    truth = atlas.types_of(PageClass(label))
    if suggested is None:
        return "none"
    named = atlas.types_of(PageClass(suggested))
    exact = _by_name(truth)
    if exact & _by_name(named) or label.casefold() == suggested.casefold():
        return "right"
    if not truth:
        return "not known"
    # Broader and narrower kin, but never siblings: a kind of the label's type, or a word for what the label is a kind of.
    kin = set(truth) | set(atlas.broader_than(exact))
    return "near" if kin & _by_name(named) else "wrong"


def _by_name(types: dict[int, float]) -> set[int]:
    """The types that bear the name themselves, loosely at least; not the kinds of those."""
    return {number for number, degree in types.items() if degree >= min(LOOSE, PART)}


def tally(found: Iterable[Suggestion]) -> Tally:
    """How many suggestions are sensible. A label that the knowledge has no type for counts as missed."""
    outcomes = [each.sensible for each in found]
    return Tally(sum(outcomes), len(outcomes))
