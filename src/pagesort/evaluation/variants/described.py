"""Descriptions: where they say everything, where they only explain, and where they say what a vague name stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pagesort.evaluation.tasks import Task
from pagesort.evaluation.variants.lexicon import Entry, find
from pagesort.evaluation.variants.passes import Facts, Pass, asked, with_classes, with_pages
from pagesort.types import PageClass

_WORDINGS: dict[str, Callable[[Entry], str]] = {
    "definition": lambda entry: entry.definition,
    "contents": lambda entry: entry.contents,
}
_NUMBERED = {"definition": "type_{}", "contents": "category {}"}


def described(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """The names say nothing ("type_3"), the descriptions carry all. Only tasks of which the lexicon holds every class."""
    known = [task for task in tasks if all(find(each.name) for each in asked(task))]
    return [Pass(wording, tuple(_numbered(task, wording) for task in known)) for wording in _WORDINGS]


def narrowed(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """The classes' own names with descriptions that merely explain them. A description that is there already stays."""
    return [Pass(wording, tuple(_explained(task, wording) for task in tasks)) for wording in _WORDINGS]


def redirected(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """One class at a time is called by what it serves for ("proof of address"), and its description says what it is."""
    found = [
        _redirected(task, each, entry.role)
        for task in tasks
        for each in asked(task)
        if each.name in task.expected.values() and (entry := find(each.name)) and entry.role
    ]
    return [Pass("role", tuple(found))]


def _numbered(task: Task, wording: str) -> Task:
    classes = [
        PageClass(_NUMBERED[wording].format(number), _WORDINGS[wording](entry)) if (entry := find(each.name)) else each
        for number, each in enumerate(task.classes, 1)
    ]
    return with_classes(task, classes)


def _explained(task: Task, wording: str) -> Task:
    classes = [
        replace(each, description=each.description or _WORDINGS[wording](entry)) if (entry := find(each.name)) else each
        for each in task.classes
    ]
    return with_classes(task, classes)


def _redirected(task: Task, wanted: PageClass, role: str) -> Task:
    name, description = role.split(": ", 1)
    classes = [PageClass(name, description) if each == wanted else each for each in task.classes]
    pages = [page for page, expected in task.expected.items() if expected == wanted.name]
    return with_classes(with_pages(task, pages), classes)
