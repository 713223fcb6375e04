"""What a drawn page shows beside its words: writing by hand, photographs, colour, ruled lines, staves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pagesort.types import Image, Line, Picture

_Grey = NDArray[np.uint8]

LINES_TRIED = 24
"""Lines of text whose strokes are measured: enough to tell a hand from a type, at a quarter of a millisecond each."""

_LINE_HEIGHT = 48
"""Pixels to which a line of text is scaled before its strokes are measured."""

_SIDE = 700
"""Longest side, in pixels, at which areas and ruled lines are measured."""

_BLOCK = 10
"""Pixels of the side of a square that is text, paper or photograph as a whole."""


class Scene:
    """A picture (height x width x 3, RGB), measured once; its lines may be read little by little."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self._strokes: dict[Line, tuple[float, float, float] | None] = {}

    def describe(self, lines: Sequence[Line]) -> Picture:
        """`lines`: what was read in it so far."""
        return replace(self._areas, handwriting=self._handwriting(lines))

    def _handwriting(self, lines: Sequence[Line]) -> float:
        """A hand joins letters, leaves the baseline, draws thin lines for its size, and is read with doubts: 0..1."""
        measured = []
        for line in sorted(lines, key=lambda line: -len(line.text))[:LINES_TRIED]:
            if line not in self._strokes:
                self._strokes[line] = _strokes(self._grey, line)
            if strokes := self._strokes[line]:
                measured.append((strokes, len(line.text)))
        if not measured:
            return 0.0
        weights = [length for _, length in measured]
        parts, level, thickness = np.average([strokes for strokes, _ in measured], axis=0, weights=weights).tolist()
        certainty = float(np.mean([line.certainty for line in lines]))
        signs = (_ramp(parts, 1.1, 0.8), _ramp(level, 0.85, 0.6), _ramp(thickness, 4.5, 3.5), _ramp(certainty, 0.97, 0.92))
        return _ramp(sum(signs) / len(signs), 0.5, 0.9)

    @cached_property
    def fingerprint(self) -> int:
        """64 bits that are alike for pictures that look alike: where it gets lighter from left to right, on a grid of 8 x 9.

        The "difference hash" of Neal Krawetz, https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
        """
        grid = cv2.resize(self._grey, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
        return int("".join("1" if lighter else "0" for lighter in (grid[:, 1:] > grid[:, :-1]).ravel()), 2)

    @cached_property
    def _grey(self) -> Any:
        return cv2.cvtColor(self.image, cv2.COLOR_RGB2GRAY)

    @cached_property
    def _areas(self) -> Picture:
        small = _shrunk(self.image)
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
        across, down = _rules(grey)
        return Picture(
            handwriting=0.0,
            photograph=_photograph(grey),
            colour=_colour(small),
            rules=float(len(across) + len(down)) if down else 0.0,  # level lines alone are lined paper
            staves=float(_staves(across)),
            shade=float(np.median(grey) < _DARK_PAPER),
        )


_DARK_PAPER = 140


def _shrunk(image: Image) -> Any:
    scale = _SIDE / max(image.shape[:2])
    if scale >= 1:
        return image
    height, width = image.shape[:2]
    return cv2.resize(image, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA)


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _strokes(grey: Any, line: Line) -> tuple[float, float, float] | None:
    """Pieces of ink for each letter read; the share of pieces that stand on the line; thickness of the strokes, in 48ths of
    the line's height. None for a line too short or too small to tell."""
    height, width = grey.shape
    left, right = int(line.left * width), int(line.right * width) + 1
    top, bottom = int(line.top * height), int(line.bottom * height) + 1
    letters = len("".join(line.text.split()))
    if letters < 4 or bottom - top < 8 or right - left < 2 * (bottom - top):
        return None
    crop = grey[top:bottom, left:right]
    scaled = (max(8, round(crop.shape[1] * _LINE_HEIGHT / crop.shape[0])), _LINE_HEIGHT)
    crop = cv2.resize(crop, scaled, interpolation=cv2.INTER_AREA if crop.shape[0] > _LINE_HEIGHT else cv2.INTER_CUBIC)
    _, ink = cv2.threshold(crop, 0, 255, cv2.THRESH_OTSU + cv2.THRESH_BINARY_INV)
    if (ink > 0).mean() > 0.5:  # light on dark
        ink = 255 - ink
    _, _, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = np.array([piece for piece in found[1:] if piece[cv2.CC_STAT_AREA] >= 12 and piece[cv2.CC_STAT_HEIGHT] >= 8])
    if len(pieces) < 3:
        return None
    feet = pieces[:, cv2.CC_STAT_TOP] + pieces[:, cv2.CC_STAT_HEIGHT]
    middles = pieces[:, cv2.CC_STAT_LEFT] + pieces[:, cv2.CC_STAT_WIDTH] / 2
    slope, start = np.polyfit(middles, feet, 1)
    off = feet - (slope * middles + start)
    level = float((np.abs(off - np.median(off)) < 2).mean())
    return len(pieces) / letters, level, _thickness(ink)


def _thickness(ink: Any) -> float:
    """Median width of the strokes, in pixels: twice the distance from their middles to their edges."""
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    middles = (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth > 0.9)
    return 2 * float(np.median(depth[middles])) if middles.any() else 0.0


def _photograph(grey: Any) -> float:
    """Share of the page in continuous tone: squares of many greys, most of them neither ink nor paper."""
    squares = _squares(grey.astype(np.float32))
    paper = float(np.percentile(grey, 95))
    middling = ((squares > 0.2 * paper) & (squares < 0.82 * paper)).mean(axis=(1, 3))
    return float(((middling > 0.6) & (squares.std(axis=(1, 3)) > 4)).mean())


def _colour(image: Any) -> float:
    """Share of the squares that are coloured through and through."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    coloured = ((hsv[:, :, 1] > 70) & (hsv[:, :, 2] > 50)).astype(np.float32)
    return float((_squares(coloured).mean(axis=(1, 3)) > 0.5).mean())


def _squares(pixels: Any) -> Any:
    """rows x _BLOCK x columns x _BLOCK; what is left over at the right and below is cut off."""
    block = min(_BLOCK, *pixels.shape)
    height, width = (side // block for side in pixels.shape)
    return pixels[: height * block, : width * block].reshape(height, block, width, block)


def _rules(grey: Any) -> tuple[list[int], list[int]]:
    """Ruled lines at least a quarter of the page long: the heights of the level ones, the offsets of the upright ones."""
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    height, width = ink.shape
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(20, width // 12)), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(20, height // 12), 1), np.uint8))
    return _runs((across > 0).mean(axis=1) > 0.25), _runs((down > 0).mean(axis=0) > 0.2)


def _runs(marked: NDArray[np.bool_]) -> list[int]:
    """The middles of the runs of marked positions."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
    return [int((first + last) // 2) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _staves(across: Sequence[int]) -> int:
    """Groups of exactly five level lines, evenly spaced and close together: music."""
    groups, first = 0, 0
    while first + 5 <= len(across):
        gaps = np.diff(across[first : first + 5])
        even = gaps.max() <= 1.5 * gaps.min() and gaps.mean() < 20
        alone = first + 5 == len(across) or across[first + 5] - across[first + 4] > 1.8 * gaps.mean()
        groups += even and alone
        first += 5 if even and alone else 1
    return groups
