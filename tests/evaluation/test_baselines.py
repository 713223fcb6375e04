"""The plain judges that the shipped one is compared with, on invented pages."""

from __future__ import annotations

import math

import pytest

from pagesort.evaluation.baselines import BASELINES, BaselineJudge, tuned
from pagesort.evaluation.folds import FOLDS, fold_of
from pagesort.evaluation.tasks import PageFacts
from pagesort.judge import parse_classes
from pagesort.types import UNKNOWN
from tests.pages import BANK_STATEMENT, INVOICE, RESUME, sight

PAGES = [sight(text, page=number) for number, text in enumerate((INVOICE, BANK_STATEMENT, RESUME))]


@pytest.mark.parametrize("name", BASELINES)
def test_each_finds_the_class_whose_words_stand_on_the_page(name: str) -> None:
    likeness = BASELINES[name](PAGES)
    classes = parse_classes(["invoice number", "account statement", "work experience skills", "unknown"])
    verdicts = BaselineJudge(name, likeness, -math.inf).judge(PAGES, classes)
    assert [verdict.name for verdict in verdicts] == ["invoice number", "account statement", "work experience skills"]
    assert [verdict.page for verdict in verdicts] == [0, 1, 2]
    assert {verdict.name for verdict in BaselineJudge(name, likeness, math.inf).judge(PAGES, classes)} == {UNKNOWN}


@pytest.mark.parametrize("name", BASELINES)
def test_pages_without_words_and_lists_without_classes(name: str) -> None:
    empty = sight("")
    judge = BaselineJudge(name, BASELINES[name]([empty]), 0.5)
    assert judge.judge([empty], parse_classes(["unknown"]))[0].name == UNKNOWN
    assert judge.judge([empty], parse_classes(["invoice", "letter"]))[0].name == UNKNOWN


def test_the_threshold_is_where_most_pages_are_right() -> None:
    assert tuned([(0.1, False, True), (0.3, False, True), (0.5, True, False)]) == pytest.approx(0.3)
    assert tuned([(0.1, True, False), (0.3, False, True), (0.5, True, False)]) == -math.inf
    assert tuned([(0.2, False, True)]) > 0.2


def test_folds_keep_a_source_together_and_are_the_same_every_time() -> None:
    files = [f"{number}.pdf" for number in range(40)]
    facts = {(file, 0): PageFacts(source=f"source {number // 4}") for number, file in enumerate(files[:36])}
    folds = fold_of(files, facts)
    assert folds == fold_of(reversed(files), facts)
    assert set(folds.values()) <= set(range(FOLDS))
    assert all(len({folds[file] for file in files[start : start + 4]}) == 1 for start in range(0, 36, 4))
