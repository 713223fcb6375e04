"""Words of other languages → English, for the classes that the knowledge has no word for.

The sentence encoder knows English, and a class's own words are found only as they are written: "Rechnung" says nothing to
either until it is called an invoice. The dictionary knows single words and no page types; it lies in `dictionary.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import yaml

from pagesort.judge.knowledge import LOADER
from pagesort.judge.shipped import DICTIONARY
from pagesort.judge.words import key

SHORTEST_PART = 5
"""Letters of the shortest word at which a compound is split: "Handelsrechnung" is a "handels invoice"."""

_ENDINGS = ("en", "er", "es", "e", "n", "s")
_WORD = re.compile(r"[^\W\d_]{2,}")

Words = Mapping[str, str]
"""Key of a foreign word → the English one."""


def translate(text: str) -> str:
    """The text with every word that the dictionary knows in English; all else stays as it is."""
    return _WORD.sub(lambda found: _english(found.group()), text)


@lru_cache(maxsize=50_000)
def _english(word: str) -> str:
    form = key(word)
    return _find(form, _words()) or _split(form) or word


def _find(form: str, words: Words) -> str | None:
    """The word itself, or without the ending of a plural or a case."""
    if form in words:
        return words[form]
    stems = (form.removesuffix(ending) for ending in _ENDINGS if form.endswith(ending))
    return next((words[stem] for stem in stems if len(stem) >= SHORTEST_PART and stem in words), None)


def _split(form: str) -> str | None:
    """A compound by its last word, which says what it is, with what stands before it."""
    for start in range(2, len(form) - SHORTEST_PART + 1):
        if last := _find(form[start:], _nouns()):
            first = form[:start]
            return f"{_find(first, _words()) or _find(first.removesuffix('s'), _words()) or first} {last}"
    return None


@cache
def _entries() -> tuple[tuple[str, str], ...]:
    entries: dict[str, str] = yaml.load(DICTIONARY.read_text(encoding="utf-8"), Loader=LOADER)
    return tuple((word.strip(), english) for english, words in entries.items() for word in words.split(","))


@cache
def _words() -> Words:
    return {key(word): english for word, english in _entries()}


@cache
def _nouns() -> Words:
    """The German ones, which alone run together with others; they have a capital."""
    return {key(word): english for word, english in _entries() if word[0].isupper()}
