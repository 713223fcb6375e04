"""The settings of a run. One frozen value; the environment is read here and nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pagesort.errors import InvalidRequest

PREFIX = "PAGESORT_"


@dataclass(frozen=True, slots=True)
class Options:
    """Limits and habits of a run. Explicit values win over `PAGESORT_*` variables, those over these defaults."""

    max_bytes: int = 200 * 1024 * 1024
    """Largest document, in bytes."""
    max_pages: int = 10_000
    """Most pages one document may have."""
    max_pixels: int = 200_000_000
    """Most pixels one picture may have once decoded (a 600 dpi A3 scan has 70 million)."""
    max_unpacked: int = 1024 * 1024 * 1024
    """Most bytes an Office file, which is a zip archive, may unpack to."""
    max_memory: int = 2 * 1024 * 1024 * 1024
    """Most memory, in bytes, one reading process may take; not enforced on Windows and macOS."""
    page_timeout: float = 30.0
    """Seconds that opening a document, or any one visit to a page of it, may take."""
    document_timeout: float = 3600.0
    """Seconds of work that reading one document may cost, all its pages and all reading processes together."""
    office_timeout: float = 120.0
    """Seconds that LibreOffice may take to convert one document."""
    max_classes: int = 1_000
    """Most classes one request may name."""
    url_timeout: float = 30.0
    """Seconds a download may take as a whole."""
    allow_private_urls: bool = False
    """Let document URLs point at private, loopback and link-local addresses."""
    workers: int = 0
    """Pages looked at side by side, and reading processes; 0 means one for each core."""
    knowledge: Path | None = None
    """A file, or a folder of files, with page types of the user's own (docs/knowledge.md); None: only those that ship."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Options:
        """The defaults, overridden by `PAGESORT_MAX_BYTES` and the like. Raises `InvalidRequest` naming the variable."""
        environ = os.environ if environ is None else environ
        given = {
            field.name: environ[PREFIX + field.name.upper()] for field in fields(cls) if PREFIX + field.name.upper() in environ
        }
        return cls(**{name: _parse(name, text, getattr(cls(), name)) for name, text in given.items()})


def api_keys_from_env(environ: Mapping[str, str] | None = None) -> frozenset[str]:
    """The keys the server accepts: `PAGESORT_API_KEYS`, separated by commas. Empty: it asks for none."""
    environ = os.environ if environ is None else environ
    return frozenset(key.strip() for key in environ.get(PREFIX + "API_KEYS", "").split(",") if key.strip())


def filled_from_env(text: str, field: str, environ: Mapping[str, str] | None = None) -> str:
    """The text with each `${NAME}` replaced by that environment variable. Raises `InvalidRequest` where there is none."""
    environ = os.environ if environ is None else environ

    def value(match: re.Match[str]) -> str:
        if match[1] not in environ:
            raise InvalidRequest(field, f"needs the environment variable {match[1]}, which is not set")
        return environ[match[1]]

    return re.sub(r"\$\{(\w+)\}", value, text)


def _parse(name: str, text: str, default: object) -> Any:
    if default is None:
        return Path(text) if text else None
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.strip().lower()]
        return type(default)(text)  # type: ignore[call-arg]
    except (KeyError, ValueError):
        kind = "yes or no" if isinstance(default, bool) else "a number"
        raise InvalidRequest(PREFIX + name.upper(), f"{text!r} is not {kind}") from None
