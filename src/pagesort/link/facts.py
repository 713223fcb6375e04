"""What is so of each page, whatever its class: blank, a duplicate, turned, numbered, two in one."""

from __future__ import annotations

from pagesort.link.traits import Traits
from pagesort.types import Facts, Sight

FEWEST_WORDS = 8
"""Pages with fewer words are no duplicates by their words alone."""

BITS_APART = 4
"""Of the 64 of a fingerprint: two scans of one sheet differ by a few."""


class Seen:
    """The pages of a document that went by so far."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, ...], int] = {}
        self._drawn: list[Sight] = []

    def facts(self, traits: Traits) -> Facts:
        """The facts of the next page."""
        sight = traits.sight
        duplicate = None if sight.blank else self._duplicate(traits)
        return Facts(sight.blank, duplicate, sight.rotation, traits.printed, traits.two_up)

    def _duplicate(self, traits: Traits) -> int | None:
        """The earlier page with the same words, or the same looks where it had to be drawn."""
        sight, words = traits.sight, tuple(traits.folded.split())
        if len(words) >= FEWEST_WORDS and words in self._words:
            return self._words[words]
        self._words.setdefault(words, sight.page)
        if sight.fingerprint is None:
            return None
        alike = (each for each in self._drawn if _bits_apart(each, sight) <= BITS_APART and _same_words(each, sight))
        first = next(alike, None)
        self._drawn.append(sight)
        return first.page if first else None


def _bits_apart(one: Sight, other: Sight) -> int:
    return ((one.fingerprint or 0) ^ (other.fingerprint or 0)).bit_count()


def _same_words(one: Sight, other: Sight) -> bool:
    """Two forms filled in differently look alike from afar; their words tell them apart."""
    first, second = (frozenset(word for line in each.lines for word in line.text.casefold().split()) for each in (one, other))
    return len(first & second) >= 0.9 * len(first | second)
