"""File names from a pattern: safe on every system, never outside the folder, never twice the same."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

from pagesort.errors import InvalidRequest
from pagesort.send.pieces import Piece

PATTERN = "{stem}-{number:02}-{class}"
"""How a piece is named where nothing else is asked for."""

_FIELDS = ("stem", "number", "class", "first", "last", "pages")
_LONGEST = 120
"""Bytes of one part of a name, so that endings and numbers still fit into the 255 that file systems allow."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def check_template(template: str, field: str) -> None:
    """Raises `InvalidRequest` where the text holds a placeholder that there is none of, or is no template."""
    try:
        parts = list(string.Formatter().parse(template))
        for _, name, form, conversion in parts:
            if name is not None and (name not in _FIELDS or conversion or not _fits(name, form or "")):
                raise InvalidRequest(
                    field, f"{{{name}}} cannot be filled in; there are {', '.join(map('{{{}}}'.format, _FIELDS))}"
                )
    except ValueError as error:
        raise InvalidRequest(field, f"{template[:60]!r} is not a pattern: {error}") from None


def _fits(name: str, form: str) -> bool:
    return not form or (name in ("number", "first", "last", "pages") and re.fullmatch(r"0?\d?d?", form) is not None)


def check_pattern(pattern: str, field: str) -> None:
    """A template of file names: relative, with "/" between folders. Raises `InvalidRequest`."""
    check_template(pattern, field)
    if not all(part.strip(" .") for part in pattern.split("/")):
        raise InvalidRequest(
            field, f"{pattern[:60]!r} must be a name, or folders and a name with / between them, none of them empty"
        )


def fill(template: str, piece: Piece, source: str, clean: Callable[[str], str] = str) -> str:
    """The text, filled in for a piece of the document `source`; `clean` goes over values that may be any text."""
    values = {
        "stem": clean(PurePosixPath(source).stem),
        "number": piece.number,
        "class": clean(piece.name),
        "first": piece.pages[0] + 1,
        "last": piece.pages[-1] + 1,
        "pages": len(piece.pages),
    }
    return string.Formatter().vformat(template, (), values)


class Names:
    """The names given out so far. A name that differs from one of them in case alone is taken, as on Windows and macOS."""

    def __init__(self, pattern: str) -> None:
        """Raises `InvalidRequest`, naming --name, where the pattern makes no sense."""
        check_pattern(pattern, "name")
        self._pattern = pattern
        self._taken: set[str] = set()

    def name(self, piece: Piece, source: str) -> PurePosixPath:
        """The next free name of a piece, without ending: relative, with "/" between folders."""
        base = PurePosixPath(*(safe(fill(part, piece, source)) for part in self._pattern.split("/")))
        name, count = base, 1
        while str(name).casefold() in self._taken:
            count += 1
            name = base.with_name(f"{base.name}-{count}")
        self._taken.add(str(name).casefold())
        return name


def safe(text: str) -> str:
    """One part of a file's name: letters, digits, "-", "_" and "." of any script; no part of it can be a path."""
    name = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text))
    name = re.sub(r"-{2,}", "-", name).strip("-.")
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    name = name.rstrip("-.") or "unnamed"
    return f"_{name}" if _RESERVED.fullmatch(name) else name
