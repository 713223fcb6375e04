"""The model files that ship with pagesort: where they lie, whether they are as they were shipped, and which model they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights")
KNOWLEDGE = Path(__file__).with_name("knowledge")
DICTIONARY = Path(__file__).with_name("dictionary.yaml")
CHECKSUMS = "SHA256SUMS"
SNAPSHOT = "SNAPSHOT"
"""The file that holds the name of the snapshot after the hash of the model it is the name of."""


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


@cache
def model_hash() -> str:
    """SHA-256, in hex, over all that decides an answer beside the program: weights, dictionary, knowledge of page types.

    Read from the files themselves, not from the list of checksums, so that a changed file is another model.
    """
    return fingerprint([*(WEIGHTS / name for name in listed_checksums()), DICTIONARY, *KNOWLEDGE.glob("*.yaml")])


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256, in hex, over the names of the files and all that is in them, in whatever order they come."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{sha256(file)}  {file.name}\n".encode())
    return digest.hexdigest()


def recorded_snapshot(folder: Path = WEIGHTS) -> tuple[str, str]:
    """The name of the shipped snapshot, and the hash of the model that bears it."""
    recorded, name = (folder / SNAPSHOT).read_text(encoding="ascii").split()
    return name, recorded
