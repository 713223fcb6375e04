"""The outcome of an evaluation: every scored page, and the figures drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pagesort.evaluation import score
from pagesort.evaluation.score import Scored, Tally, Unreadable
from pagesort.evaluation.suggestions import Suggestion, suggestions, tally


@dataclass(frozen=True, slots=True)
class Speed:
    """Pages worked on and the seconds it took. Kept observations are not read and do not count as reading."""

    read_pages: int = 0
    read_seconds: float = 0.0
    judged_pages: int = 0
    judge_seconds: float = 0.0

    @property
    def read_per_second(self) -> float | None:
        return self.read_pages / self.read_seconds if self.read_pages else None

    @property
    def judged_per_second(self) -> float | None:
        return self.judged_pages / self.judge_seconds if self.judged_pages else None


@dataclass(frozen=True)
class Report:
    """Everything an evaluation found out."""

    model: str
    tasks: int
    scored: tuple[Scored, ...]
    """In the order of the task file, pages in order."""
    unreadable: tuple[Unreadable, ...]
    speed: Speed

    @property
    def overall(self) -> Tally:
        return score.tally(self.scored)

    @property
    def mistakes(self) -> list[Scored]:
        return [each for each in self.scored if not each.right]

    @cached_property
    def groups(self) -> dict[str, dict[str, Tally]]:
        """Tallies by trade, by place in the document and by kind of page; only what the files tell about the pages."""
        return {
            "trade": _named(score.tally_by(self.scored, lambda each: each.trade)),
            "place": _named(score.tally_by(self.scored, _place)),
            "kind": _named(score.tally_by(self.scored, lambda each: each.facts.kind)),
        }

    @property
    def mean_over_trades(self) -> float:
        """Mean of the trades' shares, each trade counting the same whatever number of pages it has."""
        shares = [tally.right / tally.pages for tally in self.groups["trade"].values()]
        return sum(shares) / len(shares)

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Pages that fit no class and were answered so, with how well the suggestion fits what they are."""
        return suggestions(self.scored)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: the figures, shares as 0..1 or None where there is nothing to count, and the mistakes in short."""
        return {
            "model": self.model,
            "tasks": self.tasks,
            "pages": self.overall.pages,
            "right": self.overall.right,
            "accuracy": rounded(self.overall.share),
            "mean_over_trades": rounded(self.mean_over_trades),
            **{
                f"by_{group}": {name: rounded(each.share) for name, each in each_group.items()}
                for group, each_group in self.groups.items()
            },
            "unknown_precision": rounded(score.unknown_precision(self.scored).share),
            "unknown_recall": rounded(score.unknown_recall(self.scored).share),
            "needlessly_unknown": len(score.needlessly_unknown(self.scored)),
            "calibration_error": rounded(score.calibration_error(self.scored)),
            "suggestions_sensible": rounded(tally(self.suggestions).share),
            "errors_among_least_certain_tenth": rounded(score.errors_among_least_certain(self.scored).share),
            "read_pages_per_second": rounded(self.speed.read_per_second),
            "judged_pages_per_second": rounded(self.speed.judged_per_second),
            "unreadable": [{"file": each.file, "page": each.page} for each in self.unreadable],
            "mistakes": [
                {"task": each.task, "page": each.page, "expected": each.expected, "answered": each.answered}
                for each in self.mistakes
            ],
        }


def _place(each: Scored) -> str | None:
    return {True: "later page", False: "first page", None: None}[each.facts.continuation]


def _named(tallies: dict[Any, Tally]) -> dict[str, Tally]:
    return {str(name): tallies[name] for name in sorted(tallies)}


def rounded(value: float | None) -> float | None:
    """To four digits, as figures are written to JSON."""
    return None if value is None else round(value, 4)
