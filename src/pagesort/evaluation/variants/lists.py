"""The same question with very few classes, and with very many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from random import Random

from pagesort.evaluation.tasks import Task
from pagesort.evaluation.variants.lexicon import akin, find, other_classes
from pagesort.evaluation.variants.passes import Facts, Pass, asked, with_pages
from pagesort.types import UNKNOWN, PageClass

FEW, MANY = 2, 200


def few(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """Two of the task's classes: the right one and another drawn at random; for a page that fits none, two others."""
    return [Pass(f"{FEW} classes", tuple(each for task in tasks for each in _page_by_page(task)))]


def many(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """The task's classes among two hundred. None is added that might be right as well."""
    return [Pass(f"{MANY} classes", tuple(_filled(task, facts) for task in tasks))]


def _page_by_page(task: Task) -> Iterator[Task]:
    for page, expected in task.expected.items():
        right = [each for each in asked(task) if each.name == expected]
        wrong = [each for each in asked(task) if not task.accepts(page, each.name)]
        drawn = Random(f"{task.id} {page}").sample(wrong, min(len(wrong), FEW - len(right)))
        classes = tuple(each for each in task.classes if each in right or each in drawn)
        one = with_pages(task, [page])
        listed = {each.name for each in classes} | {UNKNOWN}
        also_ok = {page: tuple(name for name in also if name in listed) for page, also in one.also_ok.items()}
        if classes:
            yield replace(one, classes=classes, also_ok=also_ok)


def _filled(task: Task, facts: Facts) -> Task:
    labels = {facts[task.file, page].label for page in task.expected if (task.file, page) in facts}
    names = _all_names([*(each.name for each in task.classes), *(label for label in labels if label)])
    left_out = frozenset[int]().union(*map(_kin, names))
    others = list(
        dict.fromkeys(name for number, family in enumerate(other_classes()) if number not in left_out for name in family)
    )
    # The same class list draws the same others, whatever the document: briefs are then made once for all of them.
    Random(" ".join(each.name for each in task.classes)).shuffle(others)
    added = others[: max(0, MANY - len(task.classes))]
    return replace(task, classes=(*task.classes, *map(PageClass, added)))


@cache
def _kin(name: str) -> frozenset[int]:
    """Families of other classes of which one might name the same page."""
    return frozenset(number for number, family in enumerate(other_classes()) if any(akin(member, name) for member in family))


def _all_names(names: Collection[str]) -> set[str]:
    """With everything else that the lexicon has for them, the broader names included."""
    entries = [entry for name in names if (entry := find(name))]
    return {*names, *(other for entry in entries for other in (*entry.names, *entry.broader))}
