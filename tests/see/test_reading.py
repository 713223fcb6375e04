"""How much of a picture is read, in which order, and which way up; pages of the project's own, read by the real engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pagesort.see import Ocr
from pagesort.see.ocr import Region
from pagesort.see.reading import STEPS, Reading, read
from pagesort.types import Image, Line
from samples.documents import make, pictures

OCR = Ocr()


@pytest.fixture(scope="module")
def invoice() -> Image:
    (page,) = pictures(make("invoice", 3), 110)
    return page


class Printed:
    """Regions with a text in each, every one read with the same certainty; counts what was read."""

    def __init__(self, *texts: str, certainty: float = 0.98, upside_down: float = 0.5, tall: bool = False) -> None:
        self.texts, self.certainty, self.upside_down, self.tall = texts, certainty, upside_down, tall
        self.asked = 0
        self.image = np.full((1000, 1000, 3), 255, np.uint8)
        self.image[0, 0] = 0  # so that it can be told which way up it is

    def find(self, image: Image, side: int) -> list[Region]:
        boxes = [(100, 20 * number, 300, 20 * number + 12) for number in range(1, len(self.texts) + 1)]
        if self.tall:
            boxes = [(top, left, bottom, right) for left, top, right, bottom in boxes]
        return [np.array([[a, b], [c, b], [c, d], [a, d]], np.float32) for a, b, c, d in boxes]

    def read(self, image: Image, regions: Sequence[Region]) -> list[Line | None]:
        self.asked += len(regions)
        corner = image[0, -1] if self.tall else image[0, 0]  # turned clockwise, the mark comes to the right
        well = corner.max() == 0
        certainty = self.certainty if well else self.upside_down
        found = []
        for region in regions:
            (left, top), (right, bottom) = region.min(axis=0) / 1000, region.max(axis=0) / 1000
            number = round(float(left if self.tall and image is self.image else top) * 50) - 1
            text = self.texts[number % len(self.texts)]
            found.append(Line(text, float(left), float(top), float(right), float(bottom), 0.012, certainty))
        return list(found)


MANY = tuple(f"some words of line {number}" for number in range(100))


def test_reading_stops_where_enough_is_known() -> None:
    page = Printed(*MANY)
    reading = read(page.image, page, lambda reading: 0.95)
    assert page.asked == len(reading.lines) == STEPS[0] and len(reading.unread) == 96
    assert not any(line.text for line in reading.unread)


def test_all_is_read_where_nothing_is_ever_enough_or_nobody_is_asked() -> None:
    for sure in (None, lambda reading: 0.1):
        page = Printed(*MANY)
        reading = read(page.image, page, sure)
        assert page.asked == len(reading.lines) == 100 and reading.unread == ()
        assert [line.top for line in reading.lines] == sorted(line.top for line in reading.lines)


def test_more_is_read_only_while_there_are_doubts() -> None:
    page, asked = Printed(*MANY), []

    def sure(reading: Reading) -> float:
        asked.append(len(reading.lines))
        return 0.99 if len(reading.lines) >= 12 else 0.4

    assert len(read(page.image, page, sure).lines) == 12 and asked == [4, 8, 12]


def test_the_first_lines_are_the_largest_the_top_and_the_foot(invoice: Image) -> None:
    everything = read(invoice, OCR).lines
    first = read(invoice, OCR, lambda reading: float(len(reading.lines) >= 8)).lines
    assert len(first) <= 8 < len(everything)
    largest = max(everything, key=lambda line: line.size)
    assert any(line.text == largest.text for line in first)
    assert min(line.top for line in first) < 0.2 and max(line.top for line in first) > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_read_upright_whichever_way_it_lies(invoice: Image, turned: int) -> None:
    lying = np.ascontiguousarray(np.rot90(invoice, turned // 90))  # turned counter-clockwise: that much clockwise sets it right
    reading = read(lying, OCR)
    assert reading.rotation == turned
    assert np.array_equal(reading.image, invoice)
    assert any("invoice" in line.text.casefold() and line.top < 0.3 for line in reading.lines)


def test_a_page_that_reads_well_is_not_turned_to_see() -> None:
    page = Printed(*MANY[:4])
    assert read(page.image, page).rotation == 0 and page.asked == 4


def test_another_way_up_must_win_clearly() -> None:
    close = Printed(*MANY[:4], certainty=0.80, upside_down=0.85)
    assert read(close.image, close).rotation == 0
    clear = Printed(*MANY[:4], certainty=0.55, upside_down=0.95)
    assert read(clear.image, clear).rotation == 180


def test_text_in_tall_regions_lies_on_its_side() -> None:
    page = Printed(*MANY[:8], tall=True)
    assert read(page.image, page).rotation == 90


def test_a_page_without_text_stays_as_it_is() -> None:
    page = Printed()
    reading = read(page.image, page)
    assert reading.image is page.image and (reading.rotation, reading.lines) == (0, ())


def test_bars_that_are_no_text_do_not_turn_the_page() -> None:
    page = Printed("l", "I", "|", tall=True)
    assert read(page.image, page).rotation == 0


def test_small_type_missed_from_afar_is_looked_for_from_near() -> None:
    (page,) = pictures(make("invoice", 3), 40)
    everything = read(page, OCR).lines
    doubted = read(page, OCR, lambda reading: 0.0).lines
    assert len(doubted) >= 0.8 * len(everything)
