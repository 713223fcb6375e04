"""What became of a variant of the tasks, next to the tasks as they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pagesort.evaluation import score
from pagesort.evaluation.report import Report, rounded
from pagesort.evaluation.score import Scored, Tally


@dataclass(frozen=True, slots=True)
class Lost:
    """Pages of one class that were asked for under one name in one pass."""

    name: str
    """The class's own name, as in the tasks as they are."""
    asked_as: str
    pass_name: str
    now: Tally
    before: Tally
    """The same pages in the tasks as they are."""
    instead: str
    """What was answered most often where the answer was wrong."""


@dataclass(frozen=True)
class Outcome:
    """One variant: a report for each of its passes, and the report on the tasks as they are."""

    name: str
    plain: Report
    passes: Mapping[str, Report]

    @property
    def scored(self) -> list[Scored]:
        """The pages of all passes: their share of right ones is the mean, each pass counting by its pages."""
        return [each for report in self.passes.values() for each in report.scored]

    @cached_property
    def _plain(self) -> dict[tuple[str, int], Scored]:
        return {_key(each): each for each in self.plain.scored}

    def before(self, scored: Sequence[Scored]) -> Tally:
        """The same pages in the tasks as they are."""
        return score.tally(self._plain[_key(each)] for each in scored)

    def loss(self, scored: Sequence[Scored]) -> float | None:
        """By how much a smaller share (0..1) is right than in the tasks as they are; below 0 for a gain."""
        now, before = score.tally(scored).share, self.before(scored).share
        return None if now is None or before is None else before - now

    @property
    def worst(self) -> float | None:
        """The share of right pages in the worst pass."""
        return min((share for report in self.passes.values() if (share := report.overall.share) is not None), default=None)

    def lost_most(self) -> list[Lost]:
        """Where pages were lost, most first; what lost none is left out."""
        groups: dict[tuple[str, str, str], list[Scored]] = defaultdict(list)
        for pass_name, report in self.passes.items():
            for each in report.scored:
                groups[self._plain[_key(each)].expected, each.expected, pass_name].append(each)
        lost = [Lost(*group, score.tally(scored), self.before(scored), _instead(scored)) for group, scored in groups.items()]
        return sorted((each for each in lost if each.now.right < each.before.right), key=_by_loss)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; shares and losses as 0..1, None where there is nothing to count."""
        return {
            **self._figures(self.scored),
            "worst": rounded(self.worst),
            "passes": {
                name: {**self._figures(report.scored), "confusions": confusions(report.scored)}
                for name, report in self.passes.items()
            },
        }

    def _figures(self, scored: Sequence[Scored]) -> dict[str, Any]:
        tally = score.tally(scored)
        return {
            "pages": tally.pages,
            "right": tally.right,
            "share": rounded(tally.share),
            "loss": rounded(self.loss(scored)),
            "needlessly_unknown": len(score.needlessly_unknown(scored)),
            "unknown_recall": rounded(score.unknown_recall(scored).share),
        }


def confusions(scored: Sequence[Scored]) -> dict[str, dict[str, int]]:
    """Expected → answered → pages, for everything expected that was answered wrong at least once."""
    wrong = {each.expected for each in scored if not each.right}
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    for each in scored:
        if each.expected in wrong:
            answers[each.expected][each.answered or "-"] += 1
    return {expected: dict(answers[expected].most_common()) for expected in sorted(answers)}


def _key(each: Scored) -> tuple[str, int]:
    return each.task, each.page


def _instead(scored: Sequence[Scored]) -> str:
    wrong = Counter(each.answered or "-" for each in scored if not each.right)
    return wrong.most_common(1)[0][0] if wrong else ""


def _by_loss(lost: Lost) -> tuple[int, str]:
    return lost.now.right - lost.before.right, lost.asked_as
