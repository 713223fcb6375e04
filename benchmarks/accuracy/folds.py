"""Weights fitted without a page's source, and judges that ask them: what the confidence is worth on documents never seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.desk import Desk, DeskJudge
from pagesort.evaluation.folds import FOLDS
from pagesort.evaluation.tasks import Task
from pagesort.judge.embedded import Weights
from pagesort.judge.evidence import FEATURES
from train.judge import Example, best_temperature, fit, logits, to_weights


def fold_weights(found: Sequence[Example], fold: Mapping[str, int], left_out: Collection[str] = ()) -> list[Weights]:
    """For each fold the weights, with their temperature, fitted on the others' pages. `left_out`: features that count nothing."""
    kept = np.array([name not in left_out for name in FEATURES], dtype=float)
    masked = [_masked(example, kept) for example in found]
    vectors = [fit([each for each in masked if fold[each.file] != number]) for number in range(FOLDS)]
    held_out = [(each, logits(vectors[fold[each.file]], each)[0]) for each in masked]
    others = [[pair for pair in held_out if fold[pair[0].file] != number] for number in range(FOLDS)]
    temperatures = [best_temperature(*zip(*pairs, strict=True)) for pairs in others]
    return [_weights(vector, kept, temperature) for vector, temperature in zip(vectors, temperatures, strict=True)]


def fold_judge(desk: Desk, weights: Sequence[Weights], fold: Mapping[str, int]) -> Callable[[Task], DeskJudge]:
    """Who judges a task: the weights that have not seen its document's source."""
    judges = [DeskJudge(desk, each) for each in weights]
    return lambda task: judges[fold[task.file]]


def _masked(example: Example, kept: NDArray[np.float64]) -> Example:
    return example if kept.all() else replace(example, known=example.known * kept, own=example.own * kept)


def _weights(vector: NDArray[np.float64], kept: NDArray[np.float64], temperature: float) -> Weights:
    weights = to_weights(vector, temperature)
    return replace(weights, features=weights.features * kept)
