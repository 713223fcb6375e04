"""Pages copied into files of their own: nothing of them is lost, and nothing of the other pages comes along."""

from __future__ import annotations

import time

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image as Pillow
from reportlab.pdfgen.canvas import Canvas

from pagesort.errors import PageUnreadable
from pagesort.types import Image
from samples.bundle import build
from samples.documents import make, torn
from samples.images import SIZE, picture, samples, saved
from tests.read.opening import open_document
from tests.read.pdfs import pdf, text_page


def copied(content: bytes, *numbers: int) -> bytes:
    with open_document(content) as document:
        return document.copy_pages(numbers)


def pictures(content: bytes, longest_side: int = 500) -> list[Image]:
    with open_document(content) as document:
        return [document.page(number).render(longest_side) for number in range(document.page_count)]


def texts(content: bytes) -> list[list[str]]:
    with open_document(content) as document:
        layers = [document.page(number).text_layer() for number in range(document.page_count)]
    return [[line.text for line in layer or ()] for layer in layers]


def objects(content: bytes, number: int) -> list[object]:
    """What the page's own commands put where."""
    file = pdfium.PdfDocument(content)
    page = file[number]
    found = [(each.type, each.get_bounds(), each.get_matrix().get()) for each in page.get_objects()]
    page.close()
    file.close()
    return list(found)


def test_copied_pages_show_and_say_the_same() -> None:
    bundle = build()
    file = copied(bundle, 2, 3, 5)
    assert len(file) < len(bundle)
    before, after = pictures(bundle), pictures(file)
    assert len(after) == 3
    for place, number in enumerate((2, 3, 5)):
        assert np.array_equal(before[number], after[place])
        assert objects(bundle, number) == objects(file, place)
    assert texts(file) == [texts(bundle)[number] for number in (2, 3, 5)]


def test_the_same_pages_are_the_same_bytes() -> None:
    bundle = build()
    before = copied(bundle, 0, 1)
    time.sleep(1.1)  # dates in a PDF file go by the second
    assert copied(bundle, 0, 1) == before != copied(bundle, 0)


def test_all_pages_are_the_file_itself() -> None:
    content = make("bank statement")
    assert copied(content, 0, 1) == content


def test_nothing_of_the_other_pages_comes_along() -> None:
    file = copied(pdf(text_page("Opal"), text_page("Quartz"), pageCompression=0), 1)
    assert texts(file) == [["Quartz"]]
    assert b"Opal" not in file


def test_values_filled_into_form_fields_are_kept() -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="name", value="Ottilie Brandt", x=50, y=400, width=200, height=30)
        canvas.acroForm.checkbox(name="yes", checked=True, x=50, y=300)

    content = pdf(form, text_page("Quartz"))
    file = copied(content, 0)
    before, after = (pages[0].astype(int) for pages in (pictures(content), pictures(file)))
    assert (before < 128).mean() == pytest.approx((after < 128).mean(), rel=0.1)
    assert (abs(before - after) > 128).mean() < 0.001
    assert "Ottilie Brandt" in texts(file)[0]


def test_a_page_that_cannot_be_copied_is_named() -> None:
    content = torn(build(), 1)
    with pytest.raises(PageUnreadable, match="cannot be copied"):
        copied(content, 1)
    assert texts(copied(content, 0)) == [texts(build())[0]]


@pytest.mark.parametrize("name", samples())
def test_every_image_becomes_a_page_that_shows_it_pixel_for_pixel(name: str) -> None:
    content = samples()[name]
    file = copied(content, 0)
    assert file.startswith(b"%PDF")
    before = pictures(content, 10_000)[0]
    (after,) = pictures(file, max(before.shape))
    assert np.array_equal(before, after)


def test_a_jpeg_goes_in_as_it_is() -> None:
    content = saved("JPEG", quality=60)
    assert content in copied(content, 0)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright(orientation: int) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    content = saved("JPEG", exif=exif, quality=95, subsampling=0)
    (before,), (after,) = pictures(content, max(SIZE)), pictures(copied(content, 0), max(SIZE))
    assert before.shape == after.shape
    assert abs(before.astype(int) - after).max() < 40


def test_frames_of_a_tiff_and_their_size_on_paper() -> None:
    frames = [picture((300, 600)), picture((600, 300)), picture((300, 300))]
    content = saved("TIFF", frames[0], save_all=True, append_images=frames[1:], dpi=(300, 300))
    file = pdfium.PdfDocument(copied(content, 1, 2))
    assert [tuple(map(round, file.get_page_size(number))) for number in range(len(file))] == [(144, 72), (72, 72)]
    file.close()


def test_black_and_white_is_kept_small() -> None:
    content = saved("PNG", picture((1000, 1000)).convert("1"))
    file = pdfium.PdfDocument(copied(content, 0))
    page = file[0]
    (image,) = page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE])
    assert image.get_metadata().bits_per_pixel == 8
    page.close()
    file.close()
