"""Where documents start: scored against what is known, and found in packets that the project makes itself."""

import random
from collections.abc import Sequence

from pagesort import Classifier
from pagesort.evaluation.context import Context, contexts
from pagesort.evaluation.documents import Seams, bundles, packets, seams
from pagesort.evaluation.run import Material
from pagesort.evaluation.tasks import PageFacts, Task
from pagesort.flow import Observation
from pagesort.types import Linked, PageClass, Part, Verdict
from samples.bundle import CLASSES, Sheet, build
from tests.pages import BANK_STATEMENT, INVOICE, RESUME, sight

CLASS = PageClass("invoice")


def material() -> Material:
    """A bundle of two documents on three pages, and a file of one page."""
    bundle = Observation("b.pdf", tuple(sight(text, page=page) for page, text in enumerate((BANK_STATEMENT, INVOICE, "more"))))
    single = Observation("s.pdf", (sight(RESUME),))
    tasks = tuple(Task(file, file, "trade", (CLASS,), {0: "invoice"}, {}) for file in ("b.pdf", "s.pdf"))
    starts = {("b.pdf", 0): False, ("b.pdf", 1): False, ("b.pdf", 2): True, ("s.pdf", 0): False}
    facts = {key: PageFacts(continuation=continuation) for key, continuation in starts.items()}
    return Material(tasks, {"b.pdf": bundle, "s.pdf": single}, facts, 0, 0.0)


def one_document(observation: Observation, classes: Sequence[PageClass]) -> Linked:
    pages = tuple(page.page for page in observation.pages)
    return Linked(tuple(Verdict(page, "invoice", "") for page in pages), (Part("invoice", pages, None, ""),))


def test_bundles_are_files_with_more_than_one_document() -> None:
    (case,) = bundles(material())
    assert case.observation.name == "b.pdf"
    assert case.starts == {1: True, 2: False}


def test_packets_hold_whole_documents_in_order_and_are_the_same_on_every_run() -> None:
    first, *_ = cases = list(packets(material()))
    assert [page.page for page in first.observation.pages] == list(range(len(first.observation.pages)))
    assert set(first.starts) == set(range(1, len(first.observation.pages)))
    assert any(not start for case in cases for start in case.starts.values())
    assert cases == list(packets(material()))


def test_rules_are_scored_by_the_starts_they_find() -> None:
    found = seams(material(), one_document)["bundles"]
    assert found["documents"] == Seams(0, 0, 1)
    assert found["class changes"] == Seams(0, 0, 1)
    assert found["every page"] == Seams(1, 1, 0)
    assert found["every page"].f1 == 2 / 3
    assert Seams().f1 is None


def test_context_is_scored_with_and_without() -> None:
    def decide(observation: Observation, classes: Sequence[PageClass]) -> Linked:
        whole = len(observation.pages) == 3
        return Linked(tuple(Verdict(page.page, "invoice" if whole else "unknown", "") for page in observation.pages), ())

    found = contexts(material(), decide)
    assert found["bundles"] == Context(pages=1, alone=0, linked=1)
    assert found["single pages"] == Context(pages=1, alone=0, linked=0)
    assert found["other documents"] == Context(0, 0, 0)


def test_shuffled_packets_come_apart() -> None:
    sheets = [
        Sheet("bank statement", "bank statement", pages=2),
        Sheet("bank statement", "bank statement", pages=2),
        Sheet("invoice", "invoice"),
        Sheet("invoice", "invoice"),
        Sheet("pay stub", "pay stub"),
        Sheet("letter", "letter"),
        Sheet("contract", "contract"),
        Sheet("lab report", "unknown"),
    ]
    found = Seams()
    with Classifier() as classifier:
        for seed in range(5):
            random.Random(seed).shuffle(sheets)
            documents = classifier.classify(build(tuple(sheets), seed), CLASSES).documents
            starts = [place for sheet in sheets for place in range(sheet.pages)]
            for page, place in list(enumerate(starts))[1:]:
                found = found.with_page(place == 0, any(page == part.pages[0] for part in documents))
    assert (found.f1 or 0) >= 0.9, found
