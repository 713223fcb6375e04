"""What comes out of a PDF: upright lines with boxes, upright pictures, and clear errors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pagesort.errors import DocumentTooLarge, EncryptedDocument, PageUnreadable, UnreadableDocument
from pagesort.options import Options
from pagesort.read.pdf_text import _written
from pagesort.types import Image, Line
from samples.images import picture
from tests.read.opening import OPTIONS, open_document
from tests.read.pdfs import HEIGHT, WIDTH, Draw, pdf, scan_page, text_page


def lines_of(data: bytes, page: int = 0, password: str | None = None) -> tuple[Line, ...]:
    with open_document(data, password=password) as document:
        return document.page(page).text_layer() or ()


def rendered(data: bytes, longest_side: int = 300) -> Image:
    with open_document(data, OPTIONS) as document:
        return document.page(0).render(longest_side)


def share(data: bytes) -> float:
    with open_document(data, OPTIONS) as document:
        return document.page(0).picture_share()


def test_lines_have_their_text_place_and_type_size() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(100, 500, "Invoice")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(40, 300, "Thank you for your order.")

    title, body = lines_of(pdf(draw))
    assert (title.text, body.text) == ("Invoice", "Thank you for your order.")
    assert title.size == pytest.approx(30 / HEIGHT) and body.size == pytest.approx(10 / HEIGHT)
    assert title.left == pytest.approx(100 / WIDTH, abs=0.01) and title.right == pytest.approx(202 / WIDTH, abs=0.02)
    assert title.top < 1 - 520 / HEIGHT < 1 - 500 / HEIGHT < title.bottom
    assert title.certainty == 1


def test_type_that_is_scaled_by_the_page_has_the_size_it_is_seen_in() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(2, 2)
        canvas.drawString(20, 100, "Enlarged")

    (line,) = lines_of(pdf(draw))
    assert line.size == pytest.approx(24 / HEIGHT)


def test_cells_far_apart_are_lines_of_their_own_and_words_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 400, "Blue paint, 5 litres")
        canvas.drawString(200, 400, "2")
        canvas.drawString(300, 400, "31.80")

    assert [line.text for line in lines_of(pdf(draw))] == ["Blue paint, 5 litres", "2", "31.80"]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    first, second = lines_of(pdf(text_page("This is a certifi-", "cate of attendance")))
    assert first.text == "This is a certificate" and second.text == "of attendance"
    assert first.bottom < second.bottom and first.right < 0.45


def test_characters_nobody_sees_are_dropped() -> None:
    (line,) = lines_of(pdf(text_page("Payment\u00a0\u00a0 due")))
    assert line.text == "Payment due"
    # Fonts that yield these cannot be made here.
    words = ["Pay\u00adment\x07", "\ufffe", "certi\ufb01ed", "\ud83d\udc49", "\ud83d"]
    assert _written(words) == "Payment certified \U0001f449 \ufffd"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(rotation: int) -> None:
    """The sheet is drawn so that it is upright, 400 x 600, once the viewer turns it."""
    transforms = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, HEIGHT, 0),
        180: (-1, 0, 0, -1, WIDTH, HEIGHT),
        270: (0, -1, 1, 0, 0, WIDTH),
    }

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.transform(*transforms[rotation])
        canvas.setFont("Helvetica", 20)
        canvas.drawString(30, HEIGHT - 50, "Top left corner")

    data = pdf(draw)
    (line,) = lines_of(data)
    with open_document(data, OPTIONS) as document:
        width, height = document.page(0).size
        image = document.page(0).render(400)
    assert (width, height) == (WIDTH, HEIGHT)
    assert image.shape[1] / image.shape[0] == pytest.approx(width / height, abs=0.01)
    assert line.text == "Top left corner" and line.left < 0.1 and line.top < 0.15
    assert line.size == pytest.approx(20 / height)
    dark = np.argwhere(image.mean(axis=2) < 128) / image.shape[:2]
    assert (dark.min(axis=0) >= (line.top, line.left)).all() and (dark.max(axis=0) <= (line.bottom, line.right)).all()


def test_places_are_those_of_the_crop_box() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((100, 200, 300, 500))
        canvas.drawString(110, 480, "Inside")
        canvas.drawString(10, 20, "Cut away")

    data = pdf(draw)
    (line,) = lines_of(data)
    assert line.text == "Inside" and line.left == pytest.approx(0.05, abs=0.01) and line.bottom < 0.1
    assert rendered(data).shape[:2] == (300, 200)


def test_the_render_is_never_larger_than_asked() -> None:
    for side in (1, 7, 333, 1750):
        image = rendered(pdf(text_page("Hello")), side)
        assert max(image.shape[:2]) == side and image.dtype == np.uint8 and image.shape[2] == 3


def test_colours_come_as_rgb() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, WIDTH, HEIGHT, fill=1)

    assert rendered(pdf(draw))[150, 100].tolist() == [255, 0, 0]


def test_values_filled_into_form_fields_are_drawn() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(
            name="name", value="Ada Winter", x=50, y=300, width=250, height=30, borderWidth=0, fillColor=None
        )

    assert (rendered(pdf(draw), 600) < 100).any()


def test_the_share_of_pictures() -> None:
    def logo(canvas: Canvas) -> None:
        canvas.drawInlineImage(picture(), 20, 500, 40, 60)

    def scan_in_a_form(canvas: Canvas) -> None:
        canvas.beginForm("scan")
        canvas.drawInlineImage(picture(), 0, 0, WIDTH, HEIGHT)
        canvas.endForm()
        canvas.doForm("scan")

    assert share(pdf(text_page("Only text"))) == 0
    assert share(pdf(scan_page(picture()))) == pytest.approx(1)
    assert share(pdf(scan_in_a_form)) == pytest.approx(1)
    assert share(pdf(logo)) == pytest.approx(0.01)


def test_an_encrypted_pdf_opens_with_its_password_alone() -> None:
    data = pdf(text_page("Secret"), encrypt=StandardEncryption("open sesame"))
    with pytest.raises(EncryptedDocument, match=r"upload is protected by a password. Give it as `password`, or save a copy"):
        lines_of(data)
    with pytest.raises(EncryptedDocument, match="does not open with the password given"):
        lines_of(data, password="open barley")
    assert [line.text for line in lines_of(data, password="open sesame")] == ["Secret"]
    assert [line.text for line in lines_of(pdf(text_page("Open")), password="open sesame")] == ["Open"]


def test_a_pdf_that_anyone_may_open_needs_no_password() -> None:
    data = pdf(text_page("Not to be copied"), encrypt=StandardEncryption("", "owner", canCopy=0))
    assert [line.text for line in lines_of(data)] == ["Not to be copied"]


def test_broken_pdfs() -> None:
    no_pages = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"
    for data in (b"%PDF-1.7\n", b"%PDF-1.4 but really a text file that somebody renamed", b"%PDF-1.4\n" + no_pages):
        with pytest.raises(UnreadableDocument, match="upload is broken"):
            lines_of(data)


def test_more_pages_than_allowed() -> None:
    data = pdf(*[text_page("Hello")] * 3)
    with (
        pytest.raises(DocumentTooLarge, match=r"3 pages; at most 2.*PAGESORT_MAX_PAGES"),
        open_document(data, Options(max_pages=2)),
    ):
        pass


def test_a_broken_page_does_not_cost_the_others() -> None:
    data = pdf(text_page("First"), text_page("Second"))
    broken = data.replace(b"/Type /Page\n", b"/Type /Pagg\n", 1)
    assert broken != data
    with open_document(broken, OPTIONS) as document:
        assert document.page_count == 2
        assert [line.text for line in document.page(1).text_layer() or ()] == ["Second"]
        with pytest.raises(PageUnreadable, match="Page 3 of upload"):
            document.page(2)


def test_a_huge_picture_is_refused_before_it_is_decoded() -> None:
    data = pdf(scan_page(picture((640, 480))))
    with open_document(data, Options(max_pixels=640 * 480 - 1)) as document, pytest.raises(PageUnreadable, match="640 x 480"):
        document.page(0).render(100)


def test_pages_are_read_and_drawn_by_many_threads_at_once() -> None:
    pages: list[Draw] = [text_page(f"Page {number}") for number in range(24)]
    with open_document(pdf(*pages), OPTIONS) as document:

        def work(number: int) -> tuple[str, int]:
            page = document.page(number)
            image = page.render(200)
            return (page.text_layer() or ())[0].text, int(image.sum())

        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(work, range(24)))
        assert together == [work(number) for number in range(24)]
        assert [text for text, _ in together] == [f"Page {number}" for number in range(24)]
