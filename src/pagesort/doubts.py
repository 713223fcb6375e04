"""When a page has been read far enough: reading a picture is what takes long, and the judge is asked how far it must go."""

from __future__ import annotations

from collections.abc import Sequence

from pagesort.types import Judge, PageClass, Sight, is_catch_all

SURE_OF_NONE = 0.84
"""How sure, at most, a page read in part makes that it fits no class: what is unread may be what speaks for one. Less
than `see.reading.needed` asks for before 32 lines were read."""

AS_GOOD_AS_SURE = 0.85
"""An answer surer than this that more lines contradict: either may be wrong, and only the whole page can tell."""


class Doubts:
    """What one page, read in part, leaves open. Made anew for each page."""

    def __init__(self, judge: Judge, classes: Sequence[PageClass]) -> None:
        self._judge, self._classes = judge, classes
        self._sure_of: set[str] = set()

    def sure(self, sight: Sight) -> float:
        """How sure, 0..1, what was read so far makes: not at all where with fewer lines another answer was as good as sure."""
        found = self._judge.judge([sight], self._classes)[0]
        confidence = found.confidence or 0.0
        if confidence > AS_GOOD_AS_SURE:
            self._sure_of.add(found.name)
        if len(self._sure_of) > 1:
            return 0.0
        return min(confidence, SURE_OF_NONE) if is_catch_all(found.name) else confidence
