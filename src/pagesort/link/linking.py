"""The whole stage: facts of each page, then the chain of those that decide, then the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pagesort.link.certainty import calibrated
from pagesort.link.context import smooth
from pagesort.link.cues import continues
from pagesort.link.facts import facts
from pagesort.link.parts import parts
from pagesort.link.traits import Traits
from pagesort.types import Linked, Sight, Verdict

SEPARATOR = "separator sheet"
"""What the judge suggests for a sheet that parts documents in a stack to be scanned."""


def link(sights: Sequence[Sight], verdicts: Sequence[Verdict]) -> Linked:
    """`verdicts`: one for each page, in page order. `sights`: those of the pages that could be read, in page order.

    Blank pages, separator sheets and pages that could not be read decide nothing, and stay with the document before them.
    """
    traits = {sight.page: Traits(sight) for sight in sights}
    known = dict(zip(traits, facts(list(traits.values())), strict=True))
    linked = [replace(each, facts=known[each.page]) if each.page in known else each for each in verdicts]
    chain = [number for number, verdict in enumerate(linked) if _decides(verdict)]
    starts: list[float | None] = [None] * len(linked)
    if chain:
        stays = [0.0, *(_stay(linked, traits, before, number) for before, number in pairwise(chain))]
        smoothed = smooth([linked[number] for number in chain], stays)
        for number, verdict, start in zip(chain, smoothed.verdicts, smoothed.starts, strict=True):
            linked[number], starts[number] = verdict, start
    linked = calibrated(linked)
    return Linked(tuple(linked), parts(linked, starts, [traits.get(each.page) for each in linked]))


def _decides(verdict: Verdict) -> bool:
    return verdict.confidence is not None and not verdict.facts.blank and verdict.suggested_class != SEPARATOR


def _stay(verdicts: Sequence[Verdict], traits: Mapping[int, Traits], before: int, number: int) -> float:
    """How likely a page goes on with the one before it. Blank pages in between do not part them, missing ones do."""
    first, second = verdicts[before].page, verdicts[number].page
    return continues(traits[first], traits[second]) if second - first == number - before else 0.0
