"""A judge made of a measure of likeness: the class most like the page, or `unknown` below a threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pagesort.types import UNKNOWN, PageClass, Sight, Verdict

Likeness = Callable[[Sight, Sequence[PageClass]], NDArray[np.floating]]
"""A page and classes → one number for each class, the higher the more alike."""


class BaselineJudge:
    """Says no confidence, so that pages are judged each for itself."""

    model_hash = "none"

    def __init__(self, name: str, likeness: Likeness, threshold: float) -> None:
        self.version = name
        self._likeness = likeness
        self._threshold = threshold

    def judge(self, sights: Sequence[Sight], classes: Sequence[PageClass]) -> list[Verdict]:
        asked = [each for each in classes if each.name.casefold() != UNKNOWN]
        return [self._judge_page(sight, asked) for sight in sights]

    def _judge_page(self, sight: Sight, asked: Sequence[PageClass]) -> Verdict:
        alike = self._likeness(sight, asked) if asked else np.zeros(0)
        best = int(np.argmax(alike)) if asked else -1
        fits = best >= 0 and alike[best] >= self._threshold
        return Verdict(sight.page, asked[best].name if fits else UNKNOWN, self.version)


def tuned(outcomes: Iterable[tuple[float, bool, bool]]) -> float:
    """The threshold that gets most pages right. Of each page: likeness of the likeliest class, whether that class is right,
    and whether `unknown` is."""
    pages = sorted(outcomes)
    right = sum(class_right for _, class_right, _ in pages)
    best, threshold = right, -np.inf
    for alike, class_right, unknown_right in pages:  # the threshold rises past one page after the other
        right += unknown_right - class_right
        if right > best:
            best, threshold = right, float(np.nextafter(alike, np.inf))
    return threshold
