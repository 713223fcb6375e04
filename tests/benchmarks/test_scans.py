"""The measurement of scanned pages, on the project's own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import scans
from pagesort import Classifier
from pagesort.evaluation import Material
from pagesort.evaluation.tasks import Task
from pagesort.judge import parse_classes
from pagesort.read import Opener
from samples.bundle import Sheet, build
from samples.documents import make


@pytest.mark.slow
def test_scans_are_found_and_measured(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(
        build((Sheet("invoice", "invoice", damage="scan"), Sheet("letter", "letter", damage="scan")))
    )
    (tmp_path / "digital.pdf").write_bytes(make("invoice", 1))
    classes = parse_classes(["invoice", "letter", "receipt"])
    tasks = [
        Task("scan", "scan.pdf", "office", classes, {0: "invoice", 1: "letter"}, {}),
        Task("digital", "digital.pdf", "office", classes, {0: "invoice"}, {}),
    ]
    with Classifier() as classifier, closing(Opener(classifier.options)) as opener:
        seen = {task.file: classifier.observe(tmp_path / task.file) for task in tasks}
        found = scans.find_scans(Material(tuple(tasks), seen, {}, 0, 0.0), tmp_path)
        assert [each.task.id for each in found] == ["scan"]
        assert scans.accuracy(found, classifier) == {"pages": 2, "all read": 2, "read as needed": 2, "points lost": 0}
        assert scans.rotation(found, opener) == {"pages": 2, "angles": 8, "right": 8}
        figures = scans.speed(found * 2, classifier, opener)
        assert figures["pages"] == 4 and figures["times as fast"] > 0
