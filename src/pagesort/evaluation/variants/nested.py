"""Narrow and broad classes: "W-2" beside "tax form", and "tax form" in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pagesort.evaluation.tasks import Task
from pagesort.evaluation.variants.lexicon import find
from pagesort.evaluation.variants.passes import Facts, Pass, asked, with_classes, with_pages
from pagesort.types import PageClass


def broad_and_narrow(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """Two passes over the pages whose class has a broader one. A broader class that the task lists anyway is left out.

    With both listed, the narrow class must win. With the nearest broader class in its place, that must be answered, or
    another that is broader than the class, where it stands in the place of others.
    """
    return [
        Pass("broader added", tuple(with_broader for task in tasks if (with_broader := _added(task)))),
        Pass("broader instead", tuple(only_broader for task in tasks if (only_broader := _instead(task)))),
    ]


def _added(task: Task) -> Task | None:
    added = list(dict.fromkeys(name for each in asked(task) for name in _broader(task, each.name)))
    kept = _with_broader(task)
    return kept and replace(kept, classes=(*kept.classes, *map(PageClass, added)))


def _instead(task: Task) -> Task | None:
    """Classes that share their nearest broader class become one."""
    classes = [PageClass(found[0]) if (found := _broader(task, each.name)) else each for each in task.classes]
    kept = _with_broader(task)
    if kept is None:
        return None
    listed = {each.name for each in classes}
    changed = with_classes(kept, classes)
    fitting = {
        page: tuple(broad for broad in _broader(task, name)[1:] if broad in listed) for page, name in kept.expected.items()
    }
    return replace(changed, also_ok={page: (*changed.also_ok.get(page, ()), *broad) for page, broad in fitting.items()})


def _with_broader(task: Task) -> Task | None:
    """The task with only the pages whose class has a broader one; None where there are none."""
    kept = with_pages(task, [page for page, expected in task.expected.items() if _broader(task, expected)])
    return kept if kept.expected else None


def _broader(task: Task, name: str) -> list[str]:
    entry = find(name)
    listed = {each.name.casefold() for each in task.classes}
    return [broad for broad in entry.broader if broad.casefold() not in listed] if entry else []
