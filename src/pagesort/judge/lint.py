"""What is likely to go wrong with a class list, found before any page is looked at: each finding with its measure and a fix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.classes import ClassesInput, parse_classes
from pagesort.judge.embedded import knowledge, meaning
from pagesort.judge.knowledge import PageType
from pagesort.judge.mapping import Atlas
from pagesort.judge.words import key, singular, tokens
from pagesort.types import PageClass, is_catch_all

Kind = Literal["same meaning", "swallows", "descriptions overlap", "same phrase", "typo"]

MEASURES: dict[Kind, str] = {
    "same meaning": "share of meaning in common: of what the one may mean, over all known page types, the other means as much",
    "swallows": "share of what the narrower class means that the broader one means too",
    "descriptions overlap": "mean of the share of meaning in common and the cosine of the two descriptions' vectors",
    "same phrase": "share of the phrases of the class with fewer that the other has too",
    "typo": "letters in common, in order, over all letters of the two names",
}
"""What the overlap of a finding is a measure of; each runs from 0 to 1."""

SAME, SWALLOWED, ALIKE, MISSPELT = 0.5, 0.8, 0.6, 0.85
"""From where on a measure is worth a warning; docs/decisions.md tells where these come from."""

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is likely to go wrong."""

    kind: Kind
    classes: tuple[int, ...]
    """Indices of the classes it is about, from 0; of two, the broader one first."""
    overlap: float
    """How much, 0..1; `MEASURES` says of what."""
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class _Senses:
    """What the classes mean; rows and columns are the classes that were compared."""

    shares: NDArray[np.float64]
    """classes x types: how likely the class means the type; a row sums to 1."""
    named: tuple[frozenset[int], ...]
    """The types whose name each class bears, kinds of them included; empty where its meaning is a guess."""
    common: NDArray[np.float64]
    """classes x classes: the measure of "same meaning"."""
    inside: NDArray[np.float64]
    """classes x classes: share of what the column means that the row bears the name of."""
    alike: NDArray[np.float64]
    """classes x classes: the measure of "descriptions overlap"; 0 where one of the two has none."""


def lint(classes: ClassesInput) -> tuple[Finding, ...]:
    """Look over a class list, as `classify` takes it. No findings is what a good list has. Raises `InvalidRequest`."""
    wanted = parse_classes(classes)
    asked = [number for number, each in enumerate(wanted) if not is_catch_all(each.name)]
    _, atlas = knowledge()
    senses = _senses([wanted[number] for number in asked], atlas)
    found = [*_typos(wanted, asked, atlas)]
    for first, second in combinations(range(len(asked)), 2):
        for finding in _compare((wanted[asked[first]], wanted[asked[second]]), (first, second), senses, atlas.types):
            found.append(replace(finding, classes=tuple(asked[row] for row in finding.classes)))
    return tuple(found)


def _senses(wanted: Sequence[PageClass], atlas: Atlas) -> _Senses:
    degrees = [atlas.types_of(each) for each in wanted]
    shares = np.zeros((len(wanted), len(atlas.types)))
    for row, (each, meant) in enumerate(zip(wanted, degrees, strict=True)):
        shares[row] = _normal(meant, len(atlas.types)) if meant else meaning().shares(each)
    bears = np.zeros(shares.shape)
    for row, meant in enumerate(degrees):
        bears[row, list(meant)] = 1.0
    return _Senses(shares, tuple(map(frozenset, degrees)), _in_common(shares), bears @ shares.T, _alike(wanted))


def _normal(degrees: Mapping[int, float], count: int) -> NDArray[np.float64]:
    shares = np.zeros(count)
    shares[list(degrees)] = list(degrees.values())
    return np.asarray(shares / shares.sum())


