"""Weights fitted without a page's source, and judges that ask them: what the confidence is worth on documents never seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.accuracy.desk import Desk, DeskJudge
from pagesort.evaluation.folds import FOLDS
from pagesort.evaluation.score import Scored
from pagesort.evaluation.tasks import Task
from pagesort.judge.embedded import Weights
from pagesort.judge.evidence import FEATURES
from pagesort.link.certainty import OFFSET, SLOPE, certainty, log_odds
from train.judge import Example, best_temperature, fit, logits, to_weights

Folds = Mapping[str, int]
"""File → its fold."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted without each fold."""

    vectors: Sequence[NDArray[np.float64]]
    weights: Sequence[Weights]


def fit_folds(
    found: Sequence[Example], fold: Folds, left_out: Collection[str] = (), start: Sequence[NDArray[np.float64]] | None = None
) -> Fitted:
    """For each fold the weights, with their temperature, fitted on the others' pages. `left_out`: features that count nothing."""
    kept = np.array([name not in left_out for name in FEATURES], dtype=float)
    masked = found if kept.all() else _masked(found, kept)
    vectors = [
        fit([each for each in masked if fold[each.file] != number], start[number] if start else None) for number in range(FOLDS)
    ]
    plain = [to_weights(vector) for vector in vectors]
    held_out = [(each, logits(plain[fold[each.file]], each)[0]) for each in masked]
    weights = []
    for number, vector in enumerate(vectors):
        others = [pair for pair in held_out if fold[pair[0].file] != number]
        temperature = best_temperature([each for each, _ in others], [raw for _, raw in others])
        fitted = to_weights(vector, temperature)
        weights.append(replace(fitted, features=fitted.features * kept))
    return Fitted(vectors, weights)


def _masked(found: Sequence[Example], kept: NDArray[np.float64]) -> list[Example]:
    return [replace(each, known=each.known * kept, own=each.own * kept) for each in found]


def fold_judge(desk: Desk, fitted: Fitted, fold: Folds) -> Callable[[Task], DeskJudge]:
    """Who judges a task: the weights that have not seen its document's source."""
    judges = [DeskJudge(desk, each) for each in fitted.weights]
    return lambda task: judges[fold[task.file]]


def recalibrated(scored: Sequence[Scored], fold: Folds) -> list[Scored]:
    """Held-out answers with their confidence calibrated anew for each fold, on the answers of the others."""
    lines = [calibration([each for each in scored if fold[each.file] != number]) for number in range(FOLDS)]
    return [
        each
        if each.confidence is None
        else replace(each, confidence=certainty(_weighed(each.confidence), *lines[fold[each.file]]))
        for each in scored
    ]


def calibration(scored: Sequence[Scored]) -> tuple[float, float]:
    """Slope and offset, as in `link.certainty`, under which the outcomes are likeliest."""
    known = [(each.confidence, each.right) for each in scored if each.confidence is not None]
    odds = np.array([log_odds(_weighed(sure)) for sure, _ in known])
    sign = np.array([1 if right else -1 for _, right in known])

    def loss(line: NDArray[np.float64]) -> float:
        return float(np.mean(np.logaddexp(0, -sign * (line[0] * odds + line[1]))))

    slope, offset = minimize(loss, np.array([SLOPE, OFFSET])).x
    return float(slope), float(offset)


def _weighed(confidence: float) -> float:
    """The confidence before `link.certainty`."""
    return 1 / (1 + math.exp(-(log_odds(confidence) - OFFSET) / SLOPE))
