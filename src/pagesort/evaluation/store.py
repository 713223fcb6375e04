"""Observations kept in a file, so that judging can be repeated without reading the documents again.

JSON Lines, one document a line. A line counts only for the same bytes of the document, the same pages, and the same
reader: its source text and the versions of the libraries it reads with. Anything else is dropped and read anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib import metadata
from pathlib import Path
from typing import Any

from pagesort import read, see
from pagesort.flow import Observation
from pagesort.types import Fault, Line, Picture, Sight

_LIBRARIES = ("numpy", "onnxruntime", "opencv-python-headless", "pillow", "pypdfium2", "rapidocr")


class SightStore:
    """Observations by document and number of pages; each new one is written at once, so that a stopped run loses nothing.

    `path`: None keeps nothing. Raises OSError where the file cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._reader = reader_fingerprint()
        self._kept = self._load() if path and path.is_file() else {}

    def get(self, document: Path, pages: int) -> Observation | None:
        """What was seen of the first `pages` pages of that very document, or None."""
        return self._kept.get(self._key(document, pages))

    def put(self, document: Path, pages: int, observation: Observation) -> None:
        """Keep an observation. Call from one thread."""
        if self._path is None:
            return
        key = self._key(document, pages)
        self._kept[key] = observation
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_to_json(key, observation))

    def _key(self, document: Path, pages: int) -> str:
        digest = _file_digest(document) if self._path and document.is_file() else "none"
        return f"{self._reader}:{digest}:{pages}"

    def _load(self) -> dict[str, Observation]:
        """The lines that still count. The others are taken out of the file, or it would grow for ever."""
        assert self._path
        lines = self._path.read_text(encoding="utf-8").splitlines()
        kept = dict(entry for line in lines if (entry := _from_json(line, self._reader)))
        if len(kept) < len(lines):
            self._path.write_text("".join(_to_json(*entry) for entry in kept.items()), encoding="utf-8")
        return kept


def reader_fingerprint() -> str:
    """Changes whenever the same file might be seen with other eyes: other code, other libraries, other values."""
    digest = hashlib.sha256()
    for package in (read, see):
        for source in sorted(Path(package.__path__[0]).rglob("*.py")):
            digest.update(source.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    for value in (Sight, Line, Picture, Fault):
        digest.update(repr([field.name for field in fields(value)]).encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_json(key: str, observation: Observation) -> str:
    pages = [{"fault" if isinstance(page, Fault) else "sight": asdict(page)} for page in observation.pages]
    # ASCII: text of documents may hold Unicode line separators and lone surrogates.
    return json.dumps({"key": key, "name": observation.name, "pages": pages}) + "\n"


def _from_json(line: str, reader: str) -> tuple[str, Observation] | None:
    """The entry, or None where it was made by another reader or its line was cut off."""
    try:
        entry = json.loads(line)
        if not entry["key"].startswith(f"{reader}:"):
            return None
        return entry["key"], Observation(entry["name"], tuple(map(_page, entry["pages"])))
    except (ValueError, TypeError, KeyError):
        return None


def _page(page: Mapping[str, Any]) -> Sight | Fault:
    if "fault" in page:
        return Fault(**page["fault"])
    sight = page["sight"]
    picture = Picture(**sight["picture"]) if sight["picture"] else None
    lines, unread = (tuple(Line(**line) for line in sight[name]) for name in ("lines", "unread"))
    return Sight(**{**sight, "lines": lines, "unread": unread, "picture": picture})
