"""Measuring: what the model gets right as it is, in other ways of asking, and by weights that have not seen the source."""

from __future__ import annotations

import os
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.accuracy.ablation import ablation
from benchmarks.accuracy.desk import Desk, examples
from benchmarks.accuracy.folds import calibration, fit_folds, fold_judge, recalibrated
from benchmarks.accuracy.page import Figures
from benchmarks.accuracy.rivals import rivals
from benchmarks.accuracy.speed import judge_speed
from pagesort import Classifier
from pagesort.evaluation import VARIANTS, Outcome, Report, assess, assess_judges, gather, vary
from pagesort.evaluation.folds import fold_of
from pagesort.evaluation.run import Material
from pagesort.judge.shipped import model_hash

LONGEST_FIRST = ("uncovered", "renamed", "described", "many")


def measure(tasks: Path, data: Path, sights: Path, classifier: Classifier) -> Figures:
    """Everything; the variants run beside the rest, in processes of their own."""
    material = gather(tasks, data, classifier, sights=sights)
    tell("judging the tasks as they are")
    plain = assess(material, classifier)
    speed = judge_speed(material)
    with ProcessPoolExecutor(max(1, (os.cpu_count() or 1) - 1), mp_context=get_context("spawn")) as pool:
        names = [*LONGEST_FIRST, *(name for name in VARIANTS if name not in LONGEST_FIRST)]
        waiting = {name: pool.submit(_variant, name, tasks, data, sights, plain) for name in names}
        fold = fold_of([task.file for task in material.tasks], material.facts)
        desk = Desk()
        tell("fitting weights without each fold's sources")
        whole = fit_folds(examples(material, desk), fold)
        held_out = assess_judges(material, "held out", fold_judge(desk, whole, fold))
        tell("taking the model apart")
        rows = ablation(material, desk, whole, fold)
        tell("judging by plainer means")
        plainer = rivals(material, fold)
        tell("waiting for the variants")
        outcomes = [_finished(name, waiting[name]) for name in VARIANTS]
    return Figures(
        model=(plain.model, model_hash()),
        plain=plain,
        held_out=_with_confidence(held_out, fold),
        line=calibration(held_out.scored),
        outcomes=outcomes,
        rows=rows,
        rivals=plainer,
        speed=speed,
        sources=len({each.source for each in material.facts.values() if each.source}),
    )


def _with_confidence(report: Report, fold: dict[str, int]) -> Report:
    return Report(report.model, report.tasks, tuple(recalibrated(report.scored, fold)), report.unreadable, report.speed)


_MATERIAL: dict[Path, Material] = {}
"""In a process for variants: what it has loaded."""


def _variant(name: str, tasks: Path, data: Path, sights: Path, plain: Report) -> Outcome:
    with Classifier() as classifier:
        if tasks not in _MATERIAL:
            _MATERIAL[tasks] = gather(tasks, data, classifier, sights=sights)
        return vary(_MATERIAL[tasks], classifier, name, plain)


def _finished(name: str, outcome: Future[Outcome]) -> Outcome:
    finished = outcome.result()
    tell(f"  {name}")
    return finished


def tell(message: str) -> None:
    """Progress, with the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {message}", flush=True)
