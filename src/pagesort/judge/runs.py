"""Keys in running words, found without looking at each run of words by itself: a page has thousands, nearly all for nothing.

Every run gets a number by its letters, all of a page in a few steps (the rolling hash of Karp and Rabin, "Efficient randomized
pattern-matching algorithms", IBM J. Res. Dev. 31, 1987); a table of bits tells the numbers that no key has. What is left is
compared letter by letter, so that no chance hit counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.words import LONGEST_PHRASE

_BASE = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse."""
_MANY = 1 << 14
"""Letters of a long page; for a longer one powers are made anew."""
_ROOM, _LEAST = 32, 10
"""Bits of the table for each key, at least, so that one in `_ROOM` of the other runs passes it by chance, or fewer; and the least
power of two that a table has bits."""


class Runs:
    """Every run of up to `LONGEST_PHRASE` of some words, and its number."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        letters = np.cumsum([0, *map(len, words)])
        count = int(letters[-1])
        powers, inverses = _powers(count)
        sums = np.zeros(count + 1, np.uint64)
        np.cumsum(_codes("".join(words)) * powers[:count], out=sums[1:])
        sums = sums[letters]
        first = np.arange(len(words))[:, None]
        end = first + np.arange(1, LONGEST_PHRASE + 1)
        self.real = end <= len(words)
        """words x `LONGEST_PHRASE`: whether there are as many words from that one on"""
        self.numbers = (sums[np.minimum(end, len(words))] - sums[first]) * inverses[letters[first]]
        """words x `LONGEST_PHRASE`: the run of so many words less one from that one on"""


class Finder:
    """Finds keys of a fixed set in running words, wherever a run of up to `LONGEST_PHRASE` words makes one."""

    def __init__(self, keys: Mapping[str, int]) -> None:
        """`keys`: each key and its number."""
        self._keys = keys
        bits = max(_LEAST, (_ROOM * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        taken = np.zeros(1 << bits, dtype=bool)
        taken[_numbers([key for key in keys if key]) >> self._shift] = True
        self._taken = np.packbits(taken, bitorder="little")

    def find(self, runs: Runs) -> Iterator[tuple[int, int, int]]:
        """Where each run starts, where it ends (one beyond its last word), and its key's number; in the order of the starts."""
        slots = (runs.numbers >> self._shift).astype(np.intp)
        taken = (self._taken[slots >> 3] >> (slots & 7)) & 1
        for place in np.flatnonzero(taken.astype(bool) & runs.real).tolist():
            first, more = divmod(place, LONGEST_PHRASE)
            number = self._keys.get("".join(runs.words[first : first + more + 1]))
            if number is not None:
                yield first, first + more + 1, number


def _numbers(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The number of each text as a run. None is empty."""
    lengths = np.array([len(text) for text in texts], dtype=np.intp)
    begins = lengths.cumsum() - lengths
    powers, _ = _powers(int(lengths.max(initial=0)))
    within = np.arange(lengths.sum()) - np.repeat(begins, lengths)
    return np.add.reduceat(_codes("".join(texts)) * powers[within], begins) if texts else np.zeros(0, np.uint64)


def _codes(text: str) -> NDArray[np.uint64]:
    """One number for each character, half a surrogate pair included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


@cache
def _first_powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """As many as nearly every page needs."""
    return _made(_MANY)


def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The first powers of the base, and of its inverse, modulo 2^64: more than `count` of each."""
    return _first_powers() if count < _MANY else _made(count + 1)


def _made(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    powers, inverses = np.full(count, _BASE, np.uint64), np.full(count, pow(_BASE, -1, 1 << 64), np.uint64)
    powers[0] = inverses[0] = 1
    return powers.cumprod(), inverses.cumprod()
