"""What a file is, told by its content alone: names and content types lie."""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO, Literal

from pagesort.errors import UnsupportedDocument

Kind = Literal[
    "PDF", "JPEG", "PNG", "BMP", "DCX", "DDS", "DIB", "GD", "GIF", "ICNS", "JPEG2000", "PCX", "PPM", "PSD", "TGA", "TIFF", "WEBP"
]
"""A PDF, or the image format under the name that Pillow gives it (APNG is PNG; GD is ours)."""

READ = "PDF and images (JPEG, PNG, APNG, TIFF, GIF, WEBP, BMP, JPEG 2000, PSD, PPM, PCX, DCX, DDS, DIB, GD, ICNS, TGA)"

HEAD = 4096
"""Bytes looked at; enough for a PDF header that follows 1024 bytes of junk, and for the first names in a zip archive."""

_MAGIC: list[tuple[bytes, Kind]] = [
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),  # BigTIFF
    (b"MM\0+", "TIFF"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),  # a bare code stream
    (b"8BPS", "PSD"),
    (b"DDS ", "DDS"),
    (b"icns", "ICNS"),
    (b"\xb1\x68\xde\x3a", "DCX"),
]

_FOREIGN: list[tuple[bytes, str]] = [
    (b"{\\rtf", "an RTF text document"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"AT&TFORM", "a DjVu document"),
]

_OFFICE = [  # a name inside the container, in the order of asking, and what holds it
    (b"word/", "a Word document (DOCX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"xl/", "an Excel spreadsheet (XLSX)"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (ODP)"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (ODS)"),
    ("WordDocument".encode("utf-16-le"), "a Word document (DOC)"),
    ("PowerPoint Document".encode("utf-16-le"), "a PowerPoint presentation (PPT)"),
    ("Workbook".encode("utf-16-le"), "an Excel spreadsheet (XLS)"),
    ("EncryptedPackage".encode("utf-16-le"), "an Office file protected by a password"),
]
_CONVERTED = ("Word", "PowerPoint", "OpenDocument text", "OpenDocument presentation")


def sniff(stream: BinaryIO, name: str) -> Kind:
    """The kind of document that `stream` holds. Raises `UnsupportedDocument`, which says what it looks like instead."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD)
    if kind := _read_kind(head, size):
        return kind
    if looks := _foreign(stream, head, size):
        raise UnsupportedDocument(f"{name} looks like {looks}. {_advice(looks)}")
    if _is_tga(head):  # no magic number: only once everything else is ruled out
        return "TGA"
    looks = "plain text" if _is_text(head) else "no kind of file known here"
    raise UnsupportedDocument(f"{name} looks like {looks}. {_advice(looks)}")


def _read_kind(head: bytes, size: int) -> Kind | None:
    """One of the kinds that are read, by magic number or an unmistakable header."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if b"%PDF-" in head[:1024]:  # readers allow for junk before it: ISO 32000-1, annex H.3.4.1
        return "PDF"
    checks: list[tuple[bool, Kind]] = [
        (_is_bitmap_header(head[14:]) and head[:2] == b"BM", "BMP"),
        (_is_bitmap_header(head), "DIB"),
        (_is_pcx(head), "PCX"),
        (re.match(rb"P[1-6]\s+(#|\d)", head) is not None, "PPM"),
        (gd_layout(head, size) is not None, "GD"),
    ]
    return next((kind for found, kind in checks if found), None)


def _is_bitmap_header(head: bytes) -> bool:
    """A Windows bitmap header: its own size, then width, height, one plane, bits per pixel."""
    if len(head) < 16:
        return False
    size = struct.unpack_from("<I", head)[0]
    if size not in (12, 16, 40, 52, 56, 64, 108, 124):
        return False
    planes, bits = struct.unpack_from("<HH", head, 8 if size == 12 else 12)
    return planes == 1 and bits in (1, 2, 4, 8, 16, 24, 32)


def _is_pcx(head: bytes) -> bool:
    return len(head) >= 128 and head[0] == 10 and head[1] in (0, 2, 3, 4, 5) and head[2] in (0, 1) and head[3] in (1, 2, 4, 8)


def gd_layout(head: bytes, size: int) -> tuple[bool, int, int, int] | None:
    """Of a GD 2 picture: whether it is true colour, width, height, and where its pixels start; None if it is none.

    Two signature bytes tell little, so the file must have exactly the size that the header implies.
    Source: the image file header and colour header of libgd, gd_gd.c.
    """
    if len(head) < 12 or head[:2] not in (b"\xff\xfe", b"\xff\xff"):
        return None
    true_color = head[:2] == b"\xff\xfe"
    width, height = struct.unpack_from(">HH", head, 2)
    start = 11 if true_color else 13 + 256 * 4
    fits = width and height and head[6] == true_color and size == start + width * height * (4 if true_color else 1)
    return (true_color, width, height, start) if fits else None


def _is_tga(head: bytes) -> bool:
    """A plausible Truevision header: https://www.fileformat.info/format/tga/egff.htm"""
    if len(head) < 18:
        return False
    _, has_map, kind, _, _, map_bits, _, _, width, height, bits, flags = struct.unpack_from("<BBBHHBHHHHBB", head)
    mapped = kind in (1, 9)
    if not (width and height) or has_map not in (0, 1) or kind not in (1, 2, 3, 9, 10, 11) or flags & 0xC0:
        return False
    if mapped:
        return has_map == 1 and bits in (8, 16) and map_bits in (15, 16, 24, 32)
    return bits in (1, 8, 15, 16, 24, 32) if kind in (3, 11) else bits in (15, 16, 24, 32)


def _foreign(stream: BinaryIO, head: bytes, size: int) -> str | None:
    """What else the file is, in words; None where nothing betrays it."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        stream.seek(max(0, size - 65536))  # the names of the archive's members stand at its end
        return _office(head + stream.read()) or "a zip archive"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _office(_ole_directory(stream, head)) or "an older Office file"
    if head[4:8] == b"ftyp":
        return "a HEIC or AVIF photo" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif") else "a video"
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            return what
    start = head[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "a web page (HTML)"
    return "XML" if start.startswith((b"<?xml", b"<svg")) else None


def _ole_directory(stream: BinaryIO, head: bytes) -> bytes:
    """The first sectors of a compound file's directory: [MS-CFB] 2.2, sector shift at 30, first directory sector at 48."""
    if len(head) < 52:
        return b""
    shift = struct.unpack_from("<H", head, 30)[0]
    sector = struct.unpack_from("<I", head, 48)[0]
    if shift not in (9, 12):
        return b""
    stream.seek((sector + 1) << shift)
    return stream.read(HEAD)


def _office(names: bytes) -> str | None:
    return next((what for name, what in _OFFICE if name in names), None)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return bool(head) and control / len(head) < 0.01


def _advice(looks: str) -> str:
    if any(what in looks for what in _CONVERTED):
        return f"Word, PowerPoint and OpenDocument files are not read yet: convert it to PDF first. Read are {READ}."
    if "HEIC" in looks:
        return f"Convert it to JPEG or PDF first. Read are {READ}."
    return f"Read are {READ}."
