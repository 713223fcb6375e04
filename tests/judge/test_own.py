"""Page types of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pagesort import Classifier, Options
from pagesort.errors import BadKnowledge
from pagesort.judge import Judges, parse_classes
from pagesort.judge.knowledge import page_types
from pagesort.judge.own import types_with_own
from tests.pages import INVOICE, sight
from tests.serving import invoice_pdf

ZORBLAT = """
- name: zorblat sheet
  description: Readings of a zorblat, taken every shift.
  names: >-
    zb-7
  titles: >-
    flux log
  telling: >-
    mogs per shift; zorblat reading
"""
PAGE = "# Flux log\nShift 3 of line 2\nZorblat reading: 17\nMogs per shift: 4\nInspected by: T. Ferro"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(ZORBLAT, encoding="utf-8")
    return path


def test_a_type_of_one_s_own_is_recognised_by_a_name_that_says_nothing_else(own: Path) -> None:
    classes = parse_classes(["ZB-7", "invoice", "inspection report"])
    verdict = Judges(knowledge=own).get().judge([sight(PAGE)], classes)[0]
    assert verdict.name == "ZB-7" and verdict.confidence is not None and verdict.confidence > 0.8
    assert verdict.reason.startswith("Titled “Flux log” at the top; shows “")


def test_it_is_suggested_where_no_class_means_it(own: Path) -> None:
    verdict = Judges(knowledge=own).get().judge([sight(PAGE)], parse_classes(["passport", "resume"]))[0]
    assert (verdict.name, verdict.suggested_class) == ("unknown", "zorblat sheet")


def test_a_folder_of_files_reaches_the_answer_and_its_hash(own: Path) -> None:
    with Classifier(options=Options(knowledge=own.parent)) as with_own, Classifier() as plain:
        answers = [each.classify(invoice_pdf(), ["invoice"]) for each in (with_own, plain)]
    assert {answer.classification[0].name for answer in answers} == {"invoice"}
    assert answers[0].metadata.version == answers[1].metadata.version
    assert answers[0].metadata.model_hash != answers[1].metadata.model_hash


def test_the_environment_names_it(own: Path) -> None:
    assert Options.from_env({"PAGESORT_KNOWLEDGE": str(own)}).knowledge == own
    assert Options.from_env({"PAGESORT_KNOWLEDGE": ""}).knowledge is None


def test_an_entry_with_a_known_name_adds_to_that_type(own: Path) -> None:
    own.write_text("- name: Invoice\n  names: moneygram wish\n  telling: pay us nicely", encoding="utf-8")
    types = {each.name: each for each in types_with_own(own)}
    shipped = {each.name: each for each in page_types()}
    assert list(types) == list(shipped)
    assert types["invoice"].names == (*shipped["invoice"].names, "moneygram wish")
    assert types["invoice"].telling[-1] == "pay us nicely" and types["invoice"].description == shipped["invoice"].description
    verdict = Judges(knowledge=own).get().judge([sight(INVOICE)], parse_classes(["moneygram wish", "passport"]))[0]
    assert verdict.name == "moneygram wish"


def test_a_name_of_one_s_own_is_taken_from_the_type_that_had_it(own: Path) -> None:
    own.write_text("- name: wage note\n  names: payslip\n  titles: wage note", encoding="utf-8")
    types = {each.name: each for each in types_with_own(own)}
    assert "payslip" in types["wage note"].names and "payslip" not in types["pay stub"].names


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- name: invoice\n  colour: red", "own.yaml: entry 1 (invoice): unknown field 'colour'"),
        ("- name: a b\n- description: nameless", "own.yaml: entry 2: must be a mapping with a name"),
        ("- name: a b\n  looks: shiny", "own.yaml: entry 1 (a b): looks: there is no look 'shiny'; there are: amounts,"),
        (
            "- name: a b\n  titles: a b c d e f g h i j k l m",
            "entry 1 (a b): titles: 'a b c d e f g h i j k l m' has more than 12",
        ),
        ("- name: a b\n  telling: '!!'", "own.yaml: entry 1 (a b): telling: '!!' holds no letter"),
        ("- name: a b\n  names: invoice", "own.yaml: entry 1 (a b): names: 'invoice' is a type of its own"),
        ("- name: '?'", "own.yaml: entry 1 (?): name holds no letter"),
        ("[", "own.yaml: not valid YAML"),
        ("\x00", "own.yaml"),
    ],
)
def test_a_mistake_is_told_at_the_start_with_file_entry_and_field(own: Path, text: str, complaint: str) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadKnowledge) as caught:
        Classifier(options=Options(knowledge=own))
    assert complaint in str(caught.value)


def test_no_such_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match=r"none\.yaml: no such file"):
        types_with_own(tmp_path / "none.yaml")
    with pytest.raises(BadKnowledge, match="holds no file of page types"):
        types_with_own(tmp_path)
    (tmp_path / "bytes.yaml").write_bytes(b"- name: \xff")
    with pytest.raises(BadKnowledge, match=r"bytes\.yaml: cannot be read"):
        types_with_own(tmp_path)
