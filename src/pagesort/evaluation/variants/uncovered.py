"""Classes that nobody has described yet: the knowledge of all asked types is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pagesort.evaluation.tasks import Task
from pagesort.evaluation.variants.passes import Facts, Pass
from pagesort.judge.embedded import EmbeddedJudge, knowledge
from pagesort.types import PageClass, Sight, Verdict


def uncovered(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """The tasks as they are, judged by the embedded model with the knowledge of everything but what is asked for."""
    return [Pass("left out", tuple(tasks), LeaveTypesOut())]


class LeaveTypesOut:
    """Judges each class list by the types that are left without those that its classes mean by their names."""

    version = "embedded, asked types taken away"
    model_hash = "none"

    def __init__(self) -> None:
        self._judge = lru_cache(maxsize=64)(self._without)

    def judge(self, sights: Sequence[Sight], classes: Sequence[PageClass]) -> list[Verdict]:
        return self._judge(tuple(classes)).judge(sights, classes)

    def _without(self, classes: tuple[PageClass, ...]) -> EmbeddedJudge:
        index, atlas = knowledge()
        taken = {number for each in classes for number in atlas.types_of(each)}
        return EmbeddedJudge(self.version, types=[each for number, each in enumerate(index.types) if number not in taken])
