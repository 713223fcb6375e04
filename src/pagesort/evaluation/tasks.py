"""The task file: what is asked, and what the right answers are. JSON Lines, one task a line.

    {"id": "...", "file": "files/a.pdf", "trade": "...", "classes": [{"class": "invoice"}, ...],
     "expected": {"0": "invoice", "3": "unknown"}, "also_ok": {"3": ["invoice"]}}

Pages without an entry in `expected` are not scored. Beside the tasks may lie a `pages.jsonl` that tells, for one page of
a file a line, its `label`, its `kind` (digital, scan, photo), whether it is the `continuation` of the page before, and the
`source` of the file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pagesort.errors import InvalidRequest
from pagesort.judge import parse_classes
from pagesort.types import UNKNOWN, PageClass

PAGES_FILE = "pages.jsonl"


@dataclass(frozen=True, slots=True)
class Task:
    """One question as a user would pose it: a document, the classes, and the right class of some of its pages."""

    id: str
    file: str
    trade: str
    classes: tuple[PageClass, ...]
    expected: Mapping[int, str]
    also_ok: Mapping[int, tuple[str, ...]]

    def accepts(self, page: int, name: str) -> bool:
        """Whether that answer is right, or as good as right, for that page."""
        return name == self.expected[page] or name in self.also_ok.get(page, ())


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page beside its class; None where nobody said."""

    label: str | None = None
    kind: str | None = None
    continuation: bool | None = None
    source: str | None = None
    """Where the file is from: files of one source look alike, so folds never part them."""


def load_tasks(path: Path) -> list[Task]:
    """Every task of the file. Raises `InvalidRequest` naming the line, the field and the fix."""
    tasks = [_task(line, record) for line, record in _records(path)]
    if not tasks:
        raise InvalidRequest("tasks", f"{path} holds no task", "too_short")
    return tasks


def load_page_facts(path: Path) -> dict[tuple[str, int], PageFacts]:
    """Facts by (file, page); empty where there is no such file. Raises like `load_tasks`."""
    if not path.is_file():
        return {}
    facts: dict[tuple[str, int], PageFacts] = {}
    for line, record in _records(path):
        key = _field(line, record, "file", str), _field(line, record, "page", int)
        facts[key] = PageFacts(*(record.get(field.name) for field in fields(PageFacts)))
    return facts


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line that is not empty: where it stands, in words, and the object in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRequest("tasks", f"{path} cannot be read: {error}") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidRequest(where, f"is not JSON ({error}); write one object a line", "json_invalid") from None
        if not isinstance(record, dict):
            raise InvalidRequest(where, f"must be an object, not {type(record).__name__}", "dict_type")
        yield where, record


def _task(where: str, record: Mapping[str, Any]) -> Task:
    given = _field(where, record, "classes", list)
    try:
        classes = parse_classes(given)
    except InvalidRequest as error:
        raise InvalidRequest(f"{where}: {error.field}", error.message, error.kind) from None
    names = {each.name for each in classes} | {UNKNOWN}
    expected = {page: _known(where, page, name, names) for page, name in _by_page(where, record, "expected")}
    if not expected:
        raise InvalidRequest(f"{where}: expected", 'names no page; give at least one, e.g. {"0": "invoice"}', "too_short")
    others = _by_page(where, {"also_ok": {}, **record}, "also_ok")
    return Task(
        id=_field(where, record, "id", str),
        file=_field(where, record, "file", str),
        trade=_field(where, record, "trade", str),
        classes=classes,
        expected=expected,
        also_ok={page: tuple(_known(where, page, name, names) for name in also) for page, also in others},
    )


def _by_page(where: str, record: Mapping[str, Any], name: str) -> list[tuple[int, Any]]:
    """{"0": ...} → [(0, ...)], in page order."""
    answers = _field(where, record, name, dict)
    for page in answers:
        if not page.isdecimal():
            raise InvalidRequest(f"{where}: {name}", f'{page!r} is not a page number; pages are counted from "0"')
    return sorted((int(page), answer) for page, answer in answers.items())


def _known(where: str, page: int, name: str, names: Collection[str]) -> str:
    if name not in names:
        raise InvalidRequest(f'{where}: page "{page}"', f"{name!r} is neither one of the task's classes nor {UNKNOWN!r}")
    return name


def _field(where: str, record: Mapping[str, Any], name: str, kind: type) -> Any:
    if name not in record:
        raise InvalidRequest(f"{where}: {name}", f"is missing; found {sorted(record)}", "missing")
    if not isinstance(record[name], kind):
        raise InvalidRequest(f"{where}: {name}", f"must be {kind.__name__}, not {type(record[name]).__name__}", "type")
    return record[name]
