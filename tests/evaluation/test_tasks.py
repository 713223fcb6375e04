import json
from pathlib import Path
from typing import Any

import pytest

from pagesort.errors import InvalidRequest
from pagesort.evaluation.tasks import load_page_facts, load_tasks

GOOD: dict[str, Any] = {
    "id": "1",
    "file": "a.pdf",
    "trade": "office",
    "classes": [{"class": "invoice"}, {"class": "letter", "description": "a letter"}],
    "expected": {"10": "unknown", "2": "invoice"},
    "also_ok": {"2": ["letter"]},
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "tasks.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_pages_are_numbers_in_page_order(tmp_path: Path) -> None:
    (task,) = load_tasks(write(tmp_path, json.dumps(GOOD), ""))
    assert list(task.expected.items()) == [(2, "invoice"), (10, "unknown")]
    assert [each.description for each in task.classes] == [None, "a letter"]


def test_also_ok_is_as_good_as_expected_on_that_page_alone(tmp_path: Path) -> None:
    (task,) = load_tasks(write(tmp_path, json.dumps(GOOD)))
    assert task.accepts(2, "invoice") and task.accepts(2, "letter")
    assert task.accepts(10, "unknown") and not task.accepts(10, "letter")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"classes": []}, "classes: at least one"),
        ({"classes": ["a", "A"]}, "classes[1].class"),
        ({"classes": "invoice"}, "classes: must be list"),
        ({"expected": {"first": "invoice"}}, "'first' is not a page number"),
        ({"expected": {"0": "invoices"}}, "'invoices' is neither"),
        ({"expected": {}}, "expected: names no page"),
        ({"also_ok": {"2": ["memo"]}}, "'memo' is neither"),
        ({"trade": 3}, "trade: must be str"),
    ],
)
def test_a_wrong_task_is_named_by_line_and_field(tmp_path: Path, change: dict[str, Any], named: str) -> None:
    path = write(tmp_path, json.dumps(GOOD), json.dumps(GOOD | change))
    with pytest.raises(InvalidRequest) as caught:
        load_tasks(path)
    assert "tasks.jsonl, line 2" in str(caught.value) and named in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": "1"}'])
def test_a_line_that_is_no_task_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(InvalidRequest, match="line 1"):
        load_tasks(write(tmp_path, line))


def test_a_missing_or_empty_task_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"tasks\.jsonl"):
        load_tasks(tmp_path / "tasks.jsonl")
    with pytest.raises(InvalidRequest, match="holds no task"):
        load_tasks(write(tmp_path, ""))


def test_page_facts_are_optional(tmp_path: Path) -> None:
    assert load_page_facts(tmp_path / "pages.jsonl") == {}
    facts = {"file": "a.pdf", "page": 1, "label": "memo", "kind": "scan", "continuation": True}
    path = write(tmp_path, json.dumps(facts), json.dumps({"file": "a.pdf", "page": 2}))
    loaded = load_page_facts(path)
    assert (loaded["a.pdf", 1].label, loaded["a.pdf", 1].kind, loaded["a.pdf", 1].continuation) == ("memo", "scan", True)
    assert loaded["a.pdf", 2].label is None
