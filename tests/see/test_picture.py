"""What a drawn page shows beside its words, on pages drawn here."""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pagesort.see.picture import Scene
from pagesort.types import Line, Picture

WIDTH, HEIGHT = 1240, 1754
WORDS = "the quick brown fox jumps over a lazy dog and runs along the river bank until evening falls"


def seen(sheet: Pillow.Image, lines: tuple[Line, ...] = ()) -> Picture:
    return Scene(np.array(sheet.convert("RGB"))).describe(lines)


def paper(colour: str = "white") -> tuple[Pillow.Image, ImageDraw.ImageDraw]:
    sheet = Pillow.new("RGB", (WIDTH, HEIGHT), colour)
    return sheet, ImageDraw.Draw(sheet)


def line(text: str, top: int, bottom: int, certainty: float) -> Line:
    return Line(text, 100 / WIDTH, top / HEIGHT, 1100 / WIDTH, bottom / HEIGHT, (bottom - top) / HEIGHT, certainty)


def printed(ink: str = "black", ground: str = "white") -> Picture:
    sheet, draw = paper(ground)
    font = ImageFont.load_default(26)
    lines = []
    for row in range(20):
        top = 120 + 60 * row
        draw.text((100, top), WORDS, font=font, fill=ink)
        lines.append(line(WORDS, top, top + 32, 0.99))
    return seen(sheet, tuple(lines))


def written() -> Picture:
    """Joined strokes that wander about the line, read with doubts."""
    sheet, draw = paper()
    chooser = random.Random(1)
    lines = []
    for row in range(12):
        top = 120 + 110 * row
        x = 100.0
        while x < 1000:
            middle, length = top + 40 + chooser.uniform(-14, 14), chooser.uniform(90, 220)
            points = [(x + step, middle + 18 * math.sin(step / 7) * chooser.uniform(0.3, 1)) for step in range(0, int(length), 3)]
            draw.line(points, fill="navy", width=3, joint="curve")
            x += length + 30
        lines.append(line("wandering joined up words here", top, top + 80, 0.8))
    return seen(sheet, tuple(lines))


def test_a_hand_is_told_from_type() -> None:
    assert written().handwriting > 0.6
    assert printed().handwriting < 0.1


def test_type_is_type_in_light_on_dark_too() -> None:
    page = printed(ink="white", ground="midnightblue")
    assert page.handwriting < 0.1
    assert page.shade == 1.0
    assert printed().shade == 0.0


def test_a_page_without_words_has_no_handwriting() -> None:
    sheet, _ = paper()
    assert seen(sheet) == Picture(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def test_continuous_tone_is_measured_as_a_share_of_the_page() -> None:
    sheet, draw = paper()
    draw.text((100, 100), WORDS, font=ImageFont.load_default(26), fill="black")
    rows, columns = np.mgrid[0:877, 0:1240]
    noise = np.random.default_rng(0).normal(0, 14, rows.shape)
    tones = 120 + 45 * np.sin(rows / 60) * np.cos(columns / 90) + noise
    sheet.paste(Pillow.fromarray(tones.clip(0, 255).astype(np.uint8)), (0, 877))
    assert 0.3 < seen(sheet).photograph < 0.6
    assert printed().photograph < 0.02


def test_colour_is_measured_as_a_share_of_the_page() -> None:
    sheet, draw = paper()
    draw.rectangle((0, 0, WIDTH, HEIGHT // 4), fill="crimson")
    assert 0.2 < seen(sheet).colour < 0.3


def test_ruled_boxes_are_counted_and_the_lines_of_a_writing_pad_are_not() -> None:
    sheet, draw = paper()
    for number in range(10):
        draw.line((80, 200 + 120 * number, 1160, 200 + 120 * number), fill="black", width=3)
    assert seen(sheet).rules == 0
    for number in range(4):
        draw.line((80 + 360 * number, 200, 80 + 360 * number, 1280), fill="black", width=3)
    assert seen(sheet).rules == 14


def test_staves_are_five_lines_close_together() -> None:
    sheet, draw = paper()
    for stave in range(6):
        for number in range(5):
            height = 200 + 240 * stave + 16 * number
            draw.line((80, height, 1160, height), fill="black", width=3)
    assert seen(sheet).staves == 6


def test_any_picture_can_be_described() -> None:
    for size in ((1, 1), (3, 900), (900, 3), (40, 40)):
        box = Line("letters", 0.0, 0.0, 1.0, 1.0, 1.0)
        assert 0 <= seen(Pillow.new("RGB", size, "grey"), (box,)).handwriting <= 1


def test_fingerprints_are_alike_for_pages_that_look_alike() -> None:
    sheet, draw = paper()
    draw.rectangle((100, 200, 700, 900), fill="black")
    again = Pillow.fromarray((np.array(sheet) * 0.97).astype(np.uint8))
    other, draw = paper()
    draw.rectangle((600, 900, 1100, 1600), fill="black")
    first, second, third = (Scene(np.array(each.convert("RGB"))).fingerprint for each in (sheet, again, other))
    assert (first ^ second).bit_count() <= 4 < (first ^ third).bit_count()
    assert 0 <= first < 2**64