def _in_common(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """rows x rows: the part of two distributions that is the same, 0..1 (one less their total variation distance)."""
    return np.array([np.minimum(row, shares).sum(axis=1) for row in shares]).reshape(len(shares), len(shares))


def _alike(wanted: Sequence[PageClass]) -> NDArray[np.float64]:
    alike = np.zeros((len(wanted), len(wanted)))
    rows = [row for row, each in enumerate(wanted) if each.description]
    if len(rows) > 1:
        texts = [wanted[row].description or "" for row in rows]
        vectors = np.asarray(meaning().encoder.encode(texts), dtype=np.float64)
        common = _in_common(np.array([meaning().shares(PageClass("", text)) for text in texts]))
        alike[np.ix_(rows, rows)] = (common + np.maximum(0.0, vectors @ vectors.T)) / 2
    return alike


def _compare(
    classes: tuple[PageClass, PageClass], pair: tuple[int, int], senses: _Senses, types: Sequence[PageType]
) -> Iterator[Finding]:
    """What there is to say of two classes, the worst alone. Phrases of its own tell a class from what means the same, or more."""
    first, second = classes
    if shared := _shared_phrases(first, second):
        yield _same_phrase(pair, first, second, shared)
    told_apart = first.phrases and second.phrases and not shared
    common = 1.0 if singular(first.name) == singular(second.name) else float(senses.common[pair])
    if common >= SAME:
        if not told_apart:
            kinds = [types[number].name for number in _most_shared(senses.shares[list(pair)])]
            yield _same_meaning(pair, first, second, common, kinds)
    elif _swallows(senses, pair):
        if not second.phrases:
            yield _swallowing(pair, first, second, float(senses.inside[pair]))
    elif _swallows(senses, pair[::-1]):
        if not first.phrases:
            yield _swallowing(pair[::-1], second, first, float(senses.inside[pair[::-1]]))
    elif senses.alike[pair] >= ALIKE and not told_apart:
        yield _descriptions_overlap(pair, first, second, float(senses.alike[pair]))


def _swallows(senses: _Senses, pair: tuple[int, int]) -> bool:
    broad, narrow = (senses.named[row] for row in pair)
    return senses.inside[pair] >= SWALLOWED and len(broad) > max(1, len(narrow))


def _most_shared(shares: NDArray[np.float64]) -> list[int]:
    """The three types that two classes have most of in common."""
    common = shares.min(axis=0)
    return [int(number) for number in np.argsort(-common, kind="stable")[:3] if common[number] > 0]


def _shared_phrases(first: PageClass, second: PageClass) -> list[str]:
    others = {key(phrase) for phrase in second.phrases}
    return [phrase for phrase in first.phrases if key(phrase) in others]


def _typos(wanted: Sequence[PageClass], asked: Sequence[int], atlas: Atlas) -> Iterator[Finding]:
    """Names that nothing bears, a letter or two away from one that a known type bears; no word of it may be a known word."""
    bare = [number for number in asked if not (wanted[number].description or wanted[number].phrases)]
    unknown = [number for number in bare if not atlas.types_of(wanted[number])]
    if not unknown:
        return
    own_names = {key(each.name): each.name for each in atlas.types}
    names = {key(name): name for each in atlas.types for name in each.names} | own_names
    words = {word for name in names.values() for word in tokens(name)}
    for number in unknown:
        name = wanted[number].name
        nearest = get_close_matches(key(name), own_names, n=1, cutoff=MISSPELT) or get_close_matches(
            key(name), names, 1, MISSPELT
        )
        # "form 1098-f" is no typo of "form 1098-e", and "contact list" none of "contract list".
        if nearest and _NUMBERS.findall(name) == _NUMBERS.findall(names[nearest[0]]) and not words.issuperset(tokens(name)):
            yield _typo(number, name, names[nearest[0]])


def _typo(number: int, name: str, right: str) -> Finding:
    return Finding(
        "typo",
        (number,),
        _rounded(SequenceMatcher(None, key(right), key(name)).ratio()),
        f"{name!r} is no known type of page, but {right!r} is",
        f"write {right!r}; if {name!r} is meant, give it a description",
    )


def _same_phrase(pair: tuple[int, int], first: PageClass, second: PageClass, shared: Sequence[str]) -> Finding:
    return Finding(
        "same phrase",
        pair,
        _rounded(len(shared) / min(len(first.phrases), len(second.phrases))),
        f"{first.name!r} and {second.name!r} are both to be known by {', '.join(map(repr, shared[:3]))}",
        "leave it to the one on whose pages alone it stands",
    )


def _same_meaning(pair: tuple[int, int], first: PageClass, second: PageClass, common: float, kinds: Sequence[str]) -> Finding:
    return Finding(
        "same meaning",
        pair,
        _rounded(common),
        f"{first.name!r} and {second.name!r} mean the same to pagesort: {', '.join(kinds)}",
        "keep one of the two, or give both phrases that stand on their own pages alone",
    )


def _swallowing(pair: tuple[int, int], broad: PageClass, narrow: PageClass, inside: float) -> Finding:
    return Finding(
        "swallows",
        pair,
        _rounded(inside),
        f"{broad.name!r} is a broader word for {narrow.name!r} and may take such pages as do not plainly say what they are",
        f"give {narrow.name!r} phrases that stand on its pages, say by the name of {broad.name!r} what else it is to hold, "
        "or keep one of the two",
    )


def _descriptions_overlap(pair: tuple[int, int], first: PageClass, second: PageClass, alike: float) -> Finding:
    return Finding(
        "descriptions overlap",
        pair,
        _rounded(alike),
        f"the descriptions of {first.name!r} and {second.name!r} say nearly the same",
        "say in each what the other is not, or give both phrases that stand on their own pages alone",
    )


def _rounded(share: float) -> float:
    return round(min(1.0, share), 2)
