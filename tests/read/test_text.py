"""Text files as pages: what a reader sees, in its place and size, and nothing that is hidden."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagesort.errors import DocumentTooLarge
from pagesort.options import Options
from pagesort.read.text import html
from pagesort.read.text.blocks import Block
from pagesort.read.text.layout import pages
from pagesort.types import Line
from samples import texts
from samples.office import LINES, TITLE
from tests.read.opening import open_document


def lines(data: bytes | str, page: int = 0) -> tuple[Line, ...]:
    with open_document(data.encode() if isinstance(data, str) else data) as document:
        return document.page(page).text_layer() or ()


def words(data: bytes | str) -> list[str]:
    return [line.text for line in lines(data)]


@pytest.mark.parametrize("name", texts.samples())
def test_every_sort_of_text_is_read_whatever_it_is_called(name: str) -> None:
    with open_document(texts.samples()[name], filename="holiday.jpg") as document:
        assert document.page_count == 1
        page = document.page(0)
        found = [line.text for line in page.text_layer() or ()]
        image = page.render(800)
    assert {TITLE, *LINES} <= set(found)
    assert image.shape == (800, 565, 3) and (image < 100).any()


def test_columns_of_plain_text_keep_their_places() -> None:
    item, quantity, price, paint, two, amount = lines(texts.PLAIN)[-6:]
    assert [each.text for each in (item, quantity, price, paint, two, amount)] == [
        "Item",
        "Quantity",
        "Price",
        "Blue paint",
        "2",
        "31.80",
    ]
    assert item.left == paint.left < quantity.left < price.left
    assert item.top == quantity.top < paint.top


def test_headings_are_larger_and_rows_of_a_table_stand_side_by_side() -> None:
    for data in (texts.MARKDOWN, texts.HTML):
        by_text = {line.text: line for line in lines(data)}
        assert by_text[TITLE].size > 1.5 * by_text[LINES[0]].size
        assert by_text["Blue paint"].top == by_text["31.80"].top and by_text["Blue paint"].right < by_text["31.80"].left


def test_html_shows_what_a_browser_shows() -> None:
    data = (
        "<html><head><style>p{}</style></head><body><p>Tea &amp; <b>cof</b>fee<br>second\n line</p><script>x</script>"
        "<ul><li>one<li>two</ul><pre>a  b\nc</pre><noscript>no</noscript><img alt='Logo'>"
        "<p><input value='Ada'><input type=hidden value='no'><p>&#x1F600;</body>"
    )
    assert words(data) == ["Tea & coffee", "second line", "- one", "- two", "a", "b", "c", "Logo", "Ada", "\U0001f600"]


def test_mail_has_its_subject_on_top_and_names_what_is_attached() -> None:
    found = words(texts.MAIL)
    assert found[0] == "Your invoice \u20ac 40" and found[1] == "From: Ada Winter <ada@example.com>"
    assert found[-1] == "Attachments: invoice.pdf"


def test_mail_without_a_plain_part_is_read_from_its_html() -> None:
    mail = "Message-ID: <1@example.com>\nFrom: a@example.com\nContent-Type: text/html; charset=latin-1\n\n<p>Caf\xe9<p>Bar"
    assert words(mail.encode("latin-1"))[-2:] == ["Caf\xe9", "Bar"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(encoding: str) -> None:
    assert words("Sehr geehrte Frau M\u00fcller\n\u20ac 40".encode(encoding)) == ["Sehr geehrte Frau M\u00fcller", "\u20ac 40"]


def test_a_long_text_has_as_many_pages_as_a_printer_would_need() -> None:
    text = "".join(f"Line {number}\n" for number in range(200)) + "\fAppendix"
    with open_document(text.encode()) as document:
        assert document.page_count == 5
        assert [(document.page(number).text_layer() or ())[0].text for number in (1, 4)] == ["Line 59", "Appendix"]


def test_a_text_that_fills_too_many_pages_is_refused() -> None:
    with (
        pytest.raises(DocumentTooLarge, match=r"upload fills more than 3 pages.*PAGESORT_MAX_PAGES"),
        open_document(b"word\n" * 10_000, Options(workers=2, max_pages=3)),
    ):
        pass


def test_nothing_leaves_the_sheet() -> None:
    for block in (Block(("x" * 5000,)), Block(("word " * 5000,)), Block(("a" * 300,) * 40), Block(("x" * 5000,), fixed=True)):
        for page in pages([block]):
            for _, left, top, right, bottom, size in page:
                assert 0 <= left <= right <= 1 and 0 <= top < bottom <= 1 and size > 0


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<table>", "<tr>", "<td>", "</td>", "</table>", "<p>", "</p>", "<pre>", "<b", ">", "&#", "x ", "<!--"])
    )
)
def test_no_html_is_too_odd(pieces: list[str]) -> None:
    for page in pages(html.blocks(pieces)):
        assert all(text.strip() for text, *_ in page)
