"""Reading a picture as far as the decision needs it: the lines that say most first, the others while there is doubt.

Half of the first lines are the largest, a quarter stand at the top, a quarter are spread down to the foot. Long lines of
ordinary type, prose, come last: they take longest and say least. The page is turned upright on the way: text that lies on
its side is found in tall regions, and text that stands on its head is read with doubts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pagesort.see.ink import letter_height
from pagesort.see.ocr import Region
from pagesort.types import Image, Line

NEAREST, FARTHEST = 1280, 864
"""Pixels of the longer side at which text is looked for. The time goes by the square; from the nearest nothing more is
missed than at full size."""

LETTERS_SEEN = 7
"""Pixels that the usual letter is to be high. From 5.5 on its line is found as a rule (docs/experiments.md); the rest is for
smaller type beside it."""

STEPS = (4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64)
"""Lines read before it is asked whether they suffice; after the last step all are read."""

MOST_LINES = 400
"""No more lines are read of any page; a page of a newspaper has fewer."""

READS_WELL = 0.9
"""Certainty, on average over letters, of text that stands the right way up, even on poor scans."""

PROBES = (4, 12)
"""Lines by which is told which way up the page is: more where the first ones leave doubts."""

ENOUGH_LETTERS = 20
"""Fewer may read well by chance: "NOON" on its head."""

CLEARLY = 1.15
"""How many times as well another way up must read."""

TALL = 1.5
"""Height over width of the region of a line that lies on its side."""

LONG = 16
"""Width over height of a line that is prose unless its type is larger than usual."""


class Reader(Protocol):
    """What finds and reads the text in a picture; `Ocr` is one."""

    def find(self, image: Image, side: int) -> list[Region]:
        """Where text stands, in no particular order; `side`: pixels to which the longer side is scaled before."""
        ...

    def read(self, image: Image, regions: Sequence[Region]) -> list[Line | None]:
        """The line in each region; None for what is no text."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a picture."""

    image: Image
    """The picture, turned upright."""
    rotation: int
    """Degrees clockwise that it was turned: 0, 90, 180 or 270."""
    lines: tuple[Line, ...]
    """From top to bottom and left to right."""
    unread: tuple[Line, ...] = ()
    """Lines that were found but not read: their text is empty."""


Sure = Callable[[Reading], float]
"""How sure, 0..1, what was read so far makes whoever has to decide."""


def needed(lines: int) -> float:
    """How sure one must be to leave it at so many lines: where many have not helped, the rest rarely changes anything."""
    return 0.9 if lines <= 16 else 0.85 if lines < 32 else 0.8


def read(image: Image, reader: Reader, sure: Sure | None = None) -> Reading:
    """Read the picture until `sure` is sure enough; None reads all of it."""
    regions = reader.find(image, _side(image) if sure else NEAREST)
    rotation, image, regions, known = _upright(image, regions, reader)
    while True:
        reading = Reading(image, rotation, _found(known), _unread(image, regions[len(known) :]))
        if len(known) >= min(len(regions), MOST_LINES) or (sure and sure(reading) >= needed(len(known))):
            return reading
        step = next((step for step in STEPS if step > len(known)), MOST_LINES)
        known += reader.read(image, regions[len(known) : step])


def _side(image: Image) -> int:
    """From how near to look for text: as far away as its type can be made out."""
    wanted = max(image.shape[:2]) * LETTERS_SEEN / max(letter_height(image), 1)
    return int(min(NEAREST, max(FARTHEST, wanted)))


def _boxes(regions: Sequence[Region]) -> NDArray[np.float32]:
    """n x (left, top, right, bottom)"""
    return np.array([[*region.min(axis=0), *region.max(axis=0)] for region in regions], np.float32).reshape(-1, 4)


def _found(known: Sequence[Line | None]) -> tuple[Line, ...]:
    """The lines in the order in which people read: rows from top to bottom, each from left to right."""
    lines = sorted((line for line in known if line), key=lambda line: line.top + line.bottom)
    near = float(np.median([line.bottom - line.top for line in lines])) / 2 if lines else 0.0
    rows: list[list[Line]] = []
    for line in lines:
        before = rows[-1][-1] if rows else None
        if before and (line.top + line.bottom) - (before.top + before.bottom) < 2 * near:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.left))


