"""What a page shows for and against every page type at once: a row of numbers per type, and the phrases behind them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.dictionary import translate
from pagesort.judge.knowledge import PageType
from pagesort.judge.shape import LOOKS, USUAL, shape
from pagesort.judge.spelling import Speller
from pagesort.judge.words import Finder, key, tokens
from pagesort.types import Line, Sight

Kind = Literal["title", "name", "telling", "phrase", "against"]

CUES = ("title", "exact title", "name", "telling", "phrases", "share", "heading", "against")
"""What the first columns of the evidence mean; the rest are `LOOKS`."""

LIKENESS = ("title likeness", "text likeness", "uncovered")
"""Columns that only classes without known types fill: likeness in meaning to the page, and 1 for being such a class."""

FEATURES = (*CUES, *LIKENESS, *LOOKS)

TITLE_LINES, TITLE_WORDS = 24, 16
"""Lines of a page that may be titles, and words of each that are looked at."""

CAPITALS = 0.15
"""What capitals add to a line's looking like the title, on a page that has no others."""

UNEXPECTED = 0.4
"""How much a look that the type does not have speaks against it, against how much one that it has speaks for it."""


class Match(NamedTuple):
    """A phrase of the knowledge found on the page."""

    kind: Kind
    phrase: str
    """As it stands in the knowledge."""
    weight: float
    """How much it tells, 0..1: rarity among the types, and length."""
    line: int
    """Index of the line where it starts."""
    prominence: float
    """For titles and names: how much the line looks like the page's title, times the share of it that is the phrase."""


KINDS: tuple[Kind, ...] = ("title", "name", "telling", "phrase", "against")
_TITLE, _NAME, _TELLING, _PHRASE, _AGAINST = range(len(KINDS))


class _Entry(NamedTuple):  # tens of thousands are made at start-up, and a frozen dataclass takes four times as long
    key: str
    type: int
    kind: int
    """Place in `KINDS`."""
    phrase: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One page against a list of types."""

    features: NDArray[np.float64]
    """types x len(FEATURES)"""
    found: Mapping[str, tuple[int, float]]
    """The keys found on the page: the line, and how much it looks like the page's title there."""
    known: Sequence[Sequence[_Entry]]
    """What is known of each type, by key."""

    def matches(self, number: int) -> list[Match]:
        """What of the type with that index was found on the page."""
        return [
            Match(KINDS[entry.kind], entry.phrase, entry.weight, *self.found[entry.key])
            for entry in self.known[number]
            if entry.key in self.found
        ]


class PageText:
    """A page's lines as tokens; made once per page, used for every index."""

    def __init__(self, sight: Sight, get_speller: Callable[[], Speller] | None = None) -> None:
        """`get_speller`: mends what OCR misread, asked for only then; None leaves the words as they were read."""
        self.sight = sight
        self._get_speller = get_speller
        by_line = [tokens(line.text) for line in sight.lines]
        if get_speller and sight.origin == "ocr":
            by_line = [get_speller().mend(words) for words in by_line]
        self.words = [word for words in by_line for word in words]
        self.line_of = [number for number, words in enumerate(by_line) for _ in words]
        """The line of each word."""
        self.prominence = _prominence(sight.lines, sight.unread)
        """How much each line looks like the page's title, 0..1."""
        self._letters = np.cumsum([0, *map(_letters, self.words)]).tolist()
        self._begins = np.cumsum([0, *map(len, by_line)]).tolist()
        self._titles = set(sorted(range(len(by_line)), key=lambda number: -self.prominence[number])[:TITLE_LINES])
        self.looks = shape(sight)

    def title_likeness(self, first: int, end: int) -> float:
        """How much the words from `first` up to `end` look like the page's title, 0..1."""
        line = self.line_of[first]
        begin, beyond = self._begins[line], min(self._begins[line + 1], self._begins[line] + TITLE_WORDS)
        if line not in self._titles or end > beyond:
            return 0.0
        letters = self._letters
        share = max(letters[end] - letters[first], 1) / max(letters[beyond] - letters[begin], 1)
        # "Invoice No. 2041 of 3 May" is a title with its particulars, "as stated in the invoice" is none.
        return self.prominence[line] * (share if first > begin else math.sqrt(share))

    @cached_property
    def translated(self) -> PageText:
        """The page with the words of other languages in English, as far as the dictionary knows them."""
        lines = tuple(replace(line, text=translate(line.text)) for line in self.sight.lines)
        return self if lines == self.sight.lines else PageText(replace(self.sight, lines=lines), self._get_speller)


