"""Is the text that a page stores the text that stands on it?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from pagesort.types import Line, Page, Sight

FEW_LETTERS = 40
"""Fewer letters and digits may be no more than a page number, next to text that is drawn as shapes or pictures."""

FULL_PAGE = 600
"""More letters and digits than a stamp, a watermark or the values filled into a scanned form come to."""

MOSTLY_PICTURE = 0.5

_LATIN = "abcdefghijklmnopqrstuvwxyz"

COMMON = "etaoinsr"
LEAST_COMMON = 0.43
"""The eight letters make up 50 to 70 % of any text in a European language, also of tables of names and amounts; of text whose
letters are shifted by a wrong encoding they make up 20 to 40 %."""

ENOUGH_LATIN = 150
"""Latin letters from which on their shares mean something."""

_REPEATED = re.compile(r"([^\w\s])(?:\s*\1)+")


def text_sight(page: Page) -> Sight | None:
    """The page by the text that it stores; None where that is not to be trusted. Raises `PageUnreadable`."""
    layer = page.text_layer() or ()
    return as_sight(page, layer) if layer and usable(layer, page.picture_share) else None


def as_sight(page: Page, layer: tuple[Line, ...]) -> Sight:
    """The page by its text layer, taken at its word."""
    return Sight(page.number, *page.size, layer, "text layer")


def usable(lines: Sequence[Line], picture_share: Callable[[], float]) -> bool:
    """Whether the lines of a text layer can stand for the page: enough of them, and not garbled.

    `picture_share` gives the share of the page covered by pictures; it is asked only where the layer is short.
    """
    text = " ".join([line.text for line in lines])
    counts = character_counts(text)
    letters = sum(count for character, count in counts.items() if character.isalnum())
    if letters < FEW_LETTERS or is_garbled(text, counts):
        return False
    return letters >= FULL_PAGE or picture_share() < MOSTLY_PICTURE


def character_counts(text: str) -> Counter[str]:
    """How often each character occurs; of ruled lines and rows of dots, which are made of characters too, one counts."""
    return Counter(_REPEATED.sub(r"\1", text))


def is_garbled(text: str, counts: Counter[str]) -> bool:
    """Whether the characters are there but say nothing: a font that does not tell which character a shape stands for.

    `counts`: the text's `character_counts`.
    """
    kinds: Counter[str] = Counter()
    for character, count in counts.items():
        kinds[unicodedata.category(character)] += count
    seen = kinds.total() - kinds["Zs"]
    if not seen:
        return False
    unknown = kinds["Co"] + kinds["Cn"] + counts["\ufffd"]  # private use, not assigned, not decoded
    wordlike = sum(count for kind, count in kinds.items() if kind[0] in "LMN")
    return unknown > 0.2 * seen or wordlike < 0.4 * seen or _shifted(counts) or _scattered(text)


def _shifted(counts: Counter[str]) -> bool:
    """Whether Latin letters occur with shares that no language has. Other scripts are taken at their word."""
    plain: Counter[str] = Counter()
    for character, count in counts.items():
        if character.isalpha():
            plain[_bare(character)] += count
    latin = sum(plain[letter] for letter in _LATIN)
    if latin < ENOUGH_LATIN or latin < 0.7 * plain.total():
        return False
    return sum(plain[letter] for letter in COMMON) < LEAST_COMMON * latin


@lru_cache(maxsize=4_096)
def _bare(character: str) -> str:
    """A letter without accent, small: é counts as e."""
    return unicodedata.normalize("NFD", character)[0].lower()


def _scattered(text: str) -> bool:
    """Whether most words are a single Latin letter: labels on a drawing, or letters in no order."""
    words = text.split()
    return len([word for word in words if len(word) == 1 and word.lower() in _LATIN]) > 0.5 * len(words)
