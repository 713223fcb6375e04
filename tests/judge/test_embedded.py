from dataclasses import replace

import numpy as np
import pytest

from pagesort.judge import parse_classes
from pagesort.judge.embedded import EmbeddedJudge, knowledge
from pagesort.judge.evidence import FEATURES, PageText
from pagesort.types import UNKNOWN, Picture, Verdict
from tests.pages import BANK_STATEMENT, INVOICE, RESUME, blank, sight

JUDGE = EmbeddedJudge("classify-test")


def judged(text: str, *classes: str) -> Verdict:
    return JUDGE.judge([sight(text)], parse_classes(classes))[0]


@pytest.mark.parametrize(
    ("text", "right"), [(INVOICE, "Invoice"), (BANK_STATEMENT, "bank_statement"), (RESUME, "curriculum vitae")]
)
def test_plain_pages_get_their_class_under_the_caller_s_name(text: str, right: str) -> None:
    verdict = judged(text, "Invoice", "bank_statement", "curriculum vitae", "passport")
    assert verdict.name == right
    assert verdict.confidence is not None and verdict.confidence > 0.7
    assert verdict.suggested_class is None


def test_a_page_outside_the_list_is_unknown_and_says_what_it_is() -> None:
    verdict = judged(INVOICE, "passport", "resume")
    assert verdict.name == UNKNOWN
    assert verdict.suggested_class == "invoice"
    assert "invoice" in verdict.reason


def test_the_reason_names_evidence_on_the_page() -> None:
    reason = judged(INVOICE, "invoice", "receipt").reason
    assert "titled “INVOICE” at the top" in reason[0].lower() + reason[1:]
    assert "invoice number" in reason.lower()


def test_the_most_specific_of_nested_classes_wins() -> None:
    text = "# Form 1099-INT\nInterest Income\nPayer's RTN\nEarly withdrawal penalty\nInterest on U.S. Savings Bonds"
    assert judged(text, "tax form", "1099-INT", "1099").name == "1099-INT"
    assert judged(text, "tax form", "passport").name == "tax form"


def test_a_class_nobody_knows_is_judged_by_its_own_words() -> None:
    text = "# Zorblat Sheet\nZorblat reading: 17\nFlux capacity: 4 mogs\nInspected by: T. Ferro"
    assert judged(text, "zorblat sheet", "invoice").name == "zorblat sheet"


@pytest.mark.parametrize("description", ["invoice", "A bill that asks a customer to pay for goods: an invoice"])
def test_a_name_that_says_nothing_is_judged_by_its_description(description: str) -> None:
    classes = parse_classes([{"class": "類型甲", "description": description}, "bank statement"])
    assert JUDGE.judge([sight(INVOICE)], classes)[0].name == "類型甲"


def test_a_title_decides_between_types_that_carry_the_same_fields() -> None:
    corrected = INVOICE.replace("# INVOICE", "# CREDIT NOTE")
    assert judged(corrected, "invoice", "credit note").name == "credit note"
    assert judged(INVOICE, "invoice", "credit note").name == "invoice"


def test_misread_letters_do_not_hide_a_page() -> None:
    misread = INVOICE
    for right, wrong in (
        ("INVOICE", "INV0ICE"),
        ("Invoice", "lnvoice"),
        ("number", "nunber"),
        ("Amount", "Arnount"),
        ("Payment", "Paymcnt"),
    ):
        misread = misread.replace(right, wrong)
    classes = parse_classes(["invoice", "packing list", "receipt"])
    verdict = JUDGE.judge([sight(misread, origin="ocr", ink=0.05)], classes)[0]
    assert (verdict.name, verdict.confidence > 0.8 if verdict.confidence else None) == ("invoice", True)


def test_writing_by_hand_is_seen() -> None:
    page = sight("Dear Mum\nthe wether hos bcen lovly\nsec you somn", origin="ocr", ink=0.05)
    page = replace(page, picture=Picture(handwriting=0.95, photograph=0.0, colour=0.0, rules=0.0, staves=0.0, shade=0.0))
    assert JUDGE.judge([page], parse_classes(["invoice", "handwritten note", "press release"]))[0].name == "handwritten note"


@pytest.mark.parametrize("name", ["類型甲", "delivery note"])
def test_example_phrases_tell_a_class_that_its_name_does_not_tell(name: str) -> None:
    text = "Harbour Bakery\nConsignor's copy 3 of 4\nCarrier: Polar Haulage\nMarks and numbers | Statistical number\n12 crates"
    plain = JUDGE.judge([sight(text)], parse_classes([name, "invoice", "letter"]))[0]
    told = parse_classes([{"class": name, "phrases": ["Consignor's copy", "Statistical number"]}, "invoice", "letter"])
    assert plain.name != name
    verdict = JUDGE.judge([sight(text)], told)[0]
    assert verdict.name == name
    assert "Consignor's copy" in verdict.reason


