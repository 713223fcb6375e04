"""What a file is, told by its content alone: names and content types lie."""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO, Literal, cast, get_args

from pagesort.errors import UnsupportedDocument
from pagesort.read.sniff_text import is_text, text_kind

Image = Literal[
    "AVIF",
    "BMP",
    "DCX",
    "DDS",
    "DIB",
    "GD",
    "GIF",
    "HEIF",
    "ICNS",
    "JPEG",
    "JPEG2000",
    "PCX",
    "PNG",
    "PPM",
    "PSD",
    "TGA",
    "TIFF",
    "WEBP",
]
"""An image format under the name that Pillow gives it (APNG is PNG; GD is ours)."""
Office = Literal["DOC", "DOCX", "ODP", "ODT", "OOXML", "PPT", "PPTX", "RTF"]
"""What LibreOffice converts. OOXML is a DOCX or PPTX behind a password."""
Text = Literal["EML", "HTML", "MD", "TXT"]
Kind = Literal["PDF"] | Image | Office | Text

IMAGES: frozenset[str] = frozenset(get_args(Image))
OFFICE: frozenset[str] = frozenset(get_args(Office))
TEXTS: frozenset[str] = frozenset(get_args(Text))

READ = (
    "PDF, images (JPEG, PNG, APNG, TIFF, GIF, WEBP, HEIC, AVIF, BMP, JPEG 2000, PSD, PPM, PCX, DCX, DDS, DIB, GD, ICNS, TGA), "
    "Word, PowerPoint and OpenDocument files, RTF, plain text, Markdown, HTML and e-mail (EML)"
)

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
    (b"{\\rtf", "RTF"),
]

_FOREIGN: list[tuple[bytes, str]] = [
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"AT&TFORM", "a DjVu document"),
]

_INSIDE: list[tuple[bytes, Kind]] = [  # a name inside the container, in the order of asking, and what holds it
    (b"word/", "DOCX"),
    (b"ppt/", "PPTX"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "ODT"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "ODP"),
    ("WordDocument".encode("utf-16-le"), "DOC"),
    ("PowerPoint Document".encode("utf-16-le"), "PPT"),
    ("EncryptedPackage".encode("utf-16-le"), "OOXML"),
]
_NOT_READ_INSIDE = [
    (b"xl/", "an Excel spreadsheet (XLSX)"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (ODS)"),
    (b"mimetypeapplication/epub", "an e-book (EPUB)"),
    ("Workbook".encode("utf-16-le"), "an Excel spreadsheet (XLS)"),
    ("Book".encode("utf-16-le"), "an Excel spreadsheet (XLS)"),
    ("__properties_version".encode("utf-16-le"), "an Outlook message (MSG)"),
    ("VisioDocument".encode("utf-16-le"), "a Visio drawing"),
]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAIL = 64 * 1024
"""Bytes at the end of an archive, where the names of its members stand."""


def sniff(stream: BinaryIO, name: str) -> Kind:
    """The kind of document that `stream` holds. Raises `UnsupportedDocument`, which says what it looks like instead."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD)
    if kind := _read_kind(head, size):
        return kind
    if head.startswith((*_ZIP, _OLE)):
        return _container(stream, head, size, name)
    if looks := next((what for magic, what in _FOREIGN if head.startswith(magic)), None):
        raise _unsupported(name, looks)
    if _is_tga(head):  # no magic number: only once everything else is ruled out
        return "TGA"
    if not is_text(head):
        raise _unsupported(name, "no kind of file known here")
    kind_or_looks = text_kind(head, name)
    if kind_or_looks not in TEXTS:
        raise _unsupported(name, kind_or_looks)
    return cast(Kind, kind_or_looks)


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
        (head[4:8] == b"ftyp" and bool(_brands(head) & _AVIF), "AVIF"),
        (head[4:8] == b"ftyp" and bool(_brands(head) & _HEIF), "HEIF"),
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


_AVIF = frozenset((b"avif", b"avis"))
_HEIF = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


def _brands(head: bytes) -> set[bytes]:
    """The brands that an ISO base media file claims to keep to: ISO/IEC 14496-12, 4.3."""
    length = min(struct.unpack_from(">I", head)[0], 256)
    box = head[8:length]
    return {box[:4], *(box[start : start + 4] for start in range(8, len(box), 4))}


def _container(stream: BinaryIO, head: bytes, size: int, name: str) -> Kind:
    """Which office program a zip archive or a compound file is from."""
    if head.startswith(_OLE):
        names, otherwise = _ole_directory(stream, head), "an older Office file of an unknown sort"
    else:
        stream.seek(max(0, size - _TAIL))
        names, otherwise = head + stream.read(), "a zip archive"
    for inside, kind in _INSIDE:
        if inside in names:
            return kind
    raise _unsupported(name, next((what for inside, what in _NOT_READ_INSIDE if inside in names), otherwise))


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


def _unsupported(name: str, looks: str) -> UnsupportedDocument:
    message = f"{name} looks like {looks}."
    if "spreadsheet" in looks:
        message += " Spreadsheets have no pages: print it to PDF in the way it is to be seen, and send that."
    return UnsupportedDocument(f"{message} Read are {READ}.")
