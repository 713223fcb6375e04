from __future__ import annotations

import json
from pathlib import Path

import pytest

from pagesort.doors.cli import main
from pagesort.errors import EXIT_OK, EXIT_USAGE


def test_a_table_and_a_last_line_of_json(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = {
        "id": "trade:bundle",
        "file": bundle.name,
        "trade": "trade",
        "classes": [{"class": "invoice"}, {"class": "bank statement"}],
        "expected": {"0": "invoice", "1": "invoice"},
    }
    tasks = tmp_path / "tasks.jsonl"
    tasks.write_text(json.dumps(task) + "\n")
    assert main(["eval", str(tasks), "--sights", str(tmp_path / "sights.jsonl"), "--mistakes", "1"]) == EXIT_OK
    *table, last = capsys.readouterr().out.splitlines()
    figures = json.loads(last)
    assert (figures["pages"], figures["right"]) == (2, 1)
    assert "1 of 2 pages right" in "\n".join(table)
    assert (tmp_path / "sights.jsonl").exists()


def test_no_such_task_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(tmp_path / "none.jsonl")]) == EXIT_USAGE
    assert "none.jsonl" in capsys.readouterr().err
