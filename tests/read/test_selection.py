"""What people write for page ranges, and what they get told when it makes no sense."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.errors import InvalidRequest
from pagesort.read import select_pages


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (None, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("1-5,9", [0, 1, 2, 3, 4, 8]),
        (" 9 , 1 - 2 ", [0, 1, 8]),
        ("8-", [7, 8]),
        ("-2", [0, 1]),
        ("3", [2]),
        ("2,2,1-2", [0, 1]),
        ([8, 0, 0], [0, 8]),
        (range(2), [0, 1]),
        ((n for n in (4, 3)), [3, 4]),
    ],
)
def test_pages_come_numbered_from_zero_sorted_and_once(pages: Any, expected: list[int]) -> None:
    assert select_pages(pages, 9) == expected


@pytest.mark.parametrize(
    "pages", ["", " ", ",", "1,", "a", "1-2-3", "1 2", "-", "0", "10", "1-10", "10-", "5-3", "1.5", "٣", "-0"]
)
def test_text_that_names_no_page_of_the_document_is_refused(pages: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        select_pages(pages, 9)
    assert caught.value.field == "pages"


@pytest.mark.parametrize("pages", [[], [9], [-1], [True], ["1"], [1.0], 3, b"1-2"])
def test_lists_of_anything_but_page_numbers_are_refused(pages: Any) -> None:
    with pytest.raises(InvalidRequest) as caught:
        select_pages(pages, 9)
    assert caught.value.field == "pages"


def test_errors_say_how_many_pages_there_are_and_how_to_write_them() -> None:
    with pytest.raises(InvalidRequest, match="9 pages are numbered 1 to 9"):
        select_pages("12", 9)
    with pytest.raises(InvalidRequest, match="9 pages are numbered 0 to 8"):
        select_pages([12], 9)
    with pytest.raises(InvalidRequest, match='write "3-5"'):
        select_pages("5-3", 9)
    with pytest.raises(InvalidRequest, match='for example "1-5,9"'):
        select_pages("first", 9)


@given(st.text(alphabet="0123456789-, x", max_size=12), st.integers(1, 30))
def test_any_text_gives_pages_of_the_document_or_a_clear_error(text: str, page_count: int) -> None:
    try:
        pages = select_pages(text, page_count)
    except InvalidRequest:
        return
    assert pages and pages == sorted(set(pages)) and pages[0] >= 0 and pages[-1] < page_count
