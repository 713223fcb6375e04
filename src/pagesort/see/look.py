"""One live page → what can be observed of it. The text layer where it is usable, else the picture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, MutableMapping
from dataclasses import replace

import numpy as np

from pagesort.see.ink import measure_ink
from pagesort.see.picture import Scene
from pagesort.see.reading import Reader, Reading, read
from pagesort.see.text import text_sight
from pagesort.types import Image, Line, Origin, Page, Sight

READING_SIDE = 1750
"""Longest side, in pixels, of the picture that is read: A4 at 150 dpi, where type of 8 points is 17 pixels high."""

NO_INK = 0.0003
"""Less ink than a single word leaves: not worth the time that reading takes."""

Sure = Callable[[Sight], float]
"""How sure, 0..1, what was seen so far makes whoever has to decide."""

Drawn = MutableMapping[bytes, Sight]
"""What was seen of each page of a document that had to be drawn, by its pixels."""


def look(page: Page, reader: Reader, sure: Sure | None = None, drawn: Drawn | None = None) -> Sight:
    """Observe one page. A page with a usable text layer is not even drawn. Raises `PageUnreadable`.

    `sure`: a drawn page is read only until this is sure enough; None reads all of it. `drawn`: pages of the document that were
    looked at in the same way; a copy of one is not read again, and this page is added.
    """
    if found := text_sight(page):
        return found
    layer = page.text_layer() or ()
    image = page.render(READING_SIDE)
    drawn = {} if drawn is None else drawn
    mark = _mark(page, image, layer)
    if copied := drawn.get(mark):
        return replace(copied, page=page.number)
    drawn[mark] = _seen(page, image, layer, reader, sure)
    return drawn[mark]


def _mark(page: Page, image: Image, layer: tuple[Line, ...]) -> bytes:
    """The same for copies of one page and for no others, not even for one that was made to pass for another."""
    found = hashlib.sha256(repr((page.size, image.shape, layer)).encode("utf-8", "surrogatepass"))
    found.update(np.ascontiguousarray(image).data)
    return found.digest()


def _seen(page: Page, image: Image, layer: tuple[Line, ...], reader: Reader, sure: Sure | None) -> Sight:
    ink = measure_ink(image)
    scene = Scene(image)

    def seen(reading: Reading) -> Sight:
        nonlocal scene
        if scene.image is not reading.image:
            scene = Scene(reading.image)
        width, height = page.size if reading.rotation in (0, 180) else page.size[::-1]
        lines = reading.lines or layer
        origin: Origin = "ocr" if reading.lines else "text layer" if layer else "none"
        picture = scene.describe(reading.lines)
        return Sight(page.number, width, height, lines, origin, ink, picture, reading.rotation, scene.fingerprint, reading.unread)

    if ink < NO_INK:
        return seen(Reading(image, 0, ()))
    return seen(read(image, reader, sure and (lambda reading: sure(seen(reading)))))
