"""Bombs of every other type: pixels, frames, archives, nesting."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from samples import office
from samples.hostile import pdf_bombs
from samples.images import dcx, psd, saved

SIDE = 60_000


def png(width: int, height: int, *chunks: tuple[bytes, bytes], colour: int = 2, rows: bytes | None = None) -> bytes:
    """A PNG of that size; without `rows`, of a single row of nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    data = zlib.compress(bytes(1 + 3 * width) if rows is None else rows, 9)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_at_the_limit() -> bytes:
    side = 14_000
    return png(side, side, rows=bytes((1 + 3 * side) * side))


def patched(data: bytes, place: int, layout: str, *values: int) -> bytes:
    """The file with numbers written over."""
    changed = bytearray(data)
    struct.pack_into(layout, changed, place, *values)
    return bytes(changed)


def huge_jpeg() -> bytes:
    data = saved("JPEG")
    return patched(data, data.index(b"\xff\xc0") + 5, ">HH", 65_500, 65_500)


def huge_tiff() -> bytes:
    return tiff(
        [(256, 4, 1, SIDE), (257, 4, 1, SIDE), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 9)]
    )


def tiff(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    """A TIFF of one directory."""
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + packed + struct.pack("<I", following)


def tiff_chain(frames: int = 200_000) -> bytes:
    """Directories without end, each with hardly anything in it."""
    size = 2 + 12 * 2 + 4
    directories = []
    for number in range(frames):
        entries = struct.pack("<HHII", 256, 4, 1, 1) + struct.pack("<HHII", 257, 4, 1, 1)
        directories.append(struct.pack("<H", 2) + entries + struct.pack("<I", 8 + size * (number + 1)))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(directories)


def gif_frames(frames: int = 200_000) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + frame * frames + b"\x3b"


def zip_of_zeros(name: str, sizes: int = 40, each: int = 250_000_000) -> bytes:
    """An archive that unpacks to 10 GB: one packed member, listed again and again under other names."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open(name, "w", force_zip64=False) as member:
            for _ in range(each // 1_000_000):
                member.write(bytes(1_000_000))
        packed = file.infolist()[0]
        for number in range(sizes - 1):
            twin = zipfile.ZipInfo(f"word/{number}.xml")
            twin.compress_type, twin.CRC = packed.compress_type, packed.CRC
            twin.compress_size, twin.file_size, twin.header_offset = packed.compress_size, packed.file_size, packed.header_offset
            file.filelist.append(twin)
    return buffer.getvalue()


def zip_that_lies() -> bytes:
    """300 MB of XML in a member that claims to be 100 bytes long."""
    data = office.docx("<w:p/>" * 50_000_000)
    with zipfile.ZipFile(BytesIO(data)) as file:
        true = struct.pack("<I", file.getinfo("word/document.xml").file_size)
    return data.replace(true, struct.pack("<I", 100))


def laughing_docx() -> bytes:
    """Entities that hold ten of the next, ten deep."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    with zipfile.ZipFile(BytesIO(office.docx(office.paragraph("&a10;")))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members["word/document.xml"] = f"<!DOCTYPE x [{entities}]>".encode() + members["word/document.xml"]
    return office.archive(members)


def nested_mail(depth: int = 20_000) -> bytes:
    part = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"
    return b"Message-ID: <1@example.com>\nFrom: a@example.com\n" + b"".join(part % (n, n) for n in range(depth)) + b"\nHello"


PIXELS: Mapping[str, Callable[[], bytes]] = {
    "png": lambda: png(SIDE, SIDE),
    "png at the limit": png_at_the_limit,
    "png text of 1 GB": lambda: png(1, 1, (b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000_000), 9))),
    "png profile of 1 GB": lambda: png(1, 1, (b"iCCP", b"a\0\0" + zlib.compress(bytes(1_000_000_000), 9))),
    "jpeg": huge_jpeg,
    "gif": lambda: patched(saved("GIF"), 6, "<HH", 65_535, 65_535),
    "gif frames": gif_frames,
    "bmp": lambda: patched(saved("BMP"), 18, "<ii", SIDE, SIDE),
    "dib": lambda: patched(saved("DIB"), 4, "<ii", SIDE, -SIDE),
    "tiff": huge_tiff,
    "tiff in a loop": lambda: tiff([(256, 4, 1, 9), (257, 4, 1, 9)], 8),
    "tiff chain": tiff_chain,
    "tiff value of 4 GB": lambda: tiff([(256, 4, 1, 9), (257, 4, 1, 9), (700, 1, 0xFFFFFFF0, 8)]),
    "webp": lambda: b"RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f" + struct.pack("<I", 16_382 | 16_382 << 14) + bytes(15),
    "ppm": lambda: b"P6 60000 60000 255\n" + bytes(99),
    "ppm of digits": lambda: b"P3 " + b"9" * 10_000_000,
    "tga": lambda: patched(saved("TGA", compression="tga_rle"), 12, "<HH", 65_535, 65_535),
    "pcx": lambda: patched(saved("PCX"), 8, "<HH", 65_534, 65_534),
    "dcx": lambda: patched(dcx(), 4, "<II", 4, 4),
    "psd": lambda: patched(psd(), 14, ">II", SIDE, SIDE),
    "dds": lambda: patched(saved("DDS"), 12, "<II", 65_535, 65_535),
    "jp2": lambda: _huge_jp2(),
    "icns": lambda: b"icns" + struct.pack(">I", 16 + len(png(SIDE, SIDE))) + _icon(png(SIDE, SIDE)),
    "heic": lambda: _huge_box(saved("HEIF")),
    "avif": lambda: _huge_box(saved("AVIF")),
}


