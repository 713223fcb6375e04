"""One live page → what can be observed of it. The text layer where it is usable, else the picture."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pagesort.see.picture import describe
from pagesort.see.text import usable
from pagesort.types import Image, Line, Page, Sight

READING_SIDE = 1750
"""Longest side, in pixels, of the picture that is read: A4 at 150 dpi, where type of 8 points is 17 pixels high."""

NO_INK = 0.0003
"""Less ink than a single word leaves: not worth the second that reading takes."""

CONTRAST = 40
"""Ink differs from paper by so many of 255 grey levels; the grain of a scan and a yellowed sheet differ by less."""

_BLOCK = 4
"""Pixels averaged to one before ink is measured, so that the grain of a scan vanishes and letters become grey patches."""


class Reader(Protocol):
    """What reads the text in a picture; `Ocr` is one."""

    def read(self, image: Image) -> tuple[Line, ...]:
        """The lines of text in the picture."""
        ...


def look(page: Page, ocr: Reader) -> Sight:
    """Observe one page. A page with a usable text layer is not even drawn. Raises `PageUnreadable`."""
    width, height = page.size
    layer = page.text_layer() or ()
    if layer and usable(layer, page.picture_share):
        return Sight(page.number, width, height, layer, "text layer")
    image = page.render(READING_SIDE)
    ink = measure_ink(image)
    lines = ocr.read(image) if ink >= NO_INK else ()
    picture = describe(image, lines)
    if lines:
        return Sight(page.number, width, height, lines, "ocr", ink, picture)
    return Sight(page.number, width, height, layer, "text layer" if layer else "none", ink, picture)


def measure_ink(image: Image) -> float:
    """Share of the page, 0..1, that differs from its paper, whatever colour that has; black borders of a scan do not count."""
    grey = _shrunk(image)
    marked = _without_borders(np.abs(grey - np.median(grey)) > CONTRAST)
    return float(marked.mean()) if marked.size else 0.0


def _shrunk(image: Image) -> NDArray[np.float32]:
    """Grey, each block of pixels averaged; what is left over at the right and below is cut off."""
    grey = image.mean(axis=2, dtype=np.float32)
    block = min(_BLOCK, *grey.shape)
    height, width = (side // block for side in grey.shape)
    blocks = grey[: height * block, : width * block].reshape(height, block, width, block)
    return np.asarray(blocks.mean(axis=(1, 3)))


def _without_borders(marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The page without the rows and columns at its edges that are mostly marked: what a scanner saw beside the sheet."""
    for _ in range(2):  # rows, then columns
        inside = np.flatnonzero(marked.mean(axis=1) < 0.5)
        marked = marked[inside[0] : inside[-1] + 1] if inside.size else marked[:0]
        marked = marked.T
        if not marked.size:
            break
    return marked
