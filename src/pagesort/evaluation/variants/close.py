"""Pages of families that are easily confused, asked with all of their family and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pagesort.evaluation.tasks import Task
from pagesort.evaluation.variants.lexicon import Entry, find
from pagesort.evaluation.variants.passes import Facts, Pass, with_pages
from pagesort.types import UNKNOWN, PageClass

FAMILIES = {
    "account statements": ("bank statement", "credit card statement", "investment statement"),
    "trade documents": ("invoice", "quotation", "purchase order", "receipt", "credit note", "delivery note"),
    "1040 and schedules": ("1040", "1040 schedule 1", "1040 schedule 2", "1040 schedule c", "1040 schedule e"),
    "court documents": ("court order", "court opinion"),
    "booklets": ("brochure", "user manual"),
    "test reports": ("lab report", "pathology report"),
}


def close_pairs(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """One pass a family. Every page counts once, in the first task that asks for it."""
    return [Pass(name, tuple(_within(tasks, facts, family))) for name, family in FAMILIES.items()]


def _within(tasks: Sequence[Task], facts: Facts, family: Sequence[str]) -> Iterator[Task]:
    done: set[tuple[str, int]] = set()
    for task in tasks:
        pages = [
            page
            for page, name in task.expected.items()
            if (task.file, page) not in done and _belongs(task, page, name, facts, family)
        ]
        done.update((task.file, page) for page in pages)
        if pages:
            yield _among(with_pages(task, pages), family)


def _belongs(task: Task, page: int, expected: str, facts: Facts, family: Sequence[str]) -> bool:
    """Whether the class expected is of the family, and the page's label does not make it another of them."""
    entry, label = find(expected), _label(task, page, facts)
    return entry is not None and entry.name in family and (label is None or label.name not in family or label == entry)


def _label(task: Task, page: int, facts: Facts) -> Entry | None:
    known = facts.get((task.file, page))
    return find(known.label) if known else None


def _among(task: Task, family: Sequence[str]) -> Task:
    """The task with its own classes of the family, and plain names for the others."""
    own = {entry.name: each for each in task.classes if (entry := find(each.name)) and entry.name in family}
    classes = tuple(own.get(name, PageClass(name)) for name in family)
    listed = {each.name for each in classes} | {UNKNOWN}
    also_ok = {page: tuple(name for name in also if name in listed) for page, also in task.also_ok.items()}
    return replace(task, classes=classes, also_ok=also_ok)
