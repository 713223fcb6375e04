"""The classes a caller asks for: every accepted spelling, checked, as `PageClass` values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from pagesort.errors import InvalidRequest
from pagesort.judge.words import LONGEST_PHRASE, tokens
from pagesort.types import PageClass

ClassInput = str | Mapping[str, object] | PageClass
ClassesInput = Iterable[ClassInput] | Mapping[str, object]
"""Names, {"class", "description", "phrases"} mappings, `PageClass` values, or one mapping of names to descriptions or to such
mappings (then without "class")."""

MAX_NAME = 200
MAX_DESCRIPTION = 5_000
MAX_PHRASES = 100


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
        return [
            {"class": name, **value} if isinstance(value, Mapping) else {"class": name, "description": value}
            for name, value in classes.items()
        ]
    if isinstance(classes, str | bytes | Mapping) or not isinstance(classes, Iterable):
        raise InvalidRequest("classes", f"must be a list of classes, not {_shown(classes)}; write [...] around it", "list_type")
    return list(classes)


def _parse(index: int, item: object) -> PageClass:
    field = f"classes[{index}]"
    if isinstance(item, PageClass):
        item = {"class": item.name, "description": item.description, "phrases": item.phrases}
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
        name,
        (_text(f"{field}.description", description, MAX_DESCRIPTION) or None) if description is not None else None,
        _phrases(f"{field}.phrases", item.get("phrases")),
    )


def _phrases(field: str, value: object) -> tuple[str, ...]:
    """One phrase or a list of them, blank ones left out."""
    if value is None:
        return ()
    if not isinstance(value, str | list | tuple):
        raise InvalidRequest(field, f"must be a phrase or a list of phrases, not {_shown(value)}", "list_type")
    items = [value] if isinstance(value, str) else value
    if len(items) > MAX_PHRASES:
        raise InvalidRequest(
            field, f"has {len(items)} phrases; at most {MAX_PHRASES} are allowed, the most telling ones", "too_long"
        )
    return tuple(dict.fromkeys(phrase for index, item in enumerate(items) if (phrase := _phrase(f"{field}[{index}]", item))))


def _phrase(field: str, value: object) -> str:
    phrase = _text(field, value, MAX_NAME)
    if len(tokens(phrase)) > LONGEST_PHRASE:
        message = f"{_shown(phrase)} has {len(tokens(phrase))} words; at most {LONGEST_PHRASE} in a row are looked for on a page"
        raise InvalidRequest(field, f"{message}. Take the most telling of them", "too_long")
    return phrase


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
