"""Reasons and evidence: what can be checked against the page."""

from __future__ import annotations

import pytest

from pagesort.judge import parse_classes
from pagesort.judge.clues import MOST_CLUES, find_clues
from pagesort.judge.embedded import EmbeddedJudge
from pagesort.judge.evidence import Match
from pagesort.types import UNKNOWN, Line, Sight, Verdict
from tests.pages import A4, BANK_STATEMENT, INVOICE, RESUME, blank, sight

JUDGE = EmbeddedJudge("classify-test")


def judged(text: str, *classes: str) -> Verdict:
    return JUDGE.judge([sight(text)], parse_classes(classes))[0]


def one_line(text: str) -> Sight:
    return Sight(0, *A4, (Line(text, 0.1, 0.4, 0.9, 0.42, 0.012),), "text layer")


@pytest.mark.parametrize(("text", "name"), [(INVOICE, "invoice"), (BANK_STATEMENT, "bank statement"), (RESUME, "resume")])
def test_every_clue_stands_on_the_page_where_its_box_is(text: str, name: str) -> None:
    verdict = judged(text, name, "passport")
    page = sight(text)
    assert verdict.name == name and 2 <= len(verdict.evidence) <= MOST_CLUES
    for clue in verdict.evidence:
        lines = [line for line in page.lines if clue.text in line.text]
        assert any(
            line.left - 1e-4 <= clue.box.left < clue.box.right <= line.right + 1e-4 and abs(clue.box.top - line.top) < 1e-4
            for line in lines
        ), clue


def test_the_title_comes_first_and_what_tells_most_before_what_is_merely_usual() -> None:
    kinds = [clue.kind for clue in judged(INVOICE, "invoice").evidence]
    assert kinds[0] == "title"
    assert kinds == sorted(kinds, key=["title", "telling phrase", "usual phrase"].index)


def test_the_reason_says_what_the_evidence_shows() -> None:
    verdict = judged(BANK_STATEMENT, "bank statement", "invoice")
    title, *others = verdict.evidence
    assert title.text == "Account Statement"
    assert verdict.reason.startswith("Titled “Account Statement” at the top; shows “")
    assert all(f"“{clue.text}”" in verdict.reason for clue in others[:4])
    assert verdict.reason.count(".") == 1 and verdict.reason.endswith(".")


def test_unknown_says_what_was_closest_and_why_it_was_not_enough() -> None:
    verdict = judged(INVOICE, "bank statement", "passport")
    assert verdict.name == UNKNOWN
    assert verdict.reason.startswith(
        "Fits none of the classes: closest is “bank statement”, but the page is more like an invoice: "
    )
    assert "titled “INVOICE” at the top" in verdict.reason
    assert verdict.evidence[0].text == "INVOICE"


def test_a_page_of_which_nothing_is_known_says_so() -> None:
    verdict = judged("# qqqq\nxyzzy plugh", "invoice", "bank statement")
    assert verdict.name == UNKNOWN and verdict.reason.startswith("Fits none of the classes: closest is “")
    assert not verdict.evidence or verdict.evidence[0].text in "xyzzy plugh qqqq"
    assert judged("# qqqq\nxyzzy plugh", "unknown").reason.startswith("No class was asked for; ")


def test_a_blank_page_has_no_evidence() -> None:
    assert JUDGE.judge([blank()], parse_classes(["invoice"]))[0].evidence == ()


@pytest.mark.parametrize(
    ("line", "phrase", "shown", "left", "right"),
    [
        ("Amount due: 50", "amount due", "Amount due", 0.1, 0.1 + 0.8 * 11 / 14),
        ("Your AmountDue", "amount due", "AmountDue", 0.1 + 0.8 * 5 / 14, 0.9),
        ("Total | amount  due", "amount due", "amount due", 0.1 + 0.8 * 8 / 19, 0.9),
        ("Rückgabe | fällig: Überweisung", "uberweisung", "Überweisung", 0.1 + 0.8 * 19 / 30, 0.9),
        ("请开发票给", "发票", "发票", 0.1 + 0.8 * 2 / 5, 0.1 + 0.8 * 4 / 5),
        ("we ask for the amount", "amount due now", "amount", 0.1 + 0.8 * 15 / 21, 0.9),
        ("“Offer”). Amount", "amount due", "Amount", 0.1 + 0.8 * 10 / 16, 0.9),
        ("something else", "amount due", "something else", 0.1, 0.9),
    ],
)
def test_a_phrase_is_found_in_its_line(line: str, phrase: str, shown: str, left: float, right: float) -> None:
    (clue,) = find_clues(one_line(line), [Match("telling", phrase, 0.5, 0, 0.0)])
    assert (clue.text, clue.kind) == (shown, "telling phrase")
    assert [clue.box.left, clue.box.right] == pytest.approx([left, right], abs=1e-4)


def test_of_a_very_long_title_line_only_the_known_words_are_shown() -> None:
    (clue,) = find_clues(one_line("Invoice " + "and so on " * 20), [Match("title", "invoice", 0.5, 0, 0.6)])
    assert (clue.text, clue.kind) == ("Invoice", "title")


def test_a_phrase_inside_another_is_left_out() -> None:
    matches = [Match("telling", "yours sincerely", 0.9, 0, 0.0), Match("phrase", "sincerely", 0.5, 0, 0.0)]
    assert [clue.text for clue in find_clues(one_line("Yours sincerely"), matches)] == ["Yours sincerely"]
