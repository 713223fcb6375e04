"""What a variant makes: passes of tasks, each scored as one figure; and the ways in which it changes a task."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pagesort.evaluation.tasks import PageFacts, Task
from pagesort.types import UNKNOWN, Judge, PageClass

Facts = Mapping[tuple[str, int], PageFacts]
"""What is known of pages, by file and page."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Tasks that are scored as one figure. They keep the ids of the tasks they were made from."""

    name: str
    tasks: tuple[Task, ...]
    judge: Judge | None = None
    """Who judges them; None: the classifier under test, as it is."""


Variant = Callable[[Sequence[Task], Facts], list[Pass]]


def with_classes(task: Task, classes: Sequence[PageClass]) -> Task:
    """The task with its classes replaced one by one; the answers follow. Classes of one name become one."""
    names = {old.name: new.name for old, new in zip(task.classes, classes, strict=True)} | {UNKNOWN: UNKNOWN}
    return replace(
        task,
        classes=tuple({each.name: each for each in classes}.values()),
        expected={page: names[name] for page, name in task.expected.items()},
        also_ok={page: tuple(names[name] for name in also) for page, also in task.also_ok.items()},
    )


def with_pages(task: Task, pages: Collection[int]) -> Task:
    """The task with only those pages scored."""
    return replace(
        task,
        expected={page: name for page, name in task.expected.items() if page in pages},
        also_ok={page: also for page, also in task.also_ok.items() if page in pages},
    )


def asked(task: Task) -> list[PageClass]:
    """The task's classes but for `unknown`, which people may list and which is no class."""
    return [each for each in task.classes if each.name.casefold() != UNKNOWN]
