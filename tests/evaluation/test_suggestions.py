"""Whether suggestions make sense, by the shipped knowledge's own names."""

from __future__ import annotations

import pytest

from pagesort.evaluation.score import Scored, Tally
from pagesort.evaluation.suggestions import Fit, fit, suggestions, tally
from pagesort.evaluation.tasks import PageFacts
from pagesort.types import UNKNOWN


@pytest.mark.parametrize(
    ("label", "suggested", "expected"),
    [
        ("invoice", "invoice", "right"),
        ("payslip", "pay stub", "right"),
        ("Gehaltsabrechnung", "pay stub", "right"),
        ("zorblat sheet", "Zorblat sheet", "right"),
        ("tax form", "w-2", "near"),
        ("bank statement", "credit card statement", "wrong"),
        ("invoice", "resume", "wrong"),
        ("invoice", None, "none"),
        ("zorblat sheet", "invoice", "not known"),
    ],
)
def test_how_well_a_suggestion_fits(label: str, suggested: str | None, expected: Fit) -> None:
    assert fit(label, suggested) == expected


def page(number: int, label: str | None, suggested: str | None, expected: str = UNKNOWN, answered: str = UNKNOWN) -> Scored:
    facts = PageFacts(label=label)
    return Scored("1", "office", "a.pdf", number, expected, answered, expected == answered, 0.5, "", suggested, facts)


def test_only_pages_that_truly_fit_no_class_count_and_each_once() -> None:
    scored = [
        page(0, "invoice", "invoice"),
        page(0, "invoice", "invoice"),
        page(1, "invoice", "resume"),
        page(2, "invoice", "invoice", expected="invoice"),
        page(3, "invoice", None, answered="letter"),
        page(4, None, "invoice"),
    ]
    found = suggestions(scored)
    assert [(each.page.page, each.sensible) for each in found] == [(0, True), (1, False)]
    assert tally(found) == Tally(1, 2)
