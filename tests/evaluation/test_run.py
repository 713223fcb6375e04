"""The harness over a classifier whose answers are written down, so that every figure can be told beforehand."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pagesort.errors import InvalidRequest, UnreadableDocument
from pagesort.evaluation import assess, gather, render, render_variants, run, vary
from pagesort.evaluation.score import Tally
from pagesort.flow import Classifier, Observation
from pagesort.types import UNKNOWN, Fault, Linked, PageClass, Sight, Verdict

ANSWERS = {
    ("good.pdf", 0): Verdict(0, "invoice", "titled invoice", confidence=0.9),
    ("good.pdf", 1): Verdict(1, UNKNOWN, "fits nothing", suggested_class="memo", confidence=0.4),
    ("good.pdf", 2): Verdict(2, "letter", "Dear Sir", confidence=0.6),
}
CLASSES = [{"class": "invoice"}, {"class": "letter"}]
TASKS = [
    {"id": "1", "file": "good.pdf", "trade": "office", "expected": {"0": "invoice", "1": UNKNOWN}},
    {"id": "2", "file": "good.pdf", "trade": "court", "expected": {"2": "invoice"}, "also_ok": {"2": ["letter"]}},
    {"id": "3", "file": "good.pdf", "trade": "court", "expected": {"0": "letter", "1": "letter"}},
    {"id": "4", "file": "lost.pdf", "trade": "court", "expected": {"0": UNKNOWN}},
    {"id": "5", "file": "torn.pdf", "trade": "court", "expected": {"0": UNKNOWN}},
]
FACTS = [
    {"file": "good.pdf", "page": 0, "label": "invoice", "kind": "digital", "continuation": False},
    {"file": "good.pdf", "page": 1, "label": "notice", "kind": "scan", "continuation": True},
]


class Scripted(Classifier):
    """Reads no document: sees as many empty pages as are asked for, and answers from `ANSWERS`."""

    def __init__(self) -> None:
        super().__init__()
        self.observed: list[str] = []

    @property
    def version(self) -> str:
        return "scripted"

    def observe(self, source: Any, *, pages: Any = None, **_: Any) -> Observation:
        self.observed.append(source.name)
        if source.name == "lost.pdf":
            raise UnreadableDocument("lost.pdf: is broken")
        if source.name == "torn.pdf":
            return Observation(source.name, (Fault(0, "page_unreadable", "torn"),))
        return Observation(source.name, tuple(Sight(page, 612, 792, (), "none") for page in pages))

    def decide(self, observation: Observation, classes: Sequence[PageClass], *, model: str | None = None) -> Linked:
        verdicts = [
            Verdict(each.page, UNKNOWN, each.message, fault=each.code)
            if isinstance(each, Fault)
            else ANSWERS[observation.name, each.page]
            for each in observation.pages
        ]
        return Linked(tuple(verdicts), ())


@pytest.fixture
def classifier() -> Iterator[Scripted]:
    with closing(Scripted()) as scripted:
        yield scripted


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    for name in ("good.pdf", "lost.pdf", "torn.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    path = tmp_path / "tasks.jsonl"
    path.write_text("\n".join(json.dumps({"classes": CLASSES, **task}) for task in TASKS))
    (tmp_path / "pages.jsonl").write_text("\n".join(json.dumps(each) for each in FACTS))
    return path


def test_every_expected_page_is_scored_and_none_dropped(tasks: Path, classifier: Scripted) -> None:
    report = run(tasks, tasks.parent, classifier)
    assert report.overall == Tally(3, 7)
    assert report.groups["trade"] == {"court": Tally(1, 5), "office": Tally(2, 2)}
    assert report.groups["place"] == {"first page": Tally(1, 2), "later page": Tally(1, 2)}
    assert report.groups["kind"] == {"digital": Tally(1, 2), "scan": Tally(1, 2)}
    assert report.mean_over_trades == pytest.approx((1.0 + 0.2) / 2)
    assert [(each.task, each.page, each.answered) for each in report.mistakes] == [
        ("3", 0, "invoice"),
        ("3", 1, UNKNOWN),
        ("4", 0, None),
        ("5", 0, None),
    ]


def test_what_could_not_be_read_is_wrong_even_where_unknown_was_expected(tasks: Path, classifier: Scripted) -> None:
    report = run(tasks, tasks.parent, classifier)
    assert [(each.file, each.page) for each in report.unreadable] == [("lost.pdf", None), ("torn.pdf", 0)]
    assert report.to_dict()["unknown_recall"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_document_is_read_once_and_up_to_the_last_page_any_task_asks_for(tasks: Path, classifier: Scripted) -> None:
    report = run(tasks, tasks.parent, classifier, trade="office")
    assert classifier.observed == ["good.pdf"]
    assert report.speed.read_pages == 3 and report.overall == Tally(2, 2)


def test_kept_sights_are_not_read_again_and_change_no_figure(tasks: Path, classifier: Scripted, tmp_path: Path) -> None:
    first = run(tasks, tasks.parent, classifier, sights=tmp_path / "sights.jsonl")
    classifier.observed.clear()
    second = run(tasks, tasks.parent, classifier, sights=tmp_path / "sights.jsonl")
    assert classifier.observed == ["lost.pdf"]
    assert second.scored == first.scored and second.unreadable == first.unreadable
    assert second.speed.read_per_second is None


def test_progress_reaches_the_end(tasks: Path, classifier: Scripted) -> None:
    calls: list[tuple[int, int]] = []
    run(tasks, tasks.parent, classifier, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(3, 5), (4, 5), (5, 5)]


def test_an_unknown_trade_is_refused_and_the_trades_are_listed(tasks: Path, classifier: Scripted) -> None:
    with pytest.raises(InvalidRequest, match="court, office"):
        run(tasks, tasks.parent, classifier, trade="circus")


def test_the_table_shows_people_what_they_look_for(tasks: Path, classifier: Scripted) -> None:
    console = Console(file=io.StringIO(), width=200)
    console.print(render(run(tasks, tasks.parent, classifier), mistakes=3))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    for part in ("3 of 7 pages right: 42.9%", "the first 3 of 4", "titled invoice", "lost.pdf: is broken", "memo", "notice"):
        assert part in shown


def test_the_table_takes_text_of_documents_literally(tasks: Path, classifier: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANSWERS, ("good.pdf", 0), Verdict(0, "letter", "titled [/bold] [red]"))
    console = Console(file=io.StringIO(), width=200)
    console.print(render(run(tasks, tasks.parent, classifier), mistakes=9))
    assert "[/bold] [red]" in console.file.getvalue()  # type: ignore[attr-defined]


def test_the_figures_are_json(tasks: Path, classifier: Scripted) -> None:
    figures = json.loads(json.dumps(run(tasks, tasks.parent, classifier).to_dict()))
    assert figures["accuracy"] == pytest.approx(3 / 7, abs=1e-4)
    assert figures["by_trade"] == {"court": 0.2, "office": 1.0}
    assert figures["needlessly_unknown"] == 1
    assert figures["mistakes"][0] == {"task": "3", "page": 0, "expected": "letter", "answered": "invoice"}


def test_a_variant_is_judged_without_reading_again_and_compared_on_its_own_pages(tasks: Path, classifier: Scripted) -> None:
    material = gather(tasks, tasks.parent, classifier)
    classifier.observed.clear()
    outcome = vary(material, classifier, "redirected", assess(material, classifier))
    assert classifier.observed == []
    # Only the two pages that are expected to be invoices have a role; the scripted answers know no such name.
    assert [(each.task, each.page, each.right) for each in outcome.scored] == [("1", 0, False), ("2", 2, True)]
    assert outcome.before(outcome.scored) == Tally(2, 2) and outcome.loss(outcome.scored) == 0.5
    (lost,) = outcome.lost_most()
    assert (lost.name, lost.asked_as, lost.instead) == ("invoice", "request for payment", "invoice")
    figures = json.loads(json.dumps(outcome.to_dict()))
    assert (figures["right"], figures["pages"], figures["worst"], figures["loss"]) == (1, 2, 0.5, 0.5)
    assert figures["passes"]["role"]["confusions"] == {"request for payment": {"invoice": 1, "letter": 1}}


def test_a_variant_of_several_passes_counts_their_mean_and_their_worst(tasks: Path, classifier: Scripted) -> None:
    material = gather(tasks, tasks.parent, classifier)
    plain = assess(material, classifier)
    outcome = vary(material, classifier, "narrowed", plain)
    assert list(outcome.passes) == ["definition", "contents"]
    assert len(outcome.scored) == 2 * len(plain.scored)
    assert outcome.loss(outcome.scored) == 0 and outcome.worst == plain.overall.share and outcome.lost_most() == []


def test_a_variant_that_nothing_could_be_made_of_has_no_figures(tasks: Path, classifier: Scripted) -> None:
    material = gather(tasks, tasks.parent, classifier, trade="office")
    outcome = vary(material, classifier, "close_pairs", assess(material, classifier))
    assert outcome.passes["court documents"].overall == Tally(0, 0)
    empty = outcome.to_dict()["passes"]["court documents"]
    assert (empty["pages"], empty["share"], empty["loss"]) == (0, None, None)


def test_the_table_of_variants_compares_them_with_the_tasks_as_they_are(tasks: Path, classifier: Scripted) -> None:
    material = gather(tasks, tasks.parent, classifier)
    plain = assess(material, classifier)
    console = Console(file=io.StringIO(), width=200)
    console.print(render_variants([vary(material, classifier, name, plain) for name in ("redirected", "narrowed")], most=3))
    rows = [row.split() for row in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    assert ["as", "they", "are", "7", "3", "42.9%", "-", "1"] in rows
    assert ["redirected", "2", "1", "50.0%", "50.0", "0"] in rows
    assert ["contents", "7", "3", "42.9%", "0.0", "1"] in rows
    assert ["invoice", "request", "for", "payment", "role", "2", "1", "2", "invoice"] in rows
