"""The classes a caller asks for: every accepted spelling, checked, as `PageClass` values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from pagesort.errors import InvalidRequest
from pagesort.types import PageClass

ClassInput = str | Mapping[str, object] | PageClass
ClassesInput = Iterable[ClassInput] | Mapping[str, str | None]
"""Names, {"class", "description"} mappings, `PageClass` values, or one flat {name: description} mapping."""

MAX_NAME = 200
MAX_DESCRIPTION = 5_000


def parse_classes(classes: ClassesInput, max_classes: int = 1_000) -> tuple[PageClass, ...]:
    """Check and normalise a class list.

    Names are trimmed and otherwise answered exactly as given. Raises `InvalidRequest` naming the entry and the fix:
    no classes, too many, an empty or overlong name, or two names that differ in nothing but case and spacing.
    """
    items = _items(classes)
    if not items:
        raise InvalidRequest("classes", 'at least one class is needed, e.g. [{"class": "invoice"}]', "too_short")
    if len(items) > max_classes:
        raise InvalidRequest("classes", f"{len(items)} classes were given; at most {max_classes} are allowed", "too_long")
    parsed = tuple(_parse(index, item) for index, item in enumerate(items))
    _refuse_duplicates(parsed)
    return parsed


def _items(classes: ClassesInput) -> list[ClassInput]:
    if isinstance(classes, Mapping) and "class" not in classes:
        return [{"class": name, "description": description} for name, description in classes.items()]
    if isinstance(classes, str | bytes | Mapping) or not isinstance(classes, Iterable):
        raise InvalidRequest("classes", f"must be a list of classes, not {_shown(classes)}; write [...] around it", "list_type")
    return list(classes)


def _parse(index: int, item: object) -> PageClass:
    field = f"classes[{index}]"
    if isinstance(item, PageClass):
        item = {"class": item.name, "description": item.description}
    if isinstance(item, str):
        item = {"class": item}
    if not isinstance(item, Mapping):
        raise InvalidRequest(field, f'must be a name or an object with "class", not {_shown(item)}', "class_type")
    if "class" not in item:
        raise InvalidRequest(f"{field}.class", f"is missing; found the keys {sorted(map(str, item))}", "missing")
    name = _text(f"{field}.class", item["class"], MAX_NAME)
    if not name:
        raise InvalidRequest(f"{field}.class", "must not be empty; give the class a name or leave it out", "too_short")
    description = item.get("description")
    return PageClass(
        name, (_text(f"{field}.description", description, MAX_DESCRIPTION) or None) if description is not None else None
    )


def _text(field: str, value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise InvalidRequest(field, f"must be text, not {_shown(value)}", "string_type")
    text = value.strip()
    if len(text) > longest:
        raise InvalidRequest(field, f"has {len(text)} characters; at most {longest} are allowed", "too_long")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidRequest(
            field, f"{_shown(text)} holds half a character (a lone surrogate); it could not be answered", "string_unicode"
        )
    return text


def _refuse_duplicates(classes: tuple[PageClass, ...]) -> None:
    first: dict[str, int] = {}
    for index, each in enumerate(classes):
        key = " ".join(unicodedata.normalize("NFKC", each.name).casefold().split())
        if key in first:
            message = f"{each.name!r} repeats classes[{first[key]}]; give each class a name of its own"
            raise InvalidRequest(f"classes[{index}].class", message, "duplicate")
        first[key] = index


def _shown(value: object) -> str:
    """A short picture of a wrong value for an error message."""
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 60 else text[:57] + '...'}"
