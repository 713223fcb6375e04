"""Bodies → forms: limits, odd parts, broken bodies, however the network cuts them."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from pagesort.doors.http import multipart
from pagesort.doors.http.multipart import read_multipart
from pagesort.errors import DocumentTooLarge, InvalidRequest, PagesortError

TYPE = "multipart/form-data; boundary=XX"
Found = tuple[list[tuple[str, str]], bytes | None, bytes | None]


def part(name: str, value: bytes, extra: str = "", headers: str = "") -> bytes:
    return f'--XX\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n{headers}\r\n'.encode() + value + b"\r\n"


def read(body: bytes | Iterable[bytes], *, max_bytes: int = 1000, content_type: str = TYPE, length: int | None = None) -> Found:
    """Fields, file name and content of the document."""
    chunks = iter([body] if isinstance(body, bytes) else body)

    async def receive() -> Message:
        chunk = next(chunks, None)
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def run() -> Found:
        headers = [(b"content-type", content_type.encode())]
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        async with read_multipart(Request({"type": "http", "headers": headers}, receive), max_bytes) as form:
            return form.fields, form.filename, form.document.path.read_bytes() if form.document else None

    return anyio.run(run)


BODY = (
    part("document", b"%PDF-1.7\r\n--X\r\n\x00\xff", '; filename="a.pdf"', "Content-Type: text/html\r\n")
    + part("classes", '["Ü", "ß"]'.encode())
    + part("photo", b"ignored", '; filename="b.png"')
    + part("tags", b"ignored")
    + b"--XX--\r\n"
)


def test_order_content_types_and_unknown_parts_do_not_matter() -> None:
    assert read(BODY) == ([("classes", '["Ü", "ß"]')], b"a.pdf", b"%PDF-1.7\r\n--X\r\n\x00\xff")


@given(st.lists(st.integers(0, len(BODY))))
def test_it_does_not_matter_where_the_network_cuts_the_body(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(BODY)]

    assert read([BODY[start:end] for start, end in itertools.pairwise(edges)]) == read(BODY)


def test_a_document_sent_as_text_keeps_its_bytes() -> None:
    assert read(part("document", b"%PDF\xff\xfe\x00") + b"--XX--") == ([], None, b"%PDF\xff\xfe\x00")


def test_a_class_list_sent_as_file_is_still_text() -> None:
    assert read(part("classes", b'["a"]', '; filename="classes.json"') + b"--XX--")[0] == [("classes", '["a"]')]


def test_an_empty_file_field_of_a_browser_is_no_document_but_an_empty_upload_is() -> None:
    assert read(part("document", b"", '; filename=""') + b"--XX--") == ([], b"", None)
    assert read(part("document", b"", '; filename="upload"') + b"--XX--") == ([], b"upload", b"")


def test_text_that_is_not_utf8_is_refused_by_name() -> None:
    with pytest.raises(InvalidRequest, match="UTF-8") as caught:
        read(part("classes[0][class]", b"caf\xe9") + b"--XX--")

    assert caught.value.field == "classes[0][class]"


def test_two_documents_are_refused() -> None:
    with pytest.raises(InvalidRequest, match="one document per request"):
        read(part("document", b"a", '; filename="a"') + part("document", b"b", '; filename="b"') + b"--XX--")


def test_a_buffer_that_decayed_to_numbers_is_explained() -> None:
    with pytest.raises(InvalidRequest, match="toFile"):
        read(part("document[0]", b"37") + part("document[1]", b"80") + b"--XX--")


def test_a_document_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert read(part("document", b"x" * 1000, '; filename="a"') + b"--XX--")[2] == b"x" * 1000
    with pytest.raises(DocumentTooLarge, match="1,000 bytes"):
        read(part("document", b"x" * 1001, '; filename="a"') + b"--XX--")


def test_an_endless_document_is_refused_as_soon_as_it_passes_the_limit() -> None:
    def endless() -> Iterable[bytes]:
        yield part("document", b"", '; filename="a"')[:-2]
        while True:
            yield b"x" * 500

    with pytest.raises(DocumentTooLarge):
        read(endless())


def test_a_length_over_the_limit_is_refused_before_anything_is_read() -> None:
    def nothing() -> Iterable[bytes]:
        raise AssertionError("the body was read")
        yield b""

    with pytest.raises(DocumentTooLarge):
        read(nothing(), length=10**12)


def test_unknown_parts_count_towards_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "MAX_TEXT", 1000)
    with pytest.raises(DocumentTooLarge):
        read(part("photo", b"x" * 3000, '; filename="b"') + b"--XX--")


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "MAX_TEXT", 1000)
    with pytest.raises(InvalidRequest, match="1,000 bytes"):
        read(part("classes", b"x" * 600) + part("model", b"x" * 600) + b"--XX--")


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "MAX_PARTS", 3)
    with pytest.raises(InvalidRequest, match="one JSON field"):
        read(part("classes[]", b"a") * 4 + b"--XX--")


@pytest.mark.parametrize(
    "content_type", ["", "application/json", "application/x-www-form-urlencoded", "application/pdf", "text/plain; boundary=XX"]
)
def test_a_body_that_is_no_form_is_a_415_that_says_what_to_send(content_type: str) -> None:
    with pytest.raises(HTTPException, match="multipart/form-data") as caught:
        read(b"{}", content_type=content_type)

    assert caught.value.status_code == 415


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", TYPE),
        (b"junk", TYPE),
        (b"--XX--", f"multipart/form-data; boundary={'x' * 300}"),
        (BODY[:-10], TYPE),
        (BODY.replace(b"--XX", b"--YY"), TYPE),
        (b"--XX\r\nContent-Type: text/plain\r\n\r\nno name\r\n--XX--", TYPE),
        (b"--XX\r\n: bad header\r\n\r\n\r\n--XX--", TYPE),
        (part("x" * 5000, b"") + b"--XX--", TYPE),
    ],
)
def test_a_broken_form_is_refused_with_the_way_out(body: bytes, content_type: str) -> None:
    with pytest.raises(InvalidRequest, match=r"^body: the multipart form is broken: .* send multipart/form-data"):
        read(body, content_type=content_type)


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary="])
def test_a_content_type_without_boundary_is_explained(content_type: str) -> None:
    with pytest.raises(InvalidRequest, match="let the HTTP library write that header"):
        read(BODY, content_type=content_type)


@given(
    st.lists(
        st.sampled_from([BODY[:60], BODY[60:], b"--XX", b"\r\n", b"\r\n\r\n", b'name="', b"--", b":"]) | st.binary(max_size=9)
    )
)
def test_no_body_whatever_raises_anything_but_ours(chunks: list[bytes]) -> None:
    with contextlib.suppress(PagesortError):
        read(chunks)