def _unread(image: Image, regions: Sequence[Region]) -> tuple[Line, ...]:
    height, width = image.shape[:2]
    boxes = (_boxes(regions) / (width, height, width, height)).tolist()
    return tuple(Line("", left, top, right, bottom, bottom - top, 0.0) for left, top, right, bottom in boxes)


_Try = tuple[int, Image, list[Region], list[Line | None]]


def _upright(image: Image, regions: Sequence[Region], reader: Reader) -> _Try:
    """The picture turned upright, its regions in the order in which they are to be read, and what the first ones say."""
    tries: list[_Try] = []
    ways = (90, 270) if _lying(regions) else (0, 180)
    for probe in PROBES:
        tries.clear()
        for degrees in ways:
            tries.append(_try(degrees, image, regions, reader, probe))
            if _reads_well(tries[-1][3]):
                return tries[-1]
        if probe >= len(regions):
            break
    usual, other = tries
    best = other if _legible(other[3]) > CLEARLY * _legible(usual[3]) else usual
    if best[0] and _letters(best[3]) < ENOUGH_LETTERS:  # bars and strokes, not lines of text
        return _try(0, image, regions, reader, probe)
    return best


def _try(degrees: int, image: Image, regions: Sequence[Region], reader: Reader, lines: int) -> _Try:
    turned = np.ascontiguousarray(np.rot90(image, -degrees // 90)) if degrees else image
    turned_regions = [_turned(region, degrees, image.shape) for region in regions]
    ordered = [turned_regions[number] for number in by_weight(_boxes(turned_regions))]
    return degrees, turned, ordered, reader.read(turned, ordered[:lines])


def _turned(region: Region, degrees: int, shape: tuple[int, ...]) -> Region:
    """The region after the picture was turned clockwise. Corners keep their order, from the new top left one."""
    height, width = shape[:2]
    across, down = region[:, 0], region[:, 1]
    if degrees == 90:
        return np.roll(np.stack([height - down, across], axis=1), 1, axis=0)
    if degrees == 180:
        return np.roll(np.stack([width - across, height - down], axis=1), 2, axis=0)
    if degrees == 270:
        return np.roll(np.stack([down, width - across], axis=1), -1, axis=0)
    return region


def _lying(regions: Sequence[Region]) -> bool:
    """Whether most of the text lies on its side, by length."""
    tall = level = 0.0
    for region in regions:
        width, height = np.ptp(region, axis=0).tolist()
        if height > TALL * width:
            tall += height
        elif width > TALL * height:
            level += width
    return tall > level


def _letters(lines: Sequence[Line | None]) -> int:
    return sum(len(line.text) for line in lines if line)


def _legible(lines: Sequence[Line | None]) -> float:
    """Letters read, each as far as the reader is sure of it."""
    return sum(len(line.text) * line.certainty for line in lines if line)


def _reads_well(lines: Sequence[Line | None]) -> bool:
    return _legible(lines) >= READS_WELL * _letters(lines) and _letters(lines) >= ENOUGH_LETTERS


def by_weight(boxes: NDArray[np.floating[Any]]) -> list[int]:
    """The numbers of lines in the order in which to read them: those that say most about the page first.

    `boxes`: n x (left, top, right, bottom), in units that are the same across and down. What runs up the margin comes last.
    """
    if not len(boxes):
        return []
    size, width = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    size = np.where(size > TALL * width, 0, size)
    prose = (width > LONG * size) & (size < 1.3 * np.median(size))
    down = np.lexsort((boxes[:, 0], boxes[:, 1]))
    by_size = np.lexsort((boxes[:, 1], -size, prose))
    by_top = np.lexsort((boxes[:, 0], boxes[:, 1], prose))
    spread = [*down[::-1][:: max(1, len(down) // 6)], *down]
    return list(dict.fromkeys(_taking_turns(by_size.tolist(), by_top.tolist(), by_size.tolist(), spread)))


def _taking_turns(*orders: Sequence[int]) -> Iterator[int]:
    """From each order in turn the next that was not taken yet."""
    taken: set[int] = set()
    queues = [iter(order) for order in orders]
    while len(taken) < len(orders[0]):
        for queue in queues:
            number = next((each for each in queue if each not in taken), None)
            if number is not None:
                taken.add(number)
                yield number
