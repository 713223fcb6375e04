"""Likeness in meaning, by the sentence encoder: for class names that the knowledge does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.encoder import Encoder
from pagesort.judge.evidence import LIKENESS, PageText
from pagesort.judge.knowledge import PageType
from pagesort.types import PageClass

TITLES = 3
"""Lines that look most like the page's title, each compared by itself."""
TEXT_TOKENS = 128
"""Tokens of the page's text that are compared, from the top."""
NEAREST, FARTHEST, BEST_DEGREE = 4, 0.5, 0.85
"""At most that many known types stand in for a class; none less alike than that; and none counts for more than that."""
_BAND = 0.12
"""How much less alike than the likest type another may be."""


class Likeness:
    """Compares classes with known types and with pages. Loads an encoder when constructed, unless it is given one."""

    def __init__(self, types: Sequence[PageType], encoder: Encoder | None = None) -> None:
        self._types = types
        self._encoder = encoder or Encoder()

    @cached_property
    def _type_vectors(self) -> NDArray[np.float32]:
        names = self._encoder.encode([each.name for each in self._types])
        described = self._encoder.encode([f"{each.name}: {each.description}" for each in self._types])
        return np.asarray((names + described) / 2)

    def vectors(self, classes: Sequence[PageClass]) -> NDArray[np.float32]:
        """One row for each class."""
        return self._encoder.encode([f"{each.name}: {each.description}" if each.description else each.name for each in classes])

    def nearest_types(self, vector: NDArray[np.float32]) -> dict[int, float]:
        """Known types that a class of that vector may mean → degree; empty when none is near."""
        alike = self._type_vectors @ vector
        order = np.argsort(-alike, kind="stable")[:NEAREST]
        near = [number for number in order if alike[number] >= max(FARTHEST, alike[order[0]] - _BAND)]
        return {int(number): BEST_DEGREE * float(min(1.0, alike[number] ** 2 / 0.7)) for number in near}

    def cues(self, text: PageText, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """classes x `LIKENESS`: how like the page each class is."""
        lines = text.sight.lines
        titles = sorted(range(len(lines)), key=lambda number: -text.prominence[number])[:TITLES]
        cues = np.ones((len(vectors), len(LIKENESS)))
        cues[:, 0] = (self._encoder.encode([lines[number].text for number in titles]) @ vectors.T).max(axis=0, initial=0.0)
        cues[:, 1] = vectors @ self._encoder.encode([" ".join(line.text for line in lines)], TEXT_TOKENS)[0]
        return cues
