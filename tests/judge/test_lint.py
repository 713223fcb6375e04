"""What is wrong with a class list is found, measured and mended; what is right is left in peace."""

from __future__ import annotations

import pytest

from pagesort.errors import InvalidRequest
from pagesort.judge.classes import ClassInput
from pagesort.judge.lint import MEASURES, lint


def found(*classes: ClassInput) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.kind, each.classes) for each in lint(classes)]


def test_a_good_list_has_no_findings() -> None:
    assert found("invoice", "bank statement", "pay stub", "letter", "passport", "unknown", "resume", "Other") == []
    described: list[ClassInput] = [
        {"class": "A", "description": "Results of blood tests from a laboratory"},
        {"class": "B", "description": "Contract to rent a flat"},
    ]
    assert found(*described) == []


@pytest.mark.parametrize(
    ("kind", "classes"),
    [
        ("same meaning", ["invoice", "bill"]),
        ("same meaning", ["pay stub", "payslip"]),
        ("same meaning", ["pay_stub", "Pay Stubs"]),
        ("same meaning", ["Zorblat sheet", "Zorblat sheets"]),
        ("swallows", ["tax form", "W-2"]),
        ("swallows", ["letter", "thank-you letter"]),
        (
            "descriptions overlap",
            [
                {"class": "invoice", "description": "Weekly notes of the robot club on its zorblats"},
                {"class": "passport", "description": "What the robot club notes each week about its zorblats"},
            ],
        ),
        ("same phrase", [{"class": "waybill", "phrases": "Carrier's copy"}, {"class": "passport", "phrases": "CARRIER'S COPY"}]),
    ],
)
def test_two_classes_that_are_in_each_other_s_way(kind: str, classes: list[ClassInput]) -> None:
    (finding,) = lint(classes)
    assert (finding.kind, finding.classes) == (kind, (0, 1))
    assert 0.5 <= finding.overlap <= 1
    assert finding.message and finding.fix and MEASURES[finding.kind]
    (reverse,) = lint(classes[::-1])
    assert (reverse.kind, reverse.overlap) == (finding.kind, finding.overlap)
    assert reverse.classes == ((1, 0) if kind == "swallows" else (0, 1)), "the broader one first"


@pytest.mark.parametrize(
    ("name", "right"), [("bank statment", "bank statement"), ("invoise", "invoice"), ("pasport", "passport")]
)
def test_a_typo_is_told_with_the_name_that_is_meant(name: str, right: str) -> None:
    (finding,) = [each for each in lint([name, "resume"]) if each.kind == "typo"]
    assert finding.classes == (0,) and finding.overlap >= 0.85
    assert f"write {right!r}" in finding.fix


@pytest.mark.parametrize("name", ["contact list", "form 1098-F", "Zorblat sheet", "发票存根", "invoices"])
def test_a_name_of_its_own_is_no_typo(name: str) -> None:
    assert [each for each in lint([name]) if each.kind == "typo"] == []


def test_the_fixes_help() -> None:
    assert found({"class": "W-2", "phrases": "Wages, tips, other compensation"}, "tax form") == []
    assert found({"class": "invoice", "phrases": "Ada Ltd"}, {"class": "bill", "phrases": "Bob Ltd"}) == []
    assert found({"class": "invoise", "description": "A sheet of my own"}) == []


def test_an_entry_that_is_no_class_is_an_error() -> None:
    with pytest.raises(InvalidRequest):
        lint([""])
    assert lint(["invoice"]) == ()
