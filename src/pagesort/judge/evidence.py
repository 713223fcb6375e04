"""What a page shows for and against every page type at once: a row of numbers per type, and the phrases behind them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from statistics import median
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.dictionary import translate
from pagesort.judge.knowledge import PageType
from pagesort.judge.runs import Finder, Runs
from pagesort.judge.shape import LOOKS, USUAL, shape
from pagesort.judge.spelling import Speller
from pagesort.judge.vocabulary import Vocabulary, roots, side_by_side
from pagesort.judge.words import tokens
from pagesort.types import Line, Sight

Kind = Literal["title", "name", "telling", "phrase", "against"]

CUES = ("title", "exact title", "name", "telling", "phrases", "share", "heading", "against", "words", "more words")
"""What the first columns of the evidence mean. The last two go by single words: those of the phrases, and `PageType.words`."""

WORDS = 2
"""How many of them go by single words."""

LIKENESS = ("title likeness", "text likeness", "uncovered", "undescribed")
"""Columns that only classes without known types fill: likeness in meaning to the page; 1 for being such a class; and, for one
that has no description either, the share of such classes in the list: the more there are, the less their poor scores tell."""

OWN = ("own words in common",)
"""What "words" is for a class by its own words, which are few: another scale."""

COMMON = ("names it goes by",)
"""What goes by many names is common: the logarithm of one more than their number, the same for every page."""

FEATURES = (*CUES, *LIKENESS, *OWN, *COMMON, *LOOKS)

TITLE_LINES, TITLE_WORDS = 24, 16
"""Lines of a page that may be titles, and words of each that are looked at."""

SHORTEST_KEY = 2
"""Letters from which on a key is looked for."""

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


class _Known(NamedTuple):
    """All that is known of some types, entry by entry, those of one type side by side."""

    begins: NDArray[np.intp]
    """Where the entries of each type begin, and where those of the last one end."""
    keys: NDArray[np.intp]
    """Numbers: entries that read alike, whatever type they are of, have one key."""
    kinds: NDArray[np.intp]
    """Places in `KINDS`."""
    phrases: Sequence[str]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One page against a list of types."""

    told: NDArray[np.float64]
    """types x features, those that are no `LOOKS`"""
    looks: NDArray[np.float64]
    """sets of looks x `LOOKS`: which are in each set, 0 or 1; the same for every page"""
    has: NDArray[np.intp]
    """Which of these sets each type has: many have the same"""
    seen: NDArray[np.float64]
    """What each look counts for a type that has it, against one that has not"""
    missed: NDArray[np.float64]
    """What each look counts against a type that has it not"""
    found: Mapping[int, tuple[int, float]]
    """The keys found on the page: the line, and how much it looks like the page's title there."""
    known: _Known

    @property
    def features(self) -> NDArray[np.float64]:
        """types x len(FEATURES)"""
        return np.hstack((self.told, self.looks[self.has] * self.seen - self.missed))

    def weigh(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The score of each type: `features` times the weights, without making a matrix of them for every page."""
        told, looks = weights[: -len(LOOKS)], weights[-len(LOOKS) :]
        return np.asarray(self.told @ told + (self.looks @ (self.seen * looks))[self.has] - self.missed @ looks)

    def matches(self, number: int) -> list[Match]:
        """What of the type with that index was found on the page."""
        known, found = self.known, self.found
        begin, end = known.begins[number : number + 2].tolist()
        return [
            Match(KINDS[known.kinds[row]], known.phrases[row], float(known.weights[row]), *found[key])
            for row, key in enumerate(known.keys[begin:end].tolist(), begin)
            if key in found
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
        self.line_of = np.repeat(np.arange(len(by_line)), list(map(len, by_line))).tolist()
        """The line of each word."""
        self.prominence = _prominence(sight.lines, sight.unread)
        """How much each line looks like the page's title, 0..1."""
        self._letters = np.cumsum([0, *map(_letters, self.words)]).tolist()
        self._begins = np.cumsum([0, *map(len, by_line)]).tolist()
        self._titles = set(sorted(range(len(by_line)), key=lambda number: -self.prominence[number])[:TITLE_LINES])
        self.looks = shape(sight)
        looked_at = ~np.isnan(self.looks)  # what was not counts neither way
        self.missed = np.where(looked_at, UNEXPECTED * self.looks, 0.0)
        """`Evidence.missed`"""
        self.seen = np.where(looked_at, self.looks - USUAL, 0.0) + self.missed
        """`Evidence.seen`"""

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
    def runs(self) -> Runs:
        return Runs(self.words)

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The roots of its words, each once, in a fixed order: sums of fractions depend on it."""
        return tuple(sorted(roots(self.words)))

    @cached_property
    def translated(self) -> PageText:
        """The page with the words of other languages in English, as far as the dictionary knows them."""
        lines = tuple(replace(line, text=translate(line.text)) for line in self.sight.lines)
        return self if lines == self.sight.lines else PageText(replace(self.sight, lines=lines), self._get_speller)


class Index:
    """Every phrase of some types, ready to be looked up on a page."""

    def __init__(self, types: Sequence[PageType], known: Index | None = None) -> None:
        """`known`: the index that tells how rare a phrase or a word is; None: this one."""
        self.types = tuple(types)
        keyed = [_keyed(each) for each in types]
        self.frequency: Mapping[str, int] = known.frequency if known else _frequency(keyed)
        named = {each.name: number for number, each in enumerate(types)}
        lenders = [[named[name] for name in each.fields_of if name in named] for each in types]
        fields = {
            number: roots(chain(*(phrase.words for phrase in keyed[number] if phrase.kind in (_TELLING, _PHRASE))))
            for number in sorted(set(chain(*lenders)))
        }
        held = [
            roots(chain(tokens(each.description), *(phrase.words for phrase in phrases if phrase.kind != _AGAINST))).union(
                *(fields[number] for number in lent)
            )
            for each, phrases, lent in zip(types, keyed, lenders, strict=True)
        ]
        listed = [roots(each.words) for each in types]
        more = [
            own.union(*(listed[number] for number in lent)) if lent else own for own, lent in zip(listed, lenders, strict=True)
        ]
        self.vocabularies: tuple[Vocabulary, ...] = tuple(
            Vocabulary(found, known.vocabularies[number].rarity if known else None) for number, found in enumerate((held, more))
        )
        self._number_of: dict[str, int] = {}
        self._known, of_type = _entries(types, keyed, len(known.types if known else types), self.frequency, self._number_of)
        told = self._known.weights * np.isin(self._known.kinds, (_TELLING, _PHRASE))
        self._mass = 1.0 + np.bincount(of_type, told, len(self.types))
        # Each key's entries side by side, and small: a page's evidence is gathered in a few steps, and waits for memory most.
        rows = np.argsort(self._known.keys, kind="stable")
        self._begins = np.searchsorted(self._known.keys[rows], range(len(self._number_of) + 1))
        self._types = of_type[rows].astype(np.min_scalar_type(len(self.types)))
        self._kinds = self._known.kinds[rows].astype(np.uint8)
        self._weights = self._known.weights[rows[self._begins[:-1]]]
        self._finder = Finder(self._number_of)
        self._common = np.log1p([len(each.names) for each in types])
        looks = np.array([[look in each.looks for look in LOOKS] for each in types], dtype=float).reshape(-1, len(LOOKS))
        self._looks, self._has = np.unique(looks, axis=0, return_inverse=True)

    def look_up(self, text: PageText) -> Evidence:
        """The evidence of one page for every type of this index."""
        found: dict[int, tuple[int, float]] = {}
        for start, end, key in self._finder.find(text.runs):
            likeness = text.title_likeness(start, end)
            if key not in found or likeness > found[key][1]:
                found[key] = text.line_of[start], likeness
        told = np.zeros((len(FEATURES) - len(LOOKS), len(self.types))).T  # a feature's numbers side by side: they are written so
        if found:
            for number, cue in enumerate(self._cues(found, text.sight.lines)):
                told[:, number] = cue
        for number, vocabulary in enumerate(self.vocabularies):
            told[:, len(CUES) - WORDS + number] = vocabulary.likeness(text.roots)
        told[:, FEATURES.index(COMMON[0])] = self._common
        return Evidence(told, self._looks, self._has, text.seen, text.missed, found, self._known)

    def _cues(self, found: Mapping[int, tuple[int, float]], lines: Sequence[Line]) -> tuple[NDArray[np.generic], ...]:
        """For each of `CUES`, without those that go by single words, a number for each type."""
        # In the order of the keys, so that fractions are summed up in the same order wherever on the page they stand.
        keys = sorted(found)
        entries, counts = side_by_side(self._begins, keys)
        types, kinds, weight = self._types[entries], self._kinds[entries], np.repeat(self._weights[keys], counts)
        prominence = np.repeat([found[each][1] for each in keys], counts)
        heading = np.repeat([lines[found[each][0]].top < 0.2 for each in keys], counts)

        def largest(wanted: int) -> NDArray[np.float64]:
            best, chosen = np.zeros(len(self.types)), kinds == wanted
            np.maximum.at(best, types[chosen], prominence[chosen])
            return best

        def total(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
            return np.asarray(np.bincount(types[chosen], weight[chosen], len(self.types)), np.float64)

        title, telling, phrases = largest(_TITLE), total(kinds == _TELLING), total(kinds == _PHRASE)
        return (
            title,
            title > 0.45,
            largest(_NAME),
            np.log1p(telling),
            np.log1p(phrases),
            (telling + 0.5 * phrases) / np.sqrt(self._mass),
            np.log1p(total(heading & ((kinds == _TELLING) | (kinds == _PHRASE)))),
            np.bincount(types[kinds == _AGAINST], minlength=len(self.types)),
        )


def _letters(found: str) -> int:
    return len(found) if found.isalpha() else 0 if found.isdecimal() else sum(map(str.isalpha, found))


class _Phrase(NamedTuple):
    kind: int
    """Place in `KINDS`."""
    text: str
    words: Sequence[str]
    key: str


def _keyed(page_type: PageType) -> list[_Phrase]:
    """All phrases of a type, its description left out."""
    fields: tuple[tuple[int, Sequence[str]], ...] = (
        (_TITLE, page_type.titles),
        (_NAME, (page_type.name, *page_type.names)),
        (_TELLING, page_type.telling),
        (_PHRASE, page_type.phrases),
        (_AGAINST, page_type.against),
    )
    found = (_Phrase(kind, text, words := tokens(text), "".join(words)) for kind, texts in fields for text in texts)
    return [each for each in found if len(each.key) >= SHORTEST_KEY]


def _frequency(keyed: Sequence[Sequence[_Phrase]]) -> Counter[str]:
    """In how many types a key may be shown."""
    return Counter(found for phrases in keyed for found in {each.key for each in phrases if each.kind != _AGAINST})


def _entries(
    types: Sequence[PageType],
    keyed: Sequence[Sequence[_Phrase]],
    population: int,
    frequency: Mapping[str, int],
    number_of: dict[str, int],
) -> tuple[_Known, NDArray[np.intp]]:
    """All entries, and the type of each: its own phrases, and those that it has from others (`PageType.fields_of`).

    `number_of`: takes up the number of each key.
    """
    numbers = {each.name: number for number, each in enumerate(types)}
    chosen: list[_Phrase] = []
    begins = [0]
    for page_type, phrases in zip(types, keyed, strict=True):
        chosen += phrases
        own = {each.key for each in phrases} if page_type.fields_of else ()
        for lender in (keyed[numbers[name]] for name in page_type.fields_of if name in numbers):
            chosen += [each for each in lender if each.kind in (_TELLING, _PHRASE) and each.key not in own]
        begins.append(len(chosen))
    keys = [each.key for each in chosen]
    known = _Known(
        begins=np.array(begins, dtype=np.intp),
        keys=np.array([number_of.setdefault(each, len(number_of)) for each in keys], dtype=np.intp),
        kinds=np.array([each.kind for each in chosen], dtype=np.intp),
        phrases=[each.text for each in chosen],
        weights=_weights(keys, population, frequency),
    )
    return known, np.repeat(np.arange(len(types)), np.diff(known.begins))


def _weights(keys: Sequence[str], population: int, frequency: Mapping[str, int]) -> NDArray[np.float64]:
    """How much each key tells, 0..1: rarity among the types, and length."""
    counts = np.array([frequency.get(each, 1) for each in keys], dtype=float)
    rarity = np.log(1 + population / np.maximum(counts, 1)) / math.log(1 + population)
    # A Chinese character says as much as two or three letters.
    letters = np.array([len(each) * (1 if each.isascii() else 2) for each in keys], dtype=float)
    return np.asarray(rarity * (0.35 + 0.65 * np.clip((letters - 2) / 12, 0.0, 1.0)))


def _in_capitals(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return capitals > 3 and capitals > 0.8 * _letters(text)


def _prominence(lines: Sequence[Line], unread: Sequence[Line]) -> list[float]:
    """How much each line looks like the page's title, 0..1: large type, high on the page, capitals where others have none."""
    if not lines:
        return []
    body = median(line.size for line in (*lines, *unread)) or 1e-6
    largest = max(line.size for line in lines)
    capitals = [_in_capitals(line.text) for line in lines]
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
