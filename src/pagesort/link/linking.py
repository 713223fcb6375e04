"""The whole stage: facts of each page, then the chain of those that decide, then the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pagesort.link.certainty import calibrated
from pagesort.link.context import smooth
from pagesort.link.cues import continues
from pagesort.link.facts import Seen
from pagesort.link.parts import parts
from pagesort.link.traits import Traits
from pagesort.types import Linked, Sight, Verdict

SEPARATOR = "separator sheet"
"""What the judge suggests for a sheet that parts documents in a stack to be scanned."""


class Linking:
    """A document that is linked page by page as it is judged, so that little is left to do when the last page has come.

    Blank pages, separator sheets and pages that could not be read decide nothing, and stay with the document before them.
    """

    def __init__(self) -> None:
        self._verdicts: list[Verdict] = []
        self._traits: list[Traits | None] = []
        self._seen = Seen()
        self._chain: list[int] = []
        """Places of the pages that decide."""
        self._stays: list[float] = []
        """How likely each of these goes on with the one before it."""

    def add(self, sight: Sight | None, verdict: Verdict) -> None:
        """The next page, in page order. `sight`: None for a page that could not be read."""
        traits = Traits(sight) if sight else None
        self._traits.append(traits)
        self._verdicts.append(replace(verdict, facts=self._seen.facts(traits)) if traits else verdict)
        if _decides(self._verdicts[-1]):
            number = len(self._verdicts) - 1
            self._stays.append(self._stay(self._chain[-1], number) if self._chain else 0.0)
            self._chain.append(number)

    def linked(self) -> Linked:
        """All pages in the light of their neighbours, and the documents that they form."""
        linked = list(self._verdicts)
        starts: list[float | None] = [None] * len(linked)
        if self._chain:
            smoothed = smooth([linked[number] for number in self._chain], self._stays)
            for number, verdict, start in zip(self._chain, smoothed.verdicts, smoothed.starts, strict=True):
                linked[number], starts[number] = verdict, start
        linked = calibrated(linked)
        return Linked(tuple(linked), parts(linked, starts, self._traits))

    def _stay(self, before: int, number: int) -> float:
        """How likely a page goes on with the one before it. Blank pages in between do not part them, missing ones do."""
        first, second = self._traits[before], self._traits[number]
        if first is None or second is None or second.sight.page - first.sight.page != number - before:
            return 0.0
        return continues(first, second)


def link(sights: Sequence[Sight], verdicts: Sequence[Verdict]) -> Linked:
    """`verdicts`: one for each page, in page order. `sights`: those of the pages that could be read, in page order."""
    by_page = {sight.page: sight for sight in sights}
    linking = Linking()
    for verdict in verdicts:
        linking.add(by_page.get(verdict.page), verdict)
    return linking.linked()


def _decides(verdict: Verdict) -> bool:
    return verdict.confidence is not None and not verdict.facts.blank and verdict.suggested_class != SEPARATOR
