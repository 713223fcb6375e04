"""Which pages of a document the caller wants: every accepted spelling, checked, as page numbers from 0."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pagesort.errors import InvalidRequest

PagesInput = str | Iterable[int] | None
"""As people write it, from 1 ("1-5,9", "3-", "-2"); or page numbers from 0; or None for all pages."""

_RANGE = re.compile(r"(?P<only>\d{1,9})|(?P<first>\d{1,9})\s*-\s*(?P<last>\d{1,9})?|-\s*(?P<until>\d{1,9})", re.ASCII)


def select_pages(pages: PagesInput, page_count: int) -> list[int]:
    """The pages asked for, numbered from 0, in page order, each once.

    Raises `InvalidRequest` for the field "pages" where a range is empty, reversed, not a number or not in the document.
    """
    if pages is None:
        return list(range(page_count))
    if isinstance(pages, str):
        numbers = [number for part in pages.split(",") for number in _range(part.strip(), page_count)]
    else:
        numbers = [_number(number, page_count) for number in _items(pages)]
    if not numbers:
        raise InvalidRequest("pages", "names no page; leave it out for all pages", "too_short")
    return sorted(set(numbers))


def _range(part: str, page_count: int) -> range:
    """One part of the written form, e.g. "3-5", "3-", "-5" or "3"."""
    match = _RANGE.fullmatch(part)
    if not match:
        raise InvalidRequest("pages", f'{_shown(part)} is no page range; write for example "1-5,9" or "3-"', "page_range")
    first = int(match["first"] or match["only"] or 1)
    last = int(match["last"] or match["until"] or match["only"] or max(first, page_count))
    if first < 1 or max(first, last) > page_count:
        raise InvalidRequest("pages", f"{_shown(part)} lies outside the document, {_extent(page_count, 1)}", "page_range")
    if last < first:
        raise InvalidRequest("pages", f'{_shown(part)} runs backwards; write "{last}-{first}"', "page_range")
    return range(first - 1, last)


def _items(pages: Iterable[int]) -> list[int]:
    if isinstance(pages, bytes | bytearray) or not isinstance(pages, Iterable):
        message = f'must be text such as "1-5,9" or a list of page numbers from 0, not {type(pages).__name__}'
        raise InvalidRequest("pages", message, "pages_type")
    return list(pages)


def _number(number: object, page_count: int) -> int:
    if not isinstance(number, int) or isinstance(number, bool):
        raise InvalidRequest("pages", f"{_shown(number)} is not a page number; those in a list count from 0", "pages_type")
    if not 0 <= number < page_count:
        raise InvalidRequest("pages", f"{number} lies outside the document, {_extent(page_count, 0)}", "page_range")
    return number


def _extent(page_count: int, first: int) -> str:
    """What the document has, counted the way the caller counts."""
    if page_count == 1:
        return f"whose only page is page {first}"
    return f"whose {page_count} pages are numbered {first} to {first + page_count - 1}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
