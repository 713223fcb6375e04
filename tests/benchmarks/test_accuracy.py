"""The page of figures, made of invented ones."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from benchmarks.accuracy.page import Figures, render
from benchmarks.accuracy.plot import reliability_plot
from pagesort.evaluation import Outcome, Report, Scored, Speed
from pagesort.evaluation.score import Bin, calibration_error
from pagesort.evaluation.tasks import PageFacts
from pagesort.types import UNKNOWN


def page(number: int, expected: str, answered: str, confidence: float) -> Scored:
    facts = PageFacts("invoice", "scan", number > 0, "attic")
    right = expected == answered
    return Scored("1", "office", "secret name.pdf", number, expected, answered, right, confidence, "titled SECRET", None, facts)


REPORT = Report(
    "classify-test",
    1,
    (page(0, "invoice", "invoice", 0.9), page(1, UNKNOWN, UNKNOWN, 0.6), page(2, "invoice", UNKNOWN, 0.6)),
    (),
    Speed(),
)
FIGURES = Figures(
    model=("classify-test", "0123456789abcdef0123"),
    plain=REPORT,
    held_out=replace(REPORT, scored=REPORT.scored[:2]),
    line=(0.5, 0.5),
    outcomes=[Outcome("close_pairs", REPORT, {"letters": REPORT, "none": replace(REPORT, scored=())})],
    rows=[],
    rivals={"TF-IDF": REPORT},
    speed={1: 2.0, 200: 5.5},
    sources=1,
)


def test_every_axis_is_on_the_page_and_nothing_of_the_documents() -> None:
    shown = render(FIGURES, "plot.svg")
    for part in (
        "| pages right | 66.7% (2 of 3) | 100.0% (2 of 2) |",
        "| office | 3 | 66.7% | 100.0% |",
        "| scan | 3 |",
        "| later page | 2 |",
        "| answered `unknown`, and rightly so | 50.0% (1 of 2) |",
        "| fit a class, but answered `unknown` | 50.0% (1 of 2) | 0.0% (0 of 1) |",
        "| **close pairs** | 3 | 66.7% | 66.7% | 0.0 | 1 |",
        "| none | 0 | - | - | - | 0 |",
        "| TF-IDF | 66.7% |",
        "| 200 | 5.5 |",
        "`classify-test`, hash `0123456789abcdef`",
        "(plot.svg)",
    ):
        assert part in shown
    assert "secret" not in shown.lower()
    tables = re.findall(r"(?:^\|.*\n)+", shown, re.MULTILINE)
    assert all(len({row.count("|") for row in table.splitlines()}) == 1 for table in tables)


def test_the_plot_has_a_dot_for_each_bin_where_it_belongs() -> None:
    plot = ET.fromstring(reliability_plot([Bin(4, 0.5, 0.5), Bin(16, 1.0, 0.75)]))
    first, second = plot.findall("{*}circle")
    assert float(first.attrib["cx"]) == float(first.attrib["cy"]) and float(second.attrib["cx"]) > float(first.attrib["cx"])
    assert float(second.attrib["r"]) > float(first.attrib["r"])
    assert "16 pages" in "".join(second.itertext())


def test_folds_calibrate_confidence_that_promises_too_much() -> None:
    pytest.importorskip("scipy")
    from benchmarks.accuracy.folds import calibration, recalibrated

    scored = [
        replace(page(number, "invoice", "invoice" if number % 10 else "letter", 0.99), file=f"{number // 20}.pdf")
        for number in range(100)
    ]
    fold = {f"{number}.pdf": number for number in range(5)}
    assert (calibration_error(scored) or 0) > 0.08
    assert (calibration_error(recalibrated(scored, fold)) or 1) < 0.12
    slope, offset = calibration(scored)
    assert slope > 0 or offset > 0
