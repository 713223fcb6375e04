"""Each class under other names that people use for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from zlib import crc32

from pagesort.evaluation.tasks import Task
from pagesort.evaluation.variants.lexicon import Entry, find
from pagesort.evaluation.variants.passes import Facts, Pass, asked, with_classes
from pagesort.types import PageClass

Names = Callable[[Entry], Sequence[str]]

_NAMES: dict[str, Names] = {
    "words": lambda entry: entry.words,
    "languages": lambda entry: entry.languages,
    "spellings": lambda entry: entry.spellings,
}


def renamed(tasks: Sequence[Task], facts: Facts) -> list[Pass]:
    """Three passes: other English words, other languages, other spellings. Every task takes its turn in the lists.

    A class that the lexicon does not hold gets a name made from its own: "scanned invoice", "loan_estimate".
    """
    return [Pass(name, tuple(_renamed(task, name, names) for task in tasks)) for name, names in _NAMES.items()]


def _renamed(task: Task, form: str, names: Names) -> Task:
    turn = crc32(task.id.encode())
    taken = {each.name.casefold() for each in task.classes}
    classes: list[PageClass] = []
    for each in task.classes:
        name = _other_name(each, form, names, turn, taken) if each in asked(task) else each.name
        taken.add(name.casefold())
        classes.append(replace(each, name=name))
    return with_classes(task, classes)


def _other_name(wanted: PageClass, form: str, names: Names, turn: int, taken: set[str]) -> str:
    """The name whose turn it is, or the next that no class of the task bears; its own where there is none."""
    entry = find(wanted.name)
    choice = names(entry) if entry else made_names(wanted.name, form)
    turns = (choice[(turn + step) % len(choice)] for step in range(len(choice)))
    return next((name for name in turns if name.casefold() not in taken), wanted.name)


def made_names(name: str, form: str) -> list[str]:
    """Names that can be made from any name, without knowing what it means."""
    words = re.findall(r"[^\W_]+", name)
    if form == "spellings":
        return ["_".join(words).lower(), "".join(word[:1].upper() + word[1:] for word in words), name.upper(), f"{name}s"]
    return [f"scanned {name}", f"{name} document", f"{name} page", f"copy of {name}"]
