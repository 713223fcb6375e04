"""Where a picture is marked, and how much of it: what differs from its paper, whatever colour that has."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pagesort.types import Image

CONTRAST = 40
"""Ink differs from paper by so many of 255 grey levels; the grain of a scan and a yellowed sheet differ by less."""

_BLOCK = 4
"""Pixels averaged to one before ink is measured, so that the grain of a scan vanishes and letters become grey patches."""


def measure_ink(image: Image) -> float:
    """Share of the page, 0..1, that is marked; black borders of a scan do not count."""
    marked = _without_borders(_marked(image))
    return float(marked.mean()) if marked.size else 0.0


def ink_box(image: Image) -> tuple[slice, slice]:
    """The rows and columns outside which a picture is all paper."""
    marked = _marked(image)
    return _span(marked.max(axis=1), image.shape[0]), _span(marked.max(axis=0), image.shape[1])


def _span(marked: NDArray[np.bool_], length: int) -> slice:
    inside = np.flatnonzero(marked) * length / len(marked)
    if not inside.size:
        return slice(0, length)
    return slice(max(0, int(inside[0]) - _MARGIN), min(length, int(inside[-1]) + _BLOCK + _MARGIN))


def letter_height(image: Image) -> float:
    """Height of the usual letter, in pixels, by marks that could be letters; 0 where there are none."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    _, _, marks, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height, area = (marks[1:, stat] for stat in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    letters = (height >= 4) & (height <= 90) & (width >= 2) & (width <= 3 * height) & (area >= 8) & (10 * area > width * height)
    return float(np.median(height[letters])) if letters.any() else 0.0


_MARGIN = 24
"""Paper left around the ink, in pixels: letters at the very edge of a picture are found less well."""


def _marked(image: Image) -> NDArray[np.bool_]:
    grey = _shrunk(image).astype(np.int16)
    return np.asarray(np.abs(grey - np.median(grey)) > CONTRAST)


def _shrunk(image: Image) -> NDArray[np.uint8]:
    """Grey, each block of pixels averaged."""
    height, width = image.shape[:2]
    size = max(1, width // _BLOCK), max(1, height // _BLOCK)
    return np.asarray(cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY), np.uint8)


def _without_borders(marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The page without the rows and columns at its edges that are mostly marked: what a scanner saw beside the sheet."""
    for _ in range(2):  # rows, then columns
        inside = np.flatnonzero(marked.mean(axis=1) < 0.5)
        marked = marked[inside[0] : inside[-1] + 1] if inside.size else marked[:0]
        marked = marked.T
        if not marked.size:
            break
    return marked
