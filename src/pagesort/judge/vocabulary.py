"""The single words of a page against those of each page type: what phrases miss that are put another way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.words import singulars, tokens

STEM = 7
"""Letters by which words of one root are told: "calibrated", "calibration"."""

SIZE = 0.2
"""How much the size of a type's vocabulary tells against it. By the cosine, 0.5, types of which little is known win too often: it
is the common ones that much is known of."""

_EMPTY = frozenset(
    tokens(
        "a an and any are as at be by for from has have in is it its of on or other such that the their this to used with "
        "page pages document documents doc docs form forms file type class category kind label group item copy scan scanned "
        "und der die das de la le"
    )
)
# Clippings that people use in the names of classes and files.
_CLIPPINGS = {
    "acct": "account", "agmt": "agreement", "agrmt": "agreement", "appl": "application", "appt": "appointment",
    "auth": "authorization", "cert": "certificate", "chg": "change", "corresp": "correspondence", "decl": "declaration",
    "dept": "department", "emp": "employment", "est": "estimate", "fin": "financial", "gov": "government",
    "govt": "government", "hist": "history", "ins": "insurance", "inv": "invoice", "lic": "license", "ltr": "letter",
    "med": "medical", "mtg": "mortgage", "org": "organization", "pmt": "payment", "rcpt": "receipt", "rec": "record",
    "recs": "records", "reg": "registration", "rep": "report", "req": "request", "rpt": "report", "rx": "prescription",
    "sch": "schedule", "sched": "schedule", "spec": "specification", "specs": "specification", "stmt": "statement",
    "verif": "verification",
}  # fmt: skip


def content(text: str) -> list[str]:
    """The words that say something, in the singular and with clippings written out."""
    words = (_CLIPPINGS.get(word, word) for word in tokens(text))
    return singulars(word for word in words if word not in _EMPTY)


@lru_cache(maxsize=100_000)  # as many words as people use; what is no word must not fill the memory
def _root(word: str) -> str:
    return singulars([word])[0][:STEM] if len(word) > 1 and word not in _EMPTY and not word.isdecimal() else ""


def roots(words: Iterable[str]) -> frozenset[str]:
    """What is left of tokens to compare: their first letters, in the singular. Numbers and single letters say nothing."""
    return frozenset(filter(None, map(_root, words)))


class Vocabulary:
    """The roots of all that is known of some types."""

    def __init__(self, held: Sequence[frozenset[str]], rarity: Mapping[str, float] | None = None) -> None:
        """`held`: the roots of each type; `rarity`: how much each root tells, 0..1; None: by how few of the types have it."""
        self.rarity: Mapping[str, float] = _rarity(held) if rarity is None else rarity
        self._lent = rarity is not None
        self._count = len(held)
        self._places: dict[str, int] = {}
        places = [self._places.setdefault(root, len(self._places)) for found in held for root in found]
        self._weights = np.array([self.rarity.get(root, 1.0) for root in self._places])
        # Each root's types side by side.
        numbers = np.repeat(np.arange(len(held)), [len(found) for found in held])
        order = np.argsort(places, kind="stable")
        self._types = numbers[order].astype(np.min_scalar_type(len(held)))
        self._begins = np.searchsorted(np.array(places, dtype=np.intp)[order], range(len(self._places) + 1))
        # In a fixed order: sums of fractions depend on it.
        sizes = np.array([1.0 + sum(self._weights[self._places[root]].item() for root in sorted(found)) for found in held])
        self._scale = sizes**-SIZE

    def likeness(self, found: Collection[str]) -> NDArray[np.float64]:
        """How much of its vocabulary each type has in common with a page of those roots, given in a fixed order: 0 for nothing,
        1 for much, never more than the square root of their number."""
        places = [place for place in map(self._places.get, found) if place is not None]
        if not places:
            return np.zeros(self._count)
        weights = self._weights[places]
        entries, counts = side_by_side(self._begins, places)
        common = np.bincount(self._types[entries], np.repeat(weights, counts), self._count)
        return np.asarray(common * self._scale / math.sqrt(1.0 + self._elsewhere(found) + weights.sum()))

    def _elsewhere(self, found: Collection[str]) -> float:
        """The weights of those roots that only the types have whose rarities these are."""
        return sum(self.rarity.get(root, 0.0) for root in found if root not in self._places) if self._lent else 0.0


def side_by_side(begins: NDArray[np.intp], chosen: Sequence[int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of entries that lie group by group, those of the chosen groups, and how many each has. `begins`: where each group begins,
    and where the last one ends."""
    ends = begins[1:][chosen]
    counts = ends - begins[chosen]
    return np.repeat(ends - counts.cumsum(), counts) + np.arange(counts.sum()), counts


def _rarity(held: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(root for found in held for root in sorted(found))
    most = math.log(1 + len(held))
    return {root: math.log(1 + len(held) / count) / most for root, count in counts.items()}
