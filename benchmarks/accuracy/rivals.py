"""Plain ways to judge a page, in the same harness; their threshold for `unknown` is tuned on the other folds' sources."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.accuracy.desk import asked_classes
from benchmarks.accuracy.folds import Folds
from pagesort.evaluation import Report, assess_judges
from pagesort.evaluation.baselines import BASELINES, BaselineJudge, Likeness, tuned
from pagesort.evaluation.folds import FOLDS
from pagesort.evaluation.run import Material
from pagesort.flow import Observation
from pagesort.types import UNKNOWN, Sight


def rivals(material: Material, fold: Folds) -> dict[str, Report]:
    """A report for each baseline."""
    return {name: _assess(material, fold, name) for name in BASELINES}


def _assess(material: Material, fold: Folds, name: str) -> Report:
    sights = [page for file in material.seen for page in _sights(material, file).values()]
    likeness = BASELINES[name](sights)
    outcomes = list(_outcomes(material, likeness))
    thresholds = [tuned(each for file, each in outcomes if fold[file] != number) for number in range(FOLDS)]
    judges = [BaselineJudge(name, likeness, threshold) for threshold in thresholds]
    return assess_judges(material, name, lambda task: judges[fold[task.file]])


def _outcomes(material: Material, likeness: Likeness) -> Iterator[tuple[str, tuple[float, bool, bool]]]:
    """Of each scored page: its file, the likeness of the likeliest class, whether that is right, whether `unknown` is."""
    for task in material.tasks:
        asked, sights = asked_classes(task.classes), _sights(material, task.file)
        for page in task.expected:
            if asked and page in sights:
                alike = likeness(sights[page], asked)
                best = int(np.argmax(alike))
                right = task.accepts(page, asked[best].name), task.accepts(page, UNKNOWN)
                yield task.file, (float(alike[best]), *right)


def _sights(material: Material, file: str) -> dict[int, Sight]:
    observation = material.seen[file]
    pages = observation.pages if isinstance(observation, Observation) else ()
    return {page.page: page for page in pages if isinstance(page, Sight)}
