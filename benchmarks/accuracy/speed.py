"""Milliseconds the judge takes for a page that has been read, by the number of classes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

from pagesort.evaluation.run import Material
from pagesort.evaluation.variants.lexicon import other_classes
from pagesort.flow import Observation
from pagesort.judge.embedded import EmbeddedJudge
from pagesort.types import PageClass, Sight

COUNTS = (1, 10, 50, 200)
PAGES = 100


def judge_speed(material: Material) -> dict[int, float]:
    """Number of classes → median milliseconds a page, over pages spread through the material; the class list is known by then."""
    sights = [page for seen in material.seen.values() if isinstance(seen, Observation) for page in seen.pages]
    chosen = [page for page in sights if isinstance(page, Sight)]
    chosen = chosen[:: max(1, len(chosen) // PAGES)][:PAGES]
    names = [name for family in other_classes() for name in family]
    judge = EmbeddedJudge("speed")
    return {count: _median(judge, chosen, [PageClass(name) for name in names[:count]]) for count in COUNTS}


def _median(judge: EmbeddedJudge, sights: Sequence[Sight], classes: Sequence[PageClass]) -> float:
    judge.judge(sights[:1], classes)
    times = []
    for sight in sights:
        started = time.perf_counter()
        judge.judge([sight], classes)
        times.append(1000 * (time.perf_counter() - started))
    return median(times) if times else 0.0
