from __future__ import annotations

import json
from pathlib import Path

import pytest

from pagesort.doors.cli import main
from pagesort.errors import EXIT_OK, EXIT_USAGE
from pagesort.evaluation import VARIANTS


@pytest.fixture
def tasks(bundle: Path, tmp_path: Path) -> Path:
    task = {
        "id": "trade:bundle",
        "file": bundle.name,
        "trade": "trade",
        "classes": [{"class": "invoice"}, {"class": "bank statement"}],
        "expected": {"0": "invoice", "1": "invoice"},
    }
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps(task) + "\n")
    return path


def test_a_table_and_a_last_line_of_json(tasks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(tasks), "--sights", str(tmp_path / "sights.jsonl"), "--mistakes", "1"]) == EXIT_OK
    *table, last = capsys.readouterr().out.splitlines()
    figures = json.loads(last)
    assert (figures["pages"], figures["right"]) == (2, 1)
    assert "variants" not in figures
    assert "1 of 2 pages right" in "\n".join(table)
    assert (tmp_path / "sights.jsonl").exists()


def test_variants_are_added_to_the_table_and_the_json(tasks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(tasks), "--variant", "few", "--variant", "broad_and_narrow", "--variant", "few"]) == EXIT_OK
    *table, last = capsys.readouterr().out.splitlines()
    variants = json.loads(last)["variants"]
    assert list(variants) == ["few", "broad_and_narrow"]
    assert variants["few"]["pages"] == 2 and variants["broad_and_narrow"]["pages"] == 4
    assert "broader instead" in "\n".join(table)


def test_all_stands_for_every_variant(tasks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(tasks), "--variant", "all", "--mistakes", "0"]) == EXIT_OK
    assert list(json.loads(capsys.readouterr().out.splitlines()[-1])["variants"]) == list(VARIANTS)


def test_an_unknown_variant_is_refused_before_anything_is_read(tasks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(tasks), "--variant", "upside-down"]) == EXIT_USAGE
    assert "upside-down" in (said := capsys.readouterr().err) and "close_pairs" in said


def test_no_such_task_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(tmp_path / "none.jsonl")]) == EXIT_USAGE
    assert "none.jsonl" in capsys.readouterr().err
