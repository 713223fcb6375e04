"""PDF pages through PDFium. It runs in a reading process, one thread at a time."""

from __future__ import annotations

import itertools
import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pagesort.errors import DocumentTooLarge, PageUnreadable, UnreadableDocument
from pagesort.read.copy import copied_pages
from pagesort.read.file import File, PageText, encrypted
from pagesort.read.pdf_text import read_rows
from pagesort.types import Image

SHORT = 750
"""Characters of a page; with fewer, whether they can stand for it depends on the pictures beside them."""

MAX_OBJECTS = 20_000
"""Objects of a page that are looked through for pictures; a map or a drawing can have millions."""

_ADVICE = "Print the document to a new PDF and send that."

# A note about XFA forms is written for people who built PDFium, not for those who sort pages.
logging.getLogger("pypdfium2").setLevel(logging.ERROR)


class PdfDocument:
    """An open PDF."""

    def __init__(self, file: File) -> None:
        """Raises `EncryptedDocument`, `UnreadableDocument` or `DocumentTooLarge`."""
        self.name = file.name
        self._file = file
        self._max_pixels = file.options.max_pixels
        self._raw = _open(file)
        self.page_count = len(self._raw)
        if self.page_count > file.options.max_pages:
            self.close()
            message = f"{self.name} has {self.page_count:,} pages; at most {file.options.max_pages:,} are read."
            raise DocumentTooLarge(f"{message} Split the document, or raise PAGESORT_MAX_PAGES.")

    def read(self, number: int) -> PageText:
        """Size and text of page `number`, from 0. Raises `PageUnreadable`."""
        with self._visit(number) as raw:
            rows = read_rows(raw)
            short = sum(len(row[0]) for row in rows) < SHORT
            return PageText(self._size(number, raw), rows, _picture_share(raw) if rows and short else None)

    def picture_share(self, number: int) -> float:
        """Share of the page's area that pictures cover, 0..1. Raises `PageUnreadable`."""
        with self._visit(number) as raw:
            return _picture_share(raw)

    def render(self, number: int, longest_side: int) -> Image:
        """The page upright, forms filled in, its longer side `longest_side` pixels. Raises `PageUnreadable`."""
        with self._visit(number) as raw:
            self._refuse_huge_pictures(number, raw)
            # A hair less than asked: PDFium's wrapper rounds up.
            scale = (longest_side - 0.01) / max(self._size(number, raw))
            with closing(raw.render(scale=scale, rev_byteorder=True, may_draw_forms=True)) as bitmap:
                return np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)

    def copy_pages(self, numbers: Sequence[int]) -> bytes:
        """Those pages as a PDF file, copied and not drawn anew; all of them are the file itself. Raises `PageUnreadable`."""
        if self._file.password is None and list(numbers) == list(range(self.page_count)):
            return self._file.path.read_bytes()
        try:
            return copied_pages(self._raw, numbers)
        except (pdfium.PdfiumError, ValueError) as error:
            raise self._unreadable(numbers[0], f"it cannot be copied: {error}") from error

    def close(self) -> None:
        self._raw.close()

    @contextmanager
    def _visit(self, number: int) -> Iterator[pdfium.PdfPage]:
        """The PDFium page, open for the visit. What PDFium reports as failed is raised as `PageUnreadable`."""
        try:
            with closing(self._raw.get_page(number)) as raw:
                yield raw
        except (pdfium.PdfiumError, ValueError) as error:
            raise self._unreadable(number, str(error)) from error

    def _size(self, number: int, raw: pdfium.PdfPage) -> tuple[float, float]:
        width, height = raw.get_size()
        if not all(math.isfinite(side) and side > 0 for side in (width, height)):
            raise self._unreadable(number, f"a size of {width} x {height} points")
        return width, height

    def _unreadable(self, number: int, why: str) -> PageUnreadable:
        return PageUnreadable(f"Page {number + 1} of {self.name} is broken ({why}). {_ADVICE}")

    def _refuse_huge_pictures(self, number: int, raw: pdfium.PdfPage) -> None:
        """PDFium decodes a picture whole before it shrinks it, so its size is checked before the page is drawn."""
        for each in itertools.islice(raw.get_objects(), MAX_OBJECTS):
            if each.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                width, height = each.get_px_size()
                if width * height > self._max_pixels:
                    limit = f"at most {self._max_pixels:,} pixels are read (PAGESORT_MAX_PIXELS)"
                    raise self._unreadable(number, f"a picture of {width:,} x {height:,} pixels; {limit}")


def _open(file: File) -> pdfium.PdfDocument:
    try:
        raw = pdfium.PdfDocument(file.path, password=file.password)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise encrypted(file) from None
        message = f"{file.name} is broken or has no pages, and cannot be opened as PDF; it may have been cut short. {_ADVICE}"
        raise UnreadableDocument(message) from None
    try:
        raw.init_forms()  # before the first page is loaded, or fields are not drawn
    except pdfium.PdfiumError:
        logging.getLogger(__name__).info("%s: form fields will not be drawn", file.name)
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
