"""What people call the classes they ask for, and how they describe them: `classes/*.yaml`.

These files put the knowledge of page types to the test. So they are written without looking at it, and nothing is ever
copied from the one to the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

_WORD = re.compile(r"[^\W_]+")
_SENTENCES = ("definition", "contents", "role")


@dataclass(frozen=True, slots=True)
class Entry:
    """One class of the lexicon. Lists are written with semicolons between."""

    classes: tuple[str, ...]
    """The names under which tasks ask for it, the plainest first; written `class` in the file."""
    words: tuple[str, ...]
    """The same in other English words."""
    languages: tuple[str, ...]
    """The same in German, French, Spanish and Italian, in that order, as far as people there say it so."""
    spellings: tuple[str, ...]
    """Abbreviations, form numbers, plurals, snake_case and CamelCase, as they stand in people's code."""
    definition: str
    """What it is, without its name."""
    contents: str
    """What stands on it, without its name."""
    broader: tuple[str, ...] = ()
    """Names of what it is a kind of, the nearest first."""
    role: str = ""
    """A name for what it serves for, a colon, and a description that says what is wanted."""

    @property
    def name(self) -> str:
        return self.classes[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        return (*self.classes, *self.words, *self.languages, *self.spellings)


def find(name: str | None) -> Entry | None:
    """The entry for a class or a label that is called so; capitals and punctuation do not matter."""
    return _by_name().get(_folded(name)) if name else None


def akin(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other, so that both may name the same page."""
    first, second = ({word.removesuffix("s") for word in _folded(name).split()} for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


@cache
def entries() -> tuple[Entry, ...]:
    """The whole lexicon, in a fixed order."""
    files = sorted((_folder() / "classes").iterdir(), key=lambda file: file.name)
    return tuple(_entry(raw) for file in files for raw in yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def other_classes() -> tuple[tuple[str, ...], ...]:
    """Families of further class names; see `other_classes.yaml`."""
    families = yaml.safe_load((_folder() / "other_classes.yaml").read_text(encoding="utf-8"))
    return tuple(_list(family) for family in families)


@cache
def _by_name() -> dict[str, Entry]:
    return {_folded(name): entry for entry in entries() for name in entry.names}


def _entry(raw: dict[str, Any]) -> Entry:
    values = {field: str(text).strip() if field in _SENTENCES else _list(text) for field, text in raw.items()}
    return Entry(classes=values.pop("class"), **values)  # type: ignore[arg-type]


def _folder() -> Any:
    return resources.files("pagesort.evaluation") / "variants"


def _list(text: object) -> tuple[str, ...]:
    return tuple(part for each in str(text).split(";") if (part := each.strip()))


def _folded(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))
