import json
from dataclasses import replace
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from pagesort.answer import answer_from_dict, answer_to_dict, answer_to_json, build_answer, fault_verdict
from pagesort.types import UNKNOWN, Box, Candidate, Clue, Facts, Fault, Linked, Part, PrintedNumber, Verdict

JUDGE = SimpleNamespace(version="classify-20260101", model_hash="0123")
CLUE = Clue("Invoice No.", "telling phrase", Box(0.1, 0.2, 0.3, 0.25))
VERDICT = Verdict(0, "invoice", "Because.", None, 0.9, tuple(Candidate(f"class {number}", 0.1) for number in range(9)))

LINKED = Linked((VERDICT,), (Part("invoice", (0,), 0.9, "The first page."),))


def test_items_and_metadata_carry_the_wire_s_keys_in_its_order() -> None:
    body = answer_to_dict(build_answer("a.pdf", LINKED, JUDGE, 1.5))
    assert list(body) == ["classification", "metadata", "documents"]
    assert list(body["classification"][0]) == [
        *("class", "reason", "suggested_class", "page"),
        *("confidence", "candidates", "evidence", "fault"),
        *("blank", "duplicate_of", "rotation", "printed_page", "two_up"),
    ]
    assert list(body["metadata"]) == [
        "filename",
        "org_id",
        "page_count",
        "duration_ms",
        "credit_usage",
        "job_id",
        "version",
        "model_hash",
    ]
    assert body["metadata"]["duration_ms"] == 1500
    assert body["metadata"]["page_count"] == 1


def test_only_the_best_candidates_are_shown() -> None:
    assert len(build_answer("a.pdf", LINKED, JUDGE, 0).classification[0].candidates) == 5


def test_a_fault_is_an_unknown_page_with_its_reason() -> None:
    verdict = fault_verdict(Fault(3, "page_unreadable", "Page 4 is broken."))
    assert (verdict.page, verdict.name, verdict.reason, verdict.fault) == (3, UNKNOWN, "Page 4 is broken.", "page_unreadable")
    assert verdict.confidence is None


def test_every_job_has_its_own_id() -> None:
    first, second = (build_answer("a", Linked((), ()), JUDGE, 0) for _ in range(2))
    assert first.metadata.job_id != second.metadata.job_id


@given(name=st.text(), reason=st.text(), confidence=st.none() | st.floats(0, 1), suggested=st.none() | st.text())
def test_json_and_back(name: str, reason: str, confidence: float | None, suggested: str | None) -> None:
    verdict = Verdict(0, name, reason, suggested, confidence, (Candidate(name, 0.5),), evidence=(CLUE,))
    verdict = replace(verdict, facts=Facts(False, 4, 90, PrintedNumber(2, None), two_up=True))
    answer = build_answer(name, Linked((verdict,), (Part(name, (0,), confidence, reason),)), JUDGE, 0.1)
    assert answer_from_dict(json.loads(answer_to_json(answer))) == answer
