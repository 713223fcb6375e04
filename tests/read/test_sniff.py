"""A file is known by its content; what is not read is named, with the way out."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.errors import UnsupportedDocument
from pagesort.read.sniff import IMAGES, OFFICE, TEXTS, sniff
from samples.images import samples
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
    expected = {"apng": "PNG", "heic": "HEIF", "jp2": "JPEG2000", "j2k": "JPEG2000", "pbm": "PPM", "bigtiff": "TIFF"}
    for name, data in samples().items():
        assert kind_of(data, "letter.pdf") == expected.get(name, name.split()[0].upper()), name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "PPTX"),
        (open_document_archive("text"), "ODT"),
        (open_document_archive("presentation"), "ODP"),
        (compound_file("WordDocument"), "DOC"),
        (compound_file("PowerPoint Document"), "PPT"),
        (compound_file("EncryptedPackage"), "OOXML"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf", "HEIF"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf", "AVIF"),
        (b"<!DOCTYPE html><p>Hello", "HTML"),
        (b"\xef\xbb\xbf\n<HTML><body>Hello", "HTML"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "HTML"),
        (b"Return-Path: <a@example.com>\r\nFrom: a@example.com\r\n\r\nHello", "EML"),
        (b"From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/plain;\n charset=utf-8\n\nHello", "EML"),
        (b"# Minutes\n\nWe met.", "MD"),
        (b"| a | b |\n|---|---|\n" + b"| 1 | 2 |\n" * 9, "MD"),
        (b"From: Ada Winter\nTo: All staff\nDate: 2 March\n\nPlease note that ...", "TXT"),
        (b"Dear Mrs. Winter,\nthank you for your order.\n", "TXT"),
        (b"Blue, red, green\nand yellow\n", "TXT"),
        ("Sehr geehrte Frau Winter".encode("utf-16"), "TXT"),
        ("お元気ですか".encode(), "TXT"),
        (b"P1 is the first of our plans", "TXT"),
        ("Sehr geehrte Frau Müller, schöne Grüße".encode("windows-1252"), "TXT"),
        ("Добрый день, Анна".encode(), "TXT"),
    ],
)
def test_documents_are_known_by_how_they_begin(data: bytes, kind: str) -> None:
    assert kind_of(data, "letter.pdf") == kind


def test_a_short_table_is_a_spreadsheet_only_where_it_is_called_one() -> None:
    assert kind_of(b"red,1\nblue,2\n", "colours.txt") == "TXT"
    with pytest.raises(UnsupportedDocument, match="CSV"):
        kind_of(b"red,1\nblue,2\n", "colours.csv")
    assert kind_of(pdf(text_page("Hello")), "colours.csv") == "PDF"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (archive("xl/workbook.xml"), "Excel"),
        (compound_file("Workbook"), "Excel"),
        (open_document_archive("spreadsheet"), "OpenDocument spreadsheet"),
        (b"date,text,amount\n" + b"2026-03-02,paint,31.80\n" * 6, "CSV"),
    ],
)
def test_spreadsheets_are_sent_to_a_printer(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedDocument, match=f"sales.bin looks like .*{what}.*Spreadsheets have no pages: print it to PDF"):
        kind_of(data, "sales.bin")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (compound_file("Something"), "older Office file"),
        (compound_file("__properties_version1.0"), "Outlook message"),
        (archive("a.txt"), "zip archive"),
        (b"PK\x03\x04 broken", "zip archive"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", "no kind of file known here"),
        (bytes(64), "no kind of file known here"),
        (b"\xff" * 2000, "no kind of file known here"),
        ("Добрый день, Анна".encode("windows-1251"), "no kind of file known here"),
    ],
)
def test_anything_else_is_named_and_told_what_is_read(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedDocument, match=f"letter.pdf looks like .*{what}.*Read are PDF, images"):
        kind_of(data, "letter.pdf")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"RIFF", b"\0\0\0\x18ftyp", b"From: a\n"):
        try:
            assert kind_of(start + data) in {"PDF"} | IMAGES | OFFICE | TEXTS
        except UnsupportedDocument as error:
            assert "Read are" in str(error)
