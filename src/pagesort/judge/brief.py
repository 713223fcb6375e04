"""What one class list asks of the judge, worked out once: which known types each class means, and its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.evidence import CUES, LIKENESS, Evidence, Index, PageText
from pagesort.judge.knowledge import PageType
from pagesort.judge.likeness import Likeness
from pagesort.judge.mapping import Atlas
from pagesort.types import PageClass

_CHUNK = re.compile(r"[,.;:()\n]|\b(?:and|or|with|of|for|that|which|from|to|in|by|is|are|the|an?|und|oder|et|ou|y|o)\b", re.I)


@dataclass(frozen=True, slots=True)
class Means:
    """The known types that a class means, and the logarithm of the degree to which it means each."""

    types: NDArray[np.intp]
    log_degrees: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Brief:
    """A class list made ready for judging."""

    classes: tuple[PageClass, ...]
    means: tuple[Means, ...]
    """One for each class."""
    outside: NDArray[np.intp]
    """The known types that no class means: where one of them fits better, the page is `unknown`."""
    own_words: Index
    """Each class as a page type made of nothing but its own name and description."""
    uncovered: NDArray[np.intp]
    """The classes that no known type bears the name of."""
    likeness: Likeness | None
    """Compares those classes with pages; None where there are none."""
    vectors: NDArray[np.float32]
    """One row for each of `uncovered`."""

    def look_up_own(self, text: PageText) -> Evidence:
        """The evidence for each class by its own words, and by its meaning where the knowledge has no word for it."""
        evidence = self.own_words.look_up(text)
        if self.likeness:
            columns = slice(len(CUES), len(CUES) + len(LIKENESS))
            evidence.features[self.uncovered, columns] = self.likeness.cues(text, self.vectors)
        return evidence


def make_brief(classes: Sequence[PageClass], atlas: Atlas, known: Index, get_likeness: Callable[[], Likeness]) -> Brief:
    """`get_likeness` is called only where a class needs it: the encoder takes its time to load."""
    meanings = [atlas.types_of(each) for each in classes]
    uncovered = [number for number, meaning in enumerate(meanings) if not meaning]
    likeness = get_likeness() if uncovered else None
    vectors = np.empty((0, 0), np.float32)
    if likeness:
        vectors = likeness.vectors([classes[number] for number in uncovered])
        for number, vector in zip(uncovered, vectors, strict=True):
            # Where both know a type, what the description calls it counts, not how it sounds.
            meanings[number] = {**likeness.nearest_types(vector), **atlas.described(classes[number])}
    covered = {number for meaning in meanings for number in meaning}
    return Brief(
        classes=tuple(classes),
        means=tuple(
            Means(np.array(sorted(meaning), dtype=np.intp), np.log([meaning[number] for number in sorted(meaning)]))
            for meaning in meanings
        ),
        outside=np.array(
            [number for number, each in enumerate(atlas.types) if number not in covered and not each.umbrella], dtype=np.intp
        ),
        own_words=Index([_own_words(each) for each in classes], known.frequency, len(atlas.types)),
        uncovered=np.array(uncovered, dtype=np.intp),
        likeness=likeness,
        vectors=vectors,
    )


def _own_words(wanted: PageClass) -> PageType:
    chunks = _CHUNK.split(wanted.description or "")
    phrases = tuple(dict.fromkeys(phrase for chunk in chunks if len(phrase := chunk.strip()) > 2))
    return PageType(name=wanted.name, titles=(wanted.name,), telling=(wanted.name,), phrases=phrases)
