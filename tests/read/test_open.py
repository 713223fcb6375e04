"""Every kind of source opens; what cannot be opened says why; a caller's file stays the caller's."""

from __future__ import annotations

import os
from io import BytesIO, RawIOBase, StringIO
from pathlib import Path
from typing import Any

import pytest

from pagesort.errors import (
    DocumentNotFound,
    DocumentTooLarge,
    EmptyDocument,
    InvalidRequest,
    UnsupportedDocument,
    UrlNotFetched,
)
from pagesort.options import Options
from pagesort.read import Source
from samples.images import saved
from tests.read.opening import OPTIONS, open_document
from tests.read.pdfs import pdf, text_page

LETTER = pdf(text_page("Dear Mrs. Winter"))


class Pipe(RawIOBase):
    """A stream that can be read once, from the front, a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part, self._rest = self._rest[: min(len(buffer), 1000)], self._rest[min(len(buffer), 1000) :]
        buffer[: len(part)] = part
        return len(part)


def opened(source: Source | Any, filename: str | None = None, options: Options = OPTIONS) -> tuple[str, int]:
    with open_document(source, options, filename) as document:
        return document.name, document.page_count


def test_all_kinds_of_sources(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(LETTER)
    assert opened(path) == opened(str(path)) == ("letter.pdf", 1)
    assert opened(LETTER) == opened(bytearray(LETTER)) == opened(memoryview(LETTER)) == ("upload", 1)
    assert opened(BytesIO(LETTER)) == opened(Pipe(LETTER)) == ("upload", 1)
    with path.open("rb") as file:
        assert opened(file) == ("letter.pdf", 1)


def test_the_name_given_wins() -> None:
    assert opened(LETTER, "scan 7.pdf") == ("scan 7.pdf", 1)
    assert opened(BytesIO(LETTER), "scan 7.pdf") == ("scan 7.pdf", 1)


def test_a_file_object_is_read_from_its_beginning_and_left_open() -> None:
    for data in (LETTER, saved("PNG"), saved("TIFF"), saved("GIF")):
        file = BytesIO(data)
        file.seek(0, os.SEEK_END)
        with open_document(file, OPTIONS) as document:
            document.page(0).render(100)
        assert not file.closed


def test_a_file_that_was_opened_here_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(saved("PNG"))
    assert opened(path) == ("photo.png", 1)  # a file left open would be a ResourceWarning, and that an error
    broken = tmp_path / "notes.pdf"
    broken.write_text("<?xml version='1.0'?>")
    with pytest.raises(UnsupportedDocument, match=r"notes.pdf looks like XML"):
        opened(broken)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound, match=r"missing.pdf does not exist"):
        opened(tmp_path / "missing.pdf")
    with pytest.raises(DocumentNotFound, match="is a directory"):
        opened(tmp_path)
    with pytest.raises(DocumentNotFound, match="is a device"):
        opened(Path(os.devnull))
    with pytest.raises(DocumentNotFound, match="cannot be opened"):
        opened("a\0b")
    with pytest.raises(DocumentNotFound, match="cannot be opened"):
        opened("x" * 5000)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(LETTER)
    path.chmod(0)
    with pytest.raises(DocumentNotFound, match="may not be read by this user"):
        opened(path)


@pytest.mark.parametrize("source", [b"", BytesIO(), Pipe(b"")])
def test_an_empty_document(source: Any) -> None:
    with pytest.raises(EmptyDocument, match="empty"):
        opened(source)


@pytest.mark.parametrize("source", [LETTER, BytesIO(LETTER), Pipe(LETTER)])
def test_more_bytes_than_allowed(source: Any) -> None:
    with pytest.raises(DocumentTooLarge, match=r"larger than the 100 bytes.*PAGESORT_MAX_BYTES"):
        opened(source, options=Options(max_bytes=100))


@pytest.mark.parametrize("source", [None, 7, ["a.pdf"], StringIO("text")])
def test_things_that_are_no_source(source: Any) -> None:
    with pytest.raises(InvalidRequest) as caught:
        opened(source)
    assert caught.value.field == "source"


def test_a_closed_file() -> None:
    file = BytesIO(LETTER)
    file.close()
    with pytest.raises(DocumentNotFound, match="closed file"):
        opened(file)


@pytest.mark.parametrize("url", ["ftp://example.com/a.pdf", "file:///etc/passwd", "s3://bucket/a.pdf"])
def test_other_schemes_are_not_fetched(url: str) -> None:
    with pytest.raises(UrlNotFetched, match="only http and https"):
        opened(url)
