"""What each part of the model is worth: alone, and left out. The weights are fitted anew for every row, by folds of sources."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.desk import Desk, examples
from benchmarks.accuracy.folds import Fitted, Folds, fit_folds, fold_judge
from pagesort.evaluation import Report, assess_judges
from pagesort.evaluation.run import Material
from pagesort.judge.evidence import COMMON, CUES, FEATURES, LIKENESS, OWN
from pagesort.judge.shape import LOOKS

TITLE = ("title", "exact title", "name")
WORDS = ("words", "more words", *OWN)
GROUPS: dict[str, tuple[str, ...]] = {
    "title": TITLE,
    "phrases": tuple(name for name in CUES if name not in (*TITLE, *WORDS)),
    "single words": WORDS,
    "looks": LOOKS,
    "likeness by the encoder": LIKENESS,
    "how common a type is": COMMON,
}
"""The kinds of evidence, by the features they fill."""


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the model."""

    part: str
    left_out: Report
    alone: Report | None
    """The only evidence, page by page; None for what is no evidence by itself."""


def ablation(material: Material, desk: Desk, whole: Fitted, fold: Folds) -> list[Row]:
    """One row for each part."""
    found = examples(material, desk)
    rows = []
    for part, features in GROUPS.items():
        others = [name for name in FEATURES if name not in features]
        without = fit_folds(found, fold, features, whole.vectors)
        alone = fit_folds(found, fold, others, whole.vectors)
        rows.append(Row(part, _assess(material, desk, without, fold), _assess(material, desk, alone, fold, context=False)))
    for part, other in (
        ("types outside the list compete", desk.variant(outside=False)),
        ("guessed meaning of class names", desk.variant(mapping=False)),
    ):
        refitted = fit_folds(examples(material, other), fold, (), whole.vectors)
        rows.append(Row(part, _assess(material, other, refitted, fold), None))
    return [*rows, Row("context of neighbouring pages", _assess(material, desk, whole, fold, context=False), None)]


def _assess(material: Material, desk: Desk, fitted: Fitted, fold: Folds, *, context: bool = True) -> Report:
    return assess_judges(material, "held out", fold_judge(desk, fitted, fold), context=context)