def test_candidates_rank_every_class_and_unknown_and_sum_to_one() -> None:
    verdict = judged(INVOICE, "invoice", "receipt", "letter")
    assert {candidate.name for candidate in verdict.candidates} == {"invoice", "receipt", "letter", UNKNOWN}
    scores = [candidate.score for candidate in verdict.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=0.001)
    assert verdict.candidates[0].name == verdict.name


def test_a_blank_page_is_a_fact() -> None:
    classes = parse_classes(["invoice", "blank page"])
    assert JUDGE.judge([blank()], classes)[0].name == "blank page"
    verdict = JUDGE.judge([blank()], parse_classes(["invoice"]))[0]
    assert (verdict.name, verdict.suggested_class, verdict.reason) == (UNKNOWN, "blank page", "The page is blank.")


def test_a_class_that_may_mean_anything_does_not_take_blank_pages() -> None:
    classes = parse_classes(["zqx vrt", "paper of some sort", {"class": "type_a", "description": "Pages that hold little"}])
    assert JUDGE.judge([blank()], classes)[0].name == UNKNOWN


def test_a_page_that_shows_nothing_is_unknown() -> None:
    verdict = judged("# qqqq\nxyzzy plugh", "invoice", "bank statement")
    assert verdict.name == UNKNOWN
    assert verdict.confidence is not None


def test_unknown_in_the_list_is_the_built_in_answer() -> None:
    assert judged(INVOICE, "Unknown", "resume").name == UNKNOWN
    assert judged(INVOICE, "unknown").name == UNKNOWN


@pytest.mark.parametrize("other", ["Other", "misc_documents", "Sonstiges", "Autres documents", "None of the above"])
def test_a_class_for_all_others_takes_what_fits_none_of_them(other: str) -> None:
    verdict = judged(INVOICE, "passport", other, "resume")
    assert (verdict.name, verdict.suggested_class) == (other, None)
    assert verdict.reason.startswith("Fits none of the other classes: ") and "invoice" in verdict.reason
    assert {candidate.name for candidate in verdict.candidates} == {"passport", "resume", other}
    assert judged(RESUME, "passport", other, "resume").name == "resume"
    assert JUDGE.judge([blank()], parse_classes(["passport", other]))[0].name == other


def test_a_class_for_all_others_is_as_sure_as_unknown_would_be() -> None:
    assert judged(INVOICE, "passport", "unknown", "Other").confidence == judged(INVOICE, "passport").confidence
    assert judged(INVOICE, "Other").reason.startswith("No other class was asked for; ")


def test_verdicts_depend_on_nothing_but_page_and_classes() -> None:
    classes = parse_classes(["invoice", "bank statement", "resume"])
    pages = [sight(text, page=number) for number, text in enumerate((INVOICE, BANK_STATEMENT, RESUME))]
    together = JUDGE.judge(pages, classes)
    assert together == [EmbeddedJudge("other").judge([page], classes)[0] for page in pages]
    assert [replace(each, page=0) for each in JUDGE.judge([replace(page, page=0) for page in pages], classes)] == [
        replace(each, page=0) for each in together
    ]


def test_two_hundred_classes() -> None:
    classes = parse_classes(["invoice", *(f"form type {number}" for number in range(199))])
    assert JUDGE.judge([sight(INVOICE)], classes)[0].name == "invoice"


@pytest.mark.parametrize("title", ["Schedule of insurance", "Statement of insurance"])
def test_of_two_classes_that_mean_the_same_type_the_one_that_the_page_names_wins(title: str) -> None:
    text = f"# {title}\nPolicy number 12-33\nPeriod of insurance: 1 May to 30 April\nInsured: Odile Varga\nPremium 412.50"
    verdict = judged(text, "statement of insurance", "schedule of insurance", "welcome letter")
    assert verdict.name == title.lower()
    assert verdict.confidence is not None and verdict.confidence > 0.7


def test_a_code_of_the_user_s_own_is_not_taken_for_the_form_of_that_number() -> None:
    page = "# Drilling mud report\nMud weight 10.4 ppg\nFunnel viscosity 52\nPlastic viscosity 18\nShaker screens 140 mesh"
    classes = parse_classes([{"class": "W10", "description": "mud reports of the drilling fluids engineer"}, "invoice"], 10)
    verdict = JUDGE.judge([sight(page)], classes)[0]
    assert verdict.name == "W10"
    taxes = parse_classes([{"class": "W10", "description": "dependent care provider's identification"}, "invoice"], 10)
    assert JUDGE.judge([sight(page)], taxes)[0].name == "unknown"


def test_single_words_tell_a_later_page_on_which_no_phrase_of_its_type_stands() -> None:
    page = "The toddler slept after lunch and refused the bottle at snack; nappies were changed and the carer signed at pickup."
    assert judged(page, "nursery daily report", "invoice", "bank statement").name == "nursery daily report"


def test_evidence_is_weighed_as_if_all_its_features_were_laid_out() -> None:
    index, _ = knowledge()
    evidence = index.look_up(PageText(sight(BANK_STATEMENT)))
    weights = np.random.default_rng(0).normal(size=len(FEATURES))
    np.testing.assert_allclose(evidence.weigh(weights), evidence.features @ weights, atol=1e-9)
