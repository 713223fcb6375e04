"""A file is known by its content; what is not read is named, with the way out."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.errors import UnsupportedDocument
from pagesort.read.sniff import sniff
from tests.read.images import samples
from tests.read.pdfs import pdf, text_page


def kind_of(data: bytes, name: str = "file.bin") -> str:
    return sniff(BytesIO(data), name)


def archive(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def open_document_archive(kind: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        file.writestr("content.xml", "x")
    return buffer.getvalue()


def compound_file(stream: str) -> bytes:
    """The first sectors of an OLE file whose directory, in sector 2, names one stream."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 2)
    return (
        bytes(header)
        + bytes(1024)
        + "Root Entry".encode("utf-16-le").ljust(128, b"\0")
        + stream.encode("utf-16-le").ljust(128, b"\0")
    )


def test_a_pdf_is_known_even_behind_junk() -> None:
    data = pdf(text_page("Hello"))
    assert kind_of(data) == "PDF"
    assert kind_of(b"HTTP/1.1 200 OK\r\n\r\n" + data) == "PDF"


def test_every_image_format_is_known_whatever_the_file_is_called() -> None:
    expected = {"apng": "PNG", "jp2": "JPEG2000", "j2k": "JPEG2000", "pbm": "PPM", "bigtiff": "TIFF"}
    for name, data in samples().items():
        assert kind_of(data, "letter.pdf") == expected.get(name, name.split()[0].upper()), name


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "Word"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        (open_document_archive("text"), "OpenDocument text"),
        (open_document_archive("presentation"), "OpenDocument presentation"),
        (compound_file("WordDocument"), "Word"),
        (compound_file("PowerPoint Document"), "PowerPoint"),
    ],
)
def test_office_documents_are_sent_to_a_converter(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedDocument, match=f"offer.bin looks like an? {what}.*convert it to PDF first"):
        kind_of(data, "offer.bin")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (archive("xl/workbook.xml"), "Excel"),
        (compound_file("Workbook"), "Excel"),
        (compound_file("Something"), "older Office file"),
        (open_document_archive("spreadsheet"), "OpenDocument spreadsheet"),
        (archive("a.txt"), "zip archive"),
        (b"PK\x03\x04 broken", "zip archive"),
        (b"<!DOCTYPE html><p>Hello", "HTML"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"Dear Mrs. Winter,\nthank you for your order.\n", "plain text"),
        ("Sehr geehrte Frau Winter".encode("utf-16"), "plain text"),
        ("お元気ですか".encode(), "plain text"),
        (b"P1 is the first of our plans", "plain text"),
        (bytes(64), "no kind of file known here"),
    ],
)
def test_anything_else_is_named_and_told_what_is_read(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedDocument, match=f"letter.pdf looks like .*{what}.*Read are PDF and images"):
        kind_of(data, "letter.pdf")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"RIFF"):
        try:
            kind_of(start + data)
        except UnsupportedDocument as error:
            assert "Read are" in str(error)
