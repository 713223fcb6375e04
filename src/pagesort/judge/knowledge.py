"""What is known about page types: what each is called, what stands on it, how it looks.

The knowledge itself lies in `knowledge/*.yaml`, to be read and edited by people; docs/knowledge.md describes the fields.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources
from typing import Any

import yaml

from pagesort.errors import BadKnowledge

# libyaml, where PyYAML was built with it, loads twenty times faster.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class PageType:
    """One known type of page. All phrases are as people write them; matching is by `words.key`."""

    name: str
    description: str = ""
    names: tuple[str, ...] = ()
    """What else it is called: synonyms, abbreviations, form numbers, other languages."""
    loose_names: tuple[str, ...] = ()
    """Names that sometimes mean it."""
    broader: tuple[str, ...] = ()
    """More general classes it belongs to; each may be a type itself."""
    fields_of: tuple[str, ...] = ()
    """Types whose fields it carries as well: a credit note looks like an invoice but for its title and a few words."""
    titles: tuple[str, ...] = ()
    """Phrases that stand as the page's own title."""
    telling: tuple[str, ...] = ()
    """Phrases that by themselves point to this type."""
    phrases: tuple[str, ...] = ()
    """Labels and phrases usual on it, but shared with other types."""
    words: tuple[str, ...] = ()
    """Single words of its text, those of later pages included; no order, no place."""
    against: tuple[str, ...] = ()
    """Phrases that speak against it."""
    looks: tuple[str, ...] = ()
    """How it looks: names of `shape.LOOKS`."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Every phrase that may stand on a page of it."""
        return (*self.titles, self.name, *self.names, *self.telling, *self.phrases)

    @property
    def umbrella(self) -> bool:
        """Whether it is only a word for the types under it ("tax form"): no page shows it by itself."""
        return not (self.titles or self.telling or self.phrases or self.looks)


_LISTS = tuple(field.name for field in fields(PageType) if field.name not in ("name", "description"))


@cache
def page_types() -> tuple[PageType, ...]:
    """All types that ship with pagesort, in a fixed order; an entry adds to that of its name before it. Raises `BadKnowledge`."""
    folder = resources.files("pagesort.judge") / "knowledge"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    types: dict[str, PageType] = {}
    for file in files:
        for entry in load(file.read_text(encoding="utf-8"), file.name):
            types[entry.name] = extended(types[entry.name], entry) if entry.name in types else entry
    return tuple(types.values())


def extended(known: PageType, more: PageType) -> PageType:
    """Both entries of a type as one; of two descriptions the latter counts."""
    lists: dict[str, Any] = {name: _union(getattr(known, name), getattr(more, name)) for name in _LISTS}
    return replace(known, description=more.description or known.description, **lists)


def _union(known: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def load(text: str, origin: str) -> list[PageType]:
    """The entries of one knowledge file. `origin` is what an error calls the file."""
    try:
        entries = yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise BadKnowledge(f"{origin}: not valid YAML: {error}") from None
    if not isinstance(entries, list):
        raise BadKnowledge(f"{origin}: must be a list of page types")
    return [_page_type(entry, f"{origin}: entry {number}") for number, entry in enumerate(entries, 1)]


def _page_type(entry: object, where: str) -> PageType:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise BadKnowledge(f"{where}: must be a mapping with a name")
    where = f"{where} ({entry['name']})"
    known = {field.name for field in fields(PageType)}
    if extra := sorted(set(entry) - known):
        raise BadKnowledge(f"{where}: unknown field {extra[0]!r}; known are {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for field, value in entry.items():
        if not isinstance(value, str | int | float):
            raise BadKnowledge(f"{where}: {field} must be text; put quotes around it")
        values[field] = str(value).strip() if field in ("name", "description") else _split(field, str(value))
    return PageType(**values)


def _split(field: str, text: str) -> tuple[str, ...]:
    # The same words come back with many types; one copy of each is enough.
    parts = map(sys.intern, text.split()) if field == "words" else map(str.strip, text.split(";"))
    return tuple(dict.fromkeys(filter(None, parts)))