class Index:
    """Every phrase of some types, ready to be looked up on a page."""

    def __init__(self, types: Sequence[PageType], frequency: Mapping[str, int] | None = None, population: int = 0) -> None:
        """`frequency`, `population`: in how many of how many types a key occurs; None counts over `types`."""
        self.types = tuple(types)
        keyed = [_keyed(each) for each in types]
        self.frequency = Counter(k for each in keyed for k in _shown(each)) if frequency is None else frequency
        self._population = population or len(self.types)
        entries: list[_Entry] = []
        self._mass = np.ones(len(self.types))
        numbers = {each.name: number for number, each in enumerate(types)}
        for number, phrases in enumerate(keyed):
            self._add(entries, number, phrases)
            own = {found for _, _, found in phrases}
            for lender in (keyed[numbers[name]] for name in self.types[number].fields_of if name in numbers):
                self._add(entries, number, [each for each in lender if each[0] in ("telling", "phrase") and each[2] not in own])
        # By key, and each key's entries side by side in arrays: a page's evidence is gathered in a few steps, not entry by entry.
        entries.sort(key=lambda entry: entry.key)
        keys = sorted({entry.key for entry in entries})
        self._number_of = {found: number for number, found in enumerate(keys)}
        self._begins = np.searchsorted([self._number_of[entry.key] for entry in entries], range(len(keys) + 1))
        self._types = np.array([entry.type for entry in entries], dtype=np.intp)
        self._kinds = np.array([entry.kind for entry in entries], dtype=np.intp)
        self._weights = np.array([entry.weight for entry in entries], dtype=float)
        self._known: list[list[_Entry]] = [[] for _ in self.types]
        for entry in entries:
            self._known[entry.type].append(entry)
        self._finder = Finder(keys)
        self._looks = np.array([[look in each.looks for look in LOOKS] for each in types], dtype=float).reshape(-1, len(LOOKS))

    def _add(self, entries: list[_Entry], number: int, phrases: Sequence[tuple[Kind, str, str]]) -> None:
        for kind, phrase, found in phrases:
            if len(found) >= 2:
                weight = self._weight(found)
                entries.append(_Entry(found, number, KINDS.index(kind), phrase, weight))
                self._mass[number] += weight * (kind in ("telling", "phrase"))

    def _weight(self, found: str) -> float:
        rarity = math.log(1 + self._population / max(self.frequency.get(found, 1), 1)) / math.log(1 + self._population)
        letters = len(found) * (1 if found.isascii() else 2)  # a Chinese character says as much as two or three letters
        return rarity * (0.35 + 0.65 * min(1.0, max(0, letters - 2) / 12))

    def look_up(self, text: PageText) -> Evidence:
        """The evidence of one page for every type of this index."""
        found: dict[str, tuple[int, float]] = {}
        for start, end, run in self._finder.find(text.words):
            likeness = text.title_likeness(start, end)
            if run not in found or likeness > found[run][1]:
                found[run] = text.line_of[start], likeness
        features = np.zeros((len(self.types), len(FEATURES)))
        if found:
            features[:, : len(CUES)] = self._cues(found, text.sight.lines)
        # What was not looked at (NaN) counts neither way.
        missed = np.nan_to_num(UNEXPECTED * text.looks)
        features[:, -len(LOOKS) :] = self._looks * (np.nan_to_num(text.looks - USUAL) + missed) - missed
        return Evidence(features, found, self._known)

    def _cues(self, found: Mapping[str, tuple[int, float]], lines: Sequence[Line]) -> NDArray[np.float64]:
        """types x CUES"""
        # In the order of the keys, so that fractions are summed up in the same order wherever on the page they stand.
        keys = sorted(found)
        numbers = np.array([self._number_of[each] for each in keys])
        counts = self._begins[numbers + 1] - self._begins[numbers]
        rows = np.repeat(self._begins[numbers + 1] - counts.cumsum(), counts) + np.arange(counts.sum())
        types, kinds, weight = self._types[rows], self._kinds[rows], self._weights[rows]
        prominence = np.repeat([found[each][1] for each in keys], counts)
        heading = np.repeat([lines[found[each][0]].top < 0.2 for each in keys], counts)

        def largest(wanted: int) -> NDArray[np.float64]:
            best, chosen = np.zeros(len(self.types)), kinds == wanted
            np.maximum.at(best, types[chosen], prominence[chosen])
            return best

        def total(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
            return np.asarray(np.bincount(types[chosen], weight[chosen], len(self.types)), np.float64)

        title, telling, phrases = largest(_TITLE), total(kinds == _TELLING), total(kinds == _PHRASE)
        return np.column_stack(
            (
                title,
                title > 0.45,
                largest(_NAME),
                np.log1p(telling),
                np.log1p(phrases),
                (telling + 0.5 * phrases) / np.sqrt(self._mass),
                np.log1p(total(heading & ((kinds == _TELLING) | (kinds == _PHRASE)))),
                np.bincount(types[kinds == _AGAINST], minlength=len(self.types)),
            )
        )


def _letters(found: str) -> int:
    return sum(map(str.isalpha, found))


def _keyed(page_type: PageType) -> list[tuple[Kind, str, str]]:
    """All phrases of a type: what they are to it, how they are written, and their keys."""
    fields: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("title", page_type.titles),
        ("name", (page_type.name, *page_type.names)),
        ("telling", page_type.telling),
        ("phrase", page_type.phrases),
        ("against", page_type.against),
    )
    return [(kind, phrase, key(phrase)) for kind, phrases in fields for phrase in phrases]


def _shown(keyed: Sequence[tuple[Kind, str, str]]) -> set[str]:
    """The keys of what a page of the type may show."""
    return {found for kind, _, found in keyed if kind != "against"}


def _prominence(lines: Sequence[Line], unread: Sequence[Line]) -> list[float]:
    """How much each line looks like the page's title, 0..1: large type, high on the page, capitals where others have none."""
    if not lines:
        return []
    body = median(line.size for line in (*lines, *unread)) or 1e-6
    largest = max(line.size for line in lines)
    capitals = [sum(map(str.isupper, line.text)) > 0.8 * max(_letters(line.text), 4) for line in lines]
    standing_out = 1 - sum(capitals) / len(lines)
    return [
        min(
            1.0,
            0.2
            + 0.4 * min(1.0, max(0.0, line.size / body - 1.0)) * (0.5 + 0.5 * line.size / largest)
            + 0.4 * min(1.0, max(0.0, (0.55 - line.top) / 0.45))
            + CAPITALS * standing_out * capital,
        )
        for line, capital in zip(lines, capitals, strict=True)
    ]
