"""PDF pages through PDFium; the only place that imports it.

PDFium forbids two calls at the same time, in all of the process (https://pdfium.googlesource.com/pdfium/+/HEAD/public/README.md),
so each visit to a page happens under one lock: the page is loaded, read or drawn, and closed again before the lock is released.
A page left open would be closed by the garbage collector, in some other thread, without the lock.
"""

from __future__ import annotations

import itertools
import logging
import math
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import TracebackType
from typing import BinaryIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pagesort.errors import DocumentTooLarge, EncryptedDocument, PageUnreadable, UnreadableDocument
from pagesort.options import Options
from pagesort.read.pdf_text import read_lines
from pagesort.types import Image, Line

_PDFIUM = threading.RLock()

MAX_OBJECTS = 20_000
"""Objects of a page that are looked through for pictures; a map or a drawing can have millions."""

_ADVICE = "Print the document to a new PDF and send that."

# A note about XFA forms is written for people who built PDFium, not for those who sort pages.
logging.getLogger("pypdfium2").setLevel(logging.ERROR)


class PdfDocument:
    """An open PDF. Safe to use from several threads."""

    def __init__(self, stream: BinaryIO, name: str, options: Options) -> None:
        """Raises `EncryptedDocument`, `UnreadableDocument` or `DocumentTooLarge`."""
        self.name = name
        self._max_pixels = options.max_pixels
        stream.seek(0)
        with _PDFIUM:
            self._raw = _open(stream.read(), name)
            self.page_count = len(self._raw)
        if self.page_count > options.max_pages:
            self.close()
            message = f"{name} has {self.page_count:,} pages; at most {options.max_pages:,} are read."
            raise DocumentTooLarge(f"{message} Split the document, or raise PAGESORT_MAX_PAGES.")

    def page(self, number: int) -> PdfPage:
        """Page `number` from 0, its text included. Raises `PageUnreadable`."""
        with self.visit(number) as raw:
            return PdfPage(self, number, raw)

    @contextmanager
    def visit(self, number: int) -> Iterator[pdfium.PdfPage]:
        """The PDFium page, open under the lock. What PDFium reports as failed is raised as `PageUnreadable`."""
        try:
            with _PDFIUM, closing(self._raw.get_page(number)) as raw:
                yield raw
        except (pdfium.PdfiumError, MemoryError, ValueError) as error:
            raise self.unreadable(number, str(error)) from error

    def unreadable(self, number: int, why: str) -> PageUnreadable:
        return PageUnreadable(f"Page {number + 1} of {self.name} is broken ({why}). {_ADVICE}")

    def refuse_huge_pictures(self, number: int, raw: pdfium.PdfPage) -> None:
        """PDFium decodes a picture whole before it shrinks it, so its size is checked before the page is drawn."""
        for picture in itertools.islice(raw.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE]), MAX_OBJECTS):
            width, height = picture.get_px_size()
            if width * height > self._max_pixels:
                limit = f"at most {self._max_pixels:,} pixels are read (PAGESORT_MAX_PIXELS)"
                raise self.unreadable(number, f"a picture of {width:,} x {height:,} pixels; {limit}")

    def close(self) -> None:
        with _PDFIUM:
            self._raw.close()

    def __enter__(self) -> PdfDocument:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class PdfPage:
    """One page. Its size and text are read when it is made; PDFium is asked again only for the picture."""

    def __init__(self, document: PdfDocument, number: int, raw: pdfium.PdfPage) -> None:
        self._document = document
        self.number = number
        self.size: tuple[float, float] = raw.get_size()
        if not all(math.isfinite(side) and side > 0 for side in self.size):
            raise document.unreadable(number, f"a size of {self.size[0]} x {self.size[1]} points")
        self._lines = read_lines(raw)

    def text_layer(self) -> tuple[Line, ...]:
        """The words stored in the page, in the order of the file."""
        return self._lines

    def picture_share(self) -> float:
        """Share of the page's area that pictures cover, 0..1."""
        with self._document.visit(self.number) as raw:
            return _picture_share(raw)

    def render(self, longest_side: int) -> Image:
        """The page upright, forms filled in, its longer side `longest_side` pixels."""
        # A hair less than asked: PDFium's wrapper rounds up.
        scale = (longest_side - 0.01) / max(self.size)
        with self._document.visit(self.number) as raw:
            self._document.refuse_huge_pictures(self.number, raw)
            with closing(raw.render(scale=scale, rev_byteorder=True, may_draw_forms=True)) as bitmap:
                return np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        raw = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise EncryptedDocument(f"{name} is protected by a password. Save a copy without password and send that.") from None
        message = f"{name} is broken or has no pages, and cannot be opened as PDF; it may have been cut short. {_ADVICE}"
        raise UnreadableDocument(message) from None
    try:
        raw.init_forms()  # before the first page is loaded, or fields are not drawn
    except pdfium.PdfiumError:
        logging.getLogger(__name__).info("%s: form fields will not be drawn", name)
    return raw


def _picture_share(raw: pdfium.PdfPage) -> float:
    left, bottom, right, top = raw.get_bbox()
    covered = 0.0
    for each in itertools.islice(raw.get_objects(max_depth=1), MAX_OBJECTS):
        if each.type == pdfium_c.FPDF_PAGEOBJ_IMAGE or (each.type == pdfium_c.FPDF_PAGEOBJ_FORM and _holds_picture(raw, each)):
            x0, y0, x1, y1 = each.get_bounds()
            covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    area = (right - left) * (top - bottom)
    return min(1.0, covered / area) if area > 0 else 0.0


def _holds_picture(raw: pdfium.PdfPage, form: pdfium.PdfObject) -> bool:
    inside = itertools.islice(raw.get_objects(form=form, level=1), MAX_OBJECTS)
    return any(each.type == pdfium_c.FPDF_PAGEOBJ_IMAGE for each in inside)
