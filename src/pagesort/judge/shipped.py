"""The model files that ship with pagesort, and whether they are still as they were shipped."""

from __future__ import annotations

import hashlib
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights")
CHECKSUMS = "SHA256SUMS"


def damaged_weights(folder: Path = WEIGHTS) -> list[str]:
    """Names of the files listed in `SHA256SUMS` that are missing or differ from what was shipped; empty when all is well."""
    return [name for name, checksum in listed_checksums(folder).items() if sha256(folder / name) != checksum]


def listed_checksums(folder: Path = WEIGHTS) -> dict[str, str]:
    """File name → SHA-256 in hex, as shipped. Raises OSError where the list itself is missing."""
    lines = (folder / CHECKSUMS).read_text(encoding="ascii").splitlines()
    return {name: checksum for checksum, name in (line.split() for line in lines)}


def sha256(path: Path) -> str | None:
    """In hex; None for a file that is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
