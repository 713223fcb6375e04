"""The whole run over documents of every sort, with the real reader and the real judge, and with the network cut."""

import socket
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from pagesort import UNKNOWN, Answer, Classifier, Options
from pagesort.errors import UnknownModel, UnreadableDocument
from samples.bundle import CLASSES, Sheet, build, scanned, truth
from samples.documents import make, torn

CLASS_OF = {
    "letter": "letter",
    "invoice": "invoice",
    "german invoice": "invoice",
    "purchase order": "purchase order",
    "receipt": "receipt",
    "bank statement": "bank statement",
    "pay stub": "pay stub",
    "tax form": "W-2",
    "contract": "contract",
    "lab report": "lab report",
    "resume": "resume",
    "identity card": "identity card",
    "blank page": "blank page",
}
THREE = (Sheet("invoice", "invoice"), Sheet("letter", "letter"), Sheet("resume", "resume"))


@pytest.fixture(autouse=True, scope="module")
def no_network() -> Iterator[None]:
    """Nothing is ever sent anywhere: whoever tries to reach another machine fails."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was used")

    class Guarded(socket.socket):
        """Sockets on which the processes of this machine talk to each other are left alone."""

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            if self.family != socket.AF_UNIX:
                self.connect = self.connect_ex = self.sendto = refuse  # type: ignore[method-assign]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", Guarded)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="module")
def classifier(no_network: None) -> Iterator[Classifier]:
    with Classifier() as shared:
        yield shared


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return build()


@pytest.fixture(scope="module")
def answer(classifier: Classifier, bundle: bytes) -> Answer:
    return classifier.classify(bundle, CLASSES)


def names(answer: Answer) -> list[str]:
    return [verdict.name for verdict in answer.classification]


def test_every_page_of_the_bundle_gets_its_class(answer: Answer) -> None:
    assert names(answer) == truth()


def test_there_is_one_entry_for_each_page_in_page_order(answer: Answer) -> None:
    assert [verdict.page for verdict in answer.classification] == list(range(len(truth())))
    assert answer.metadata.page_count == len(truth())


def test_every_answer_tells_why_and_how_sure(answer: Answer) -> None:
    for verdict in answer.classification:
        assert verdict.reason and verdict.fault is None
        assert verdict.confidence is not None and 0 < verdict.confidence <= 1
        assert verdict.candidates[0].name == verdict.name
        assert sum(candidate.score for candidate in verdict.candidates) <= 1 + 1e-9


def test_the_page_that_fits_no_class_is_given_a_name(answer: Answer) -> None:
    (page,) = [verdict for verdict in answer.classification if verdict.name == UNKNOWN]
    assert page.suggested_class == "lab report"
    assert all(verdict.suggested_class is None for verdict in answer.classification if verdict is not page)


def test_the_answer_depends_neither_on_the_run_nor_on_the_number_of_workers() -> None:
    document = build((*THREE, Sheet("receipt", "receipt", damage="scan"), Sheet("blank page", "blank page")))
    answers = []
    for workers in (1, 4):
        with Classifier(options=Options(workers=workers)) as classifier:
            answers.append(classifier.classify(document, CLASSES).classification)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("kind", CLASS_OF)
def test_a_document_of_each_kind_is_told_from_all_the_others(kind: str, classifier: Classifier) -> None:
    for seed in range(1, 5):
        answered = names(classifier.classify(make(kind, seed), sorted(set(CLASS_OF.values()))))
        assert set(answered) == {CLASS_OF[kind]}, f"seed {seed}"


@pytest.mark.parametrize("damage", ["fax", "upside down"])
def test_a_page_without_text_layer_is_read_from_its_picture(damage: str, classifier: Classifier) -> None:
    assert names(classifier.classify(scanned("pay stub", damage), CLASSES)) == ["pay stub"]


def test_pages_limits_the_work_and_keeps_the_numbers(classifier: Classifier) -> None:
    document = build(THREE)
    written = classifier.classify(document, ["invoice", "letter", "resume"], pages="2-3")
    assert [(verdict.page, verdict.name) for verdict in written.classification] == [(1, "letter"), (2, "resume")]
    assert written.metadata.page_count == 2
    assert classifier.classify(document, ["invoice", "letter", "resume"], pages=[1, 2]).classification == written.classification


def test_a_broken_page_does_not_cost_the_others(classifier: Classifier) -> None:
    first, broken, last = classifier.classify(torn(build(THREE), 1), ["invoice", "letter", "resume"]).classification
    assert (first.name, last.name) == ("invoice", "resume")
    assert (broken.page, broken.name, broken.fault) == (1, UNKNOWN, "page_unreadable")
    assert "page 2" in broken.reason.lower()


def test_a_document_of_which_no_page_can_be_read_is_an_error(classifier: Classifier) -> None:
    with pytest.raises(UnreadableDocument):
        classifier.classify(torn(make("letter"), 0), ["letter"])


def test_names_in_other_scripts_and_with_quotes_are_answered_as_they_were_given(classifier: Classifier) -> None:
    classes = ["发票", "\"letter\" & 'mail'", "银行对账单"]
    document = build((Sheet("invoice", "发票"), Sheet("letter", "letter"), Sheet("bank statement", "银行对账单", pages=2)))
    assert names(classifier.classify(document, classes)) == ["发票", "\"letter\" & 'mail'", "银行对账单", "银行对账单"]


def test_a_name_that_says_nothing_is_understood_by_its_description(classifier: Classifier) -> None:
    classes = {"A-1": "Invoice for goods or services", "A-2": "Letter from a firm to a customer"}
    assert names(classifier.classify(build((Sheet("letter", "A-2"), Sheet("invoice", "A-1"))), classes)) == ["A-2", "A-1"]


def test_an_unknown_model_is_refused_before_the_document_is_touched(classifier: Classifier) -> None:
    with pytest.raises(UnknownModel, match="classify-latest"):
        classifier.classify("/no/such/file.pdf", ["letter"], model="classify-19990101")


def test_progress_counts_every_page(classifier: Classifier) -> None:
    calls: list[tuple[int, int]] = []
    classifier.classify(build(THREE), ["letter"], progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 3), (2, 3), (3, 3)]
