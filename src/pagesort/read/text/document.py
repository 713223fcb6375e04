"""A text file as a document of pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from markdown_it import MarkdownIt
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pagesort.errors import DocumentTooLarge
from pagesort.read.copy import Sheet, picture_pages
from pagesort.read.file import File, PageText, Row
from pagesort.read.text import decode, html, mail
from pagesort.read.text.blocks import BODY, Block, Flow, PageBreak
from pagesort.read.text.layout import HEIGHT, WIDTH, pages
from pagesort.types import Image

PRINT_DPI = 150
"""Pixels to the inch of a page that is to be kept."""


class TextDocument:
    """A file laid out on sheets of A4; its pages are made as they are asked for."""

    def __init__(self, file: File) -> None:
        """Raises `DocumentTooLarge`."""
        self._coming = pages(_flow(file))
        self._pages: list[list[Row]] = []
        limit = file.options.max_pages
        if file.page_count is None and self._reached(limit):
            message = f"{file.name} fills more than {limit:,} pages, the most that are read."
            raise DocumentTooLarge(f"{message} Split it, or raise PAGESORT_MAX_PAGES.")
        self.page_count = file.page_count or len(self._pages)

    def read(self, number: int) -> PageText:
        """Page `number` from 0."""
        return PageText((WIDTH, HEIGHT), self._page(number))

    def picture_share(self, number: int) -> float:
        """0.0: there are no pictures."""
        return 0.0

    def render(self, number: int, longest_side: int) -> Image:
        """The page as it was laid out, in one typeface for Latin script."""
        scale = longest_side / HEIGHT
        sheet = Pillow.new("RGB", (round(WIDTH * scale), longest_side), "white")
        pen = ImageDraw.Draw(sheet)
        for text, left, top, _, _, size in self._page(number):
            place = (left * sheet.width, top * sheet.height)
            pen.text(place, text, fill="black", font=ImageFont.load_default(max(1.0, size * longest_side)))
        return np.asarray(sheet)

    def copy_pages(self, numbers: Sequence[int]) -> bytes:
        """The pages as they are drawn, as a PDF file. Raises `PageUnreadable`."""
        drawn = (self.render(number, round(HEIGHT * PRINT_DPI / 72)) for number in numbers)
        return picture_pages(Sheet(pixels, (pixels.shape[1], pixels.shape[0]), 0, PRINT_DPI) for pixels in drawn)

    def close(self) -> None:
        self._pages.clear()

    def _page(self, number: int) -> list[Row]:
        return self._pages[number] if self._reached(number) else []

    def _reached(self, number: int) -> bool:
        """Lay out the file up to page `number`; whether it has one."""
        missing = number + 1 - len(self._pages)
        self._pages.extend(itertools.islice(self._coming, max(0, missing)))
        return len(self._pages) > number


def _flow(file: File) -> Iterator[Flow]:
    match file.kind:
        case "HTML":
            return html.blocks(decode.pieces(file.path))
        case "EML":
            return mail.blocks(file.path)
        case "MD":
            return html.blocks([_markdown(decode.decode(file.path.read_bytes()))])
    return _typed(decode.lines(file.path))


def _markdown(text: str) -> str:
    rendered: str = MarkdownIt("commonmark").enable("table").render(text)
    return rendered


def _typed(lines: Iterator[str]) -> Iterator[Flow]:
    """Plain text as a typewriter puts it; a form feed is a new page."""
    for line in lines:
        first, *others = line.split("\f")
        yield Block((first,), BODY - 1, fixed=True)
        for part in others:
            yield PageBreak()
            yield Block((part,), BODY - 1, fixed=True)
