"""The harness with the real classifier."""

import json
from pathlib import Path

from pagesort import Classifier
from pagesort.evaluation import run
from samples.bundle import Sheet, build, scanned
from samples.documents import torn


def test_real_documents_are_read_judged_and_scored_and_kept_ones_give_the_same(tmp_path: Path) -> None:
    mixed = build((Sheet("invoice", ""), Sheet("bank statement", "", pages=2), Sheet("letter", "")))
    (tmp_path / "mixed.pdf").write_bytes(torn(mixed, 3))
    (tmp_path / "scan.pdf").write_bytes(scanned("receipt"))
    (tmp_path / "report.docx").write_bytes(b"PK\x03\x04 not read yet")
    tasks = [
        {"id": "1", "file": "mixed.pdf", "classes": ["invoice", "letter"], "expected": {"0": "invoice", "1": "unknown"}},
        {"id": "2", "file": "mixed.pdf", "classes": ["bank statement"], "expected": {"2": "bank statement", "3": "unknown"}},
        {"id": "3", "file": "scan.pdf", "classes": ["receipt"], "expected": {"0": "receipt"}},
        {"id": "4", "file": "report.docx", "classes": ["report"], "expected": {"0": "report"}},
        {"id": "5", "file": "lost.pdf", "classes": ["report"], "expected": {"0": "report"}},
    ]
    path = tmp_path / "tasks.jsonl"
    path.write_text("\n".join(json.dumps({"trade": "office", **task}) for task in tasks))
    with Classifier() as classifier:
        first = run(path, tmp_path, classifier, sights=tmp_path / "sights.jsonl")
        second = run(path, tmp_path, classifier, sights=tmp_path / "sights.jsonl")
    assert [each.right for each in first.scored] == [True, True, True, False, True, False, False]
    assert [(each.file, each.page) for each in first.unreadable] == [("mixed.pdf", 3), ("report.docx", None), ("lost.pdf", None)]
    assert second.scored == first.scored
    assert (first.speed.read_pages, second.speed.read_pages) == (5, 0)
