"""The text in pictures, read by the real engine."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pagesort.see import Ocr
from pagesort.see.reading import read
from pagesort.types import Image


def sign(*texts: tuple[int, int, int, str], size: tuple[int, int] = (900, 600)) -> Image:
    """White, with each text at x, y in letters of that many pixels."""
    image = Pillow.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for x, y, pixels, text in texts:
        draw.text((x, y), text, fill="black", font=ImageFont.load_default(pixels))
    return np.array(image)


INVOICE = sign((60, 40, 60, "INVOICE"), (60, 300, 28, "Total amount due 184.20"))


@pytest.fixture(scope="module")
def ocr() -> Ocr:
    return Ocr()


def test_lines_have_their_text_place_size_and_certainty(ocr: Ocr) -> None:
    title, total = read(INVOICE, ocr).lines
    assert title.text == "INVOICE" and total.text.replace(" ", "") == "Totalamountdue184.20"
    assert 0.04 < title.left < 0.09 and 0.04 < title.top < 0.14 < title.bottom < 0.22 and 0.3 < title.right < 0.45
    assert title.size == pytest.approx(title.bottom - title.top) and title.size > 1.5 * total.size
    assert 0.8 < title.certainty <= 1


def test_places_are_fractions_of_the_picture_whatever_its_size(ocr: Ocr) -> None:
    """Small pictures are enlarged and thin ones padded before they are read."""
    small = np.array(Pillow.fromarray(INVOICE).resize((300, 200)))
    (title, *_), (reference, *_) = read(small, ocr).lines, read(INVOICE, ocr).lines
    assert title.text == "INVOICE" and title.left == pytest.approx(reference.left, abs=0.02)
    assert title.bottom == pytest.approx(reference.bottom, abs=0.03)
    (strip,) = read(sign((20, 4, 24, "Delivery note"), size=(1200, 36)), ocr).lines
    assert strip.text.replace(" ", "") == "Deliverynote" and strip.right < 0.3 and 0.6 < strip.bottom <= 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (40, 40)])
def test_pictures_without_text_have_no_lines(ocr: Ocr, shape: tuple[int, int]) -> None:
    assert ocr.find(np.full((*shape, 3), 255, np.uint8), 1280) == []


def test_the_same_picture_gives_the_same_lines_in_any_thread() -> None:
    ocr = Ocr()
    other = sign((60, 100, 40, "Delivery note 4711"))
    expected = [read(INVOICE, ocr).lines, read(other, ocr).lines]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda image: read(image, ocr).lines, [INVOICE, other] * 4))
    assert found == expected * 4


def test_nothing_is_fetched_and_nothing_is_said(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    ocr = Ocr()
    assert read(INVOICE, ocr).lines and read(np.full((50, 50, 3), 255, np.uint8), ocr).lines == ()
    assert capfd.readouterr() == ("", "")


def test_a_line_alone_can_be_read(ocr: Ocr) -> None:
    """Whoever needs one line pays for one."""
    regions = ocr.find(INVOICE, 736)
    assert len(regions) == 2
    texts = {line.text for region in regions for line in ocr.read(INVOICE, [region]) if line}
    assert "INVOICE" in texts and len(texts) == 2
