"""Three plain measures of how alike a page and a class are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pagesort.evaluation.baselines.judge import Likeness
from pagesort.judge.embedded import encoder
from pagesort.judge.words import tokens
from pagesort.types import PageClass, Sight

PAGE_TOKENS = 256
"""Tokens of a page that the sentence encoder reads, from the top: as many as it was trained with."""


def embeddings(pages: Iterable[Sight]) -> Likeness:
    """Cosine of the shipped sentence encoder's vectors of the page's text and of the class with its description."""

    @cache
    def page_vector(sight: Sight) -> NDArray[np.float32]:
        return np.asarray(encoder().encode([_text(sight)], PAGE_TOKENS)[0])

    @cache
    def class_vectors(classes: tuple[PageClass, ...]) -> NDArray[np.float32]:
        return encoder().encode([": ".join(filter(None, (each.name, each.description))) for each in classes])

    return lambda sight, classes: class_vectors(tuple(classes)) @ page_vector(sight)


def keywords(pages: Iterable[Sight]) -> Likeness:
    """Share of the words of the class's name that stand on the page, and one more where the whole name does."""

    @cache
    def words(sight: Sight) -> tuple[frozenset[str], str]:
        found = tokens(_text(sight))
        return frozenset(found), f" {' '.join(found)} "

    def likeness(sight: Sight, classes: Sequence[PageClass]) -> NDArray[np.float64]:
        known, text = words(sight)
        names = [tokens(each.name) for each in classes]
        return np.array(
            [sum(word in known for word in name) / max(len(name), 1) + (f" {' '.join(name)} " in text) for name in names]
        )

    return likeness


def tf_idf(pages: Iterable[Sight]) -> Likeness:
    """Cosine of TF-IDF vectors of the page and of the class with its description; rarity is counted over `pages`."""
    counted = [set(tokens(_text(sight))) for sight in pages]
    frequency = Counter(word for words in counted for word in words)

    def vector(words: Iterable[str]) -> Mapping[str, float]:
        raw = {
            word: (1 + math.log(count)) * math.log((1 + len(counted)) / (1 + frequency[word]))
            for word, count in Counter(words).items()
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {word: weight / length for word, weight in raw.items()}

    @cache
    def page_vector(sight: Sight) -> Mapping[str, float]:
        return vector(tokens(_text(sight)))

    @cache
    def class_vector(wanted: PageClass) -> Mapping[str, float]:
        return vector(tokens(f"{wanted.name} {wanted.description or ''}"))

    def likeness(sight: Sight, classes: Sequence[PageClass]) -> NDArray[np.float64]:
        page = page_vector(sight)
        return np.array([sum(weight * page.get(word, 0.0) for word, weight in class_vector(each).items()) for each in classes])

    return likeness


def _text(sight: Sight) -> str:
    return "\n".join(line.text for line in sight.lines)


BASELINES: dict[str, Callable[[Iterable[Sight]], Likeness]] = {
    "sentence embeddings": embeddings,
    "words of the class name": keywords,
    "TF-IDF": tf_idf,
}
"""Name → how to make the measure, given all pages that will be judged."""
