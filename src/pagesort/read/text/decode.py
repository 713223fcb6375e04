"""Bytes of a text file → its text, a piece at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1024 * 1024
_TRIAL = 4 * _CHUNK
"""Bytes by which the encoding is told; a longer file that turns out to be no UTF-8 after all has its odd bytes replaced."""


def pieces(path: Path) -> Iterator[str]:
    """The text in pieces: UTF-8, or UTF-16 with its mark, or else Windows-1252, in which every byte says something."""
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder(_encoding(file.read(_TRIAL)))("replace")
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)


def lines(path: Path) -> Iterator[str]:
    """The text line by line, without line ends; what is longer than a piece is cut."""
    rest = ""
    for piece in pieces(path):
        *whole, rest = (rest + piece).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        yield from whole
        if len(rest) > _CHUNK:
            yield rest
            rest = ""
    if rest:
        yield rest


def decode(data: bytes) -> str:
    """The text as a whole."""
    return data.decode(_encoding(data), "replace")


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(start)  # a character cut off at the end is no mistake
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8-sig"