def _huge_jp2() -> bytes:
    data = saved("JPEG2000", no_jp2=True)
    return patched(data, data.index(b"\xff\x51") + 6, ">II", 0x7FFFFFFF, 0x7FFFFFFF)


def _icon(data: bytes) -> bytes:
    return b"ic10" + struct.pack(">I", 8 + len(data)) + data


def _huge_box(data: bytes) -> bytes:
    """The picture's size, in its property box, made enormous."""
    return patched(data, data.index(b"ispe") + 8, ">II", 0x7FFFFFFF, 0x7FFFFFFF)


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "docx of 10 GB": lambda: zip_of_zeros("word/document.xml"),
    "docx that lies": zip_that_lies,
    "docx that laughs": laughing_docx,
    "docx of deep tables": lambda: office.docx("<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5_000),
    "docx of deep XML": lambda: office.docx("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000),
    "docx of 100,000 pages": lambda: office.docx(office.page_break() * 100_000),
    "odt of deep sections": lambda: office.odt("<text:section>" * 50_000 + "</text:section>" * 50_000),
    "odp of 100,000 slides": lambda: office.odp(100_000),
    "rtf of braces": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "rtf of objects": lambda: b"{\\rtf1 {\\object\\objdata " + b"0105" * 1_000_000 + b"}}",
    "html nested": lambda: b"<html>" + b"<table><tr><td>" * 200_000,
    "html of attributes": lambda: b"<html><p " + b"a=1 " * 2_000_000 + b">Hello",
    "html never closed": lambda: b"<html><!--" + b"<!-" * 1_000_000,
    "markdown of quotes": lambda: b"# Title\n" + b">" * 200_000 + b" Hello",
    "markdown of brackets": lambda: b"# Title\n" + b"[" * 200_000 + b"](",
    "markdown of stars": lambda: b"# Title\n" + b"*a **a " * 50_000,
    "mail nested": nested_mail,
    "mail of fields": lambda: b"Message-ID: <1@a>\n" + b"To: a@example.com\n" * 300_000 + b"\nHello",
    "mail with a long field": lambda: b"Message-ID: <1@a>\nFrom: " + b'"(<a@' * 200_000 + b"\n\nHello",
    "text of one line": lambda: b"a " * 20_000_000,
    "text of form feeds": lambda: b"a\f" * 5_000_000,
}

BOMBS: Mapping[str, Callable[[], bytes]] = {
    **{f"pixels: {name}": make for name, make in PIXELS.items()},
    **{f"document: {name}": make for name, make in DOCUMENTS.items()},
    **{f"pdf: {name}": make for name, make in pdf_bombs.BOMBS.items()},
}
"""All of them; what each is, and how to make it."""
