"""When the text layer is enough, when the picture is read, and what is measured on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter, ImageFont

from pagesort.see import look
from pagesort.see.ink import measure_ink
from pagesort.see.look import READING_SIDE
from pagesort.see.ocr import Region
from pagesort.types import BLANK_INK, Image, Line, Sight

A4 = (1240, 1754)


@dataclass
class Sheet:
    """A page made of a text layer and a picture; counts how often it is drawn."""

    layer: tuple[Line, ...] | None
    picture: Pillow.Image
    pictures: float = 1.0
    number: int = 4
    size: tuple[float, float] = (595.0, 842.0)
    drawn: list[int] = field(default_factory=list)
    early: None = None

    def text_layer(self) -> tuple[Line, ...] | None:
        return self.layer

    def picture_share(self) -> float:
        return self.pictures

    def render(self, longest_side: int) -> Image:
        self.drawn.append(longest_side)
        return np.array(self.picture.convert("RGB"))


@dataclass
class Recorder:
    """Stands for the OCR engine: reads what it was told to, and counts."""

    lines: tuple[Line, ...] = ()
    reads: int = 0

    def find(self, image: Image, side: int) -> list[Region]:
        self.reads += 1
        height, width = image.shape[:2]
        boxes = ((each.left * width, each.top * height, each.right * width, each.bottom * height) for each in self.lines)
        return [np.array([(a, b), (c, b), (c, d), (a, d)], np.float32) for a, b, c, d in boxes]

    def read(self, image: Image, regions: Sequence[Region]) -> list[Line | None]:
        return list(self.lines[: len(regions)])


def line(text: str) -> Line:
    return Line(text, 0.1, 0.1, 0.9, 0.15, 0.02)


def sheet(paper: int = 255) -> Pillow.Image:
    return Pillow.new("L", A4, paper)


def written(image: Pillow.Image, text: str, pixels: int = 21, ink: int = 0) -> Pillow.Image:
    ImageDraw.Draw(image).text((200, 600), text, fill=ink, font=ImageFont.load_default(pixels))
    return image


def ink_of(image: Pillow.Image) -> float:
    return measure_ink(np.array(image.convert("RGB")))


FULL = (line("The quick brown fox jumps over the lazy dog and on to the riverbank. " * 12),)
SHORT = (line("Received on 3 March 2024 by Finch & Daughters, Leeds"),)


def test_a_usable_text_layer_is_enough() -> None:
    page, ocr = Sheet(FULL, sheet()), Recorder()
    sight = look(page, ocr)
    assert (sight.page, sight.width, sight.height) == (4, 595.0, 842.0)
    assert sight.lines == FULL and sight.origin == "text layer" and sight.ink is None and not sight.blank
    assert page.drawn == [] and ocr.reads == 0


def test_a_page_without_usable_text_is_read_from_its_picture() -> None:
    for layer in (None, (), SHORT):
        page, ocr = Sheet(layer, written(sheet(), "Delivery note")), Recorder((line("Delivery note"),))
        sight = look(page, ocr)
        assert sight.lines == ocr.lines and sight.origin == "ocr" and not sight.blank
        assert sight.ink is not None and sight.ink > 0
        assert page.drawn == [READING_SIDE]


def test_a_blank_page_is_not_read() -> None:
    ocr = Recorder((line("nothing"),))
    sight = look(Sheet(None, sheet()), ocr)
    assert sight.blank and sight.origin == "none" and sight.lines == () and ocr.reads == 0


def test_a_copy_of_a_page_is_not_read_again() -> None:
    ocr, drawn = Recorder((line("Delivery note 4711"),)), dict[bytes, Sight]()
    first = look(Sheet(None, written(sheet(), "Delivery note 4711"), number=0), ocr, None, drawn)
    copy = look(Sheet(None, written(sheet(), "Delivery note 4711"), number=7), ocr, None, drawn)
    assert ocr.reads == 1
    assert (first.page, copy.page) == (0, 7) and copy.lines == first.lines
    look(Sheet(None, written(sheet(), "Delivery note 4712"), number=8), ocr, None, drawn)
    assert ocr.reads == 2


def test_a_picture_without_text_is_not_blank() -> None:
    photo = Pillow.effect_noise(A4, 100)
    sight = look(Sheet(None, photo.filter(ImageFilter.GaussianBlur(6)).point(lambda grey: 255 * (grey > 128))), Recorder())
    assert sight.lines == () and sight.origin == "none" and not sight.blank


def test_a_poor_text_layer_is_better_than_nothing() -> None:
    sight = look(Sheet(SHORT, written(sheet(), "scrawl")), Recorder())
    assert sight.lines == SHORT and sight.origin == "text layer" and sight.ink is not None


@pytest.mark.parametrize("paper", [255, 235, 200, 170])
def test_a_line_of_print_is_more_than_dirt_on_any_paper(paper: int) -> None:
    assert ink_of(sheet(paper)) == 0
    assert ink_of(written(sheet(paper), "Thank you for your order of the third of March, which we shall")) > BLANK_INK


def test_grain_borders_and_dust_leave_a_page_blank() -> None:
    rng = np.random.default_rng(0)
    grey = np.clip(rng.normal(215, 12, A4[::-1]), 0, 255).astype(np.uint8)
    scan = Pillow.fromarray(grey)
    draw = ImageDraw.Draw(scan)
    draw.rectangle((0, 0, 40, A4[1]), fill=10)  # what the scanner saw beside the sheet
    draw.rectangle((0, 1700, A4[0], A4[1]), fill=0)
    for height in (500, 1200):
        draw.ellipse((70, height, 100, height + 30), fill=30)  # holes for a ring binder
    for x, y in rng.integers(100, 1200, (40, 2)).tolist():
        draw.rectangle((x, y, x + 2, y + 2), fill=60)
    assert 0 < ink_of(scan) < BLANK_INK
    assert look(Sheet(None, scan), Recorder()).blank


def test_white_on_black_is_ink_too() -> None:
    assert ink_of(written(sheet(15), "Annual report", pixels=80, ink=255)) > BLANK_INK


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2)])
def test_the_smallest_pictures_can_be_measured(size: tuple[int, int]) -> None:
    assert ink_of(Pillow.new("L", size, 0)) == 0
