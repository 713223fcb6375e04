"""Likeness in meaning between a page and the classes that the knowledge does not hold, by the sentence encoder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.encoder import Encoder
from pagesort.judge.evidence import LIKENESS, PageText

TITLES = 3
"""Lines that look most like the page's title, each compared by itself."""


def likeness(
    text: PageText, vectors: NDArray[np.float32], undescribed: NDArray[np.float64], encoder: Encoder
) -> NDArray[np.float64]:
    """classes x `LIKENESS`: how like the page each class is.

    `vectors` has a row of the encoder's for each class, `undescribed` the last column.
    """
    lines = text.sight.lines
    titles = sorted(range(len(lines)), key=lambda number: -text.prominence[number])[:TITLES]
    cues = np.ones((len(vectors), len(LIKENESS)))
    cues[:, 0] = (encoder.encode([lines[number].text for number in titles]) @ vectors.T).max(axis=0, initial=0.0)
    cues[:, 1] = vectors @ encoder.encode_page(" ".join(line.text for line in lines))
    cues[:, 3] = undescribed
    return cues
