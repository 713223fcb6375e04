"""The figures: pure functions over scored pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from pagesort.evaluation.tasks import PageFacts
from pagesort.types import UNKNOWN

BINS = 10
LEAST_CERTAIN = 0.1


@dataclass(frozen=True, slots=True)
class Scored:
    """One page of one task: what was expected and what was answered."""

    task: str
    trade: str
    file: str
    page: int
    """From 0."""
    expected: str
    answered: str | None
    """None where the page could not be read: always wrong, even where `unknown` was expected."""
    right: bool
    confidence: float | None
    reason: str
    suggested_class: str | None
    facts: PageFacts


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document, or one page of it (from 0), that could not be read, and why."""

    file: str
    page: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pages were right, of how many."""

    right: int
    pages: int

    @property
    def share(self) -> float | None:
        """0..1; None where there is nothing to count."""
        return self.right / self.pages if self.pages else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence."""

    pages: int
    confidence: float
    """Mean, 0..1."""
    right: float
    """Share of right answers, 0..1."""


def tally(scored: Iterable[Scored]) -> Tally:
    outcomes = [each.right for each in scored]
    return Tally(sum(outcomes), len(outcomes))


def tally_by(scored: Sequence[Scored], key: Callable[[Scored], Hashable]) -> dict[Hashable, Tally]:
    """One tally for each value of `key` but None, in the order in which the values first occur."""
    values = dict.fromkeys(value for each in scored if (value := key(each)) is not None)
    return {value: tally(each for each in scored if key(each) == value) for value in values}


def unknown_precision(scored: Iterable[Scored]) -> Tally:
    """Of the pages answered `unknown`: those where that is right."""
    return tally(each for each in scored if each.answered == UNKNOWN)


def unknown_recall(scored: Iterable[Scored]) -> Tally:
    """Of the pages that fit no class: those answered so."""
    return tally(each for each in scored if each.expected == UNKNOWN)


def needlessly_unknown(scored: Iterable[Scored]) -> list[Scored]:
    """Pages that fit a class and were answered `unknown`."""
    return [each for each in scored if each.answered == UNKNOWN and not each.right]


def calibration_error(scored: Iterable[Scored]) -> float | None:
    """Expected calibration error over ten equally wide bins of confidence, 0..1, smaller is better.

    ECE = Σ_m |B_m| / n · |acc(B_m) - conf(B_m)|, where bin m holds the confidences in ((m-1)/M, m/M]: equation 3 of Guo,
    Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, after Naeini, Cooper and
    Hauskrecht, AAAI 2015. None where no page has a confidence.
    """
    bins = reliability(scored)
    pages = sum(each.pages for each in bins)
    return sum(each.pages * abs(each.right - each.confidence) for each in bins) / pages if pages else None


def reliability(scored: Iterable[Scored]) -> list[Bin]:
    """The bins of `calibration_error`, those without pages left out."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for each in scored:
        if each.confidence is not None:
            bins[max(0, math.ceil(each.confidence * BINS) - 1)].append((each.confidence, each.right))
    return [
        Bin(len(each), sum(sure for sure, _ in each) / len(each), sum(right for _, right in each) / len(each))
        for each in bins
        if each
    ]


def errors_among_least_certain(scored: Iterable[Scored], share: float = LEAST_CERTAIN) -> Tally:
    """Of all errors with a confidence: how many a person finds who checks the least certain tenth of the pages."""
    ranked = sorted((each.confidence, index, each.right) for index, each in enumerate(scored) if each.confidence is not None)
    checked = ranked[: math.ceil(len(ranked) * share)]
    return Tally(sum(not right for *_, right in checked), sum(not right for *_, right in ranked))
