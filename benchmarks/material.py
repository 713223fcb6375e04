"""The documents to measure on: the project's own samples, or the PDF files of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pagesort import Classifier
from pagesort.errors import DocumentError
from pagesort.types import Sight
from samples.bundle import Sheet, build
from samples.documents import DOCUMENTS, make

DIGITAL_PAGES = 30
SCANNED_PAGES = 6


@dataclass(frozen=True, slots=True)
class Material:
    """Files whose pages all have a usable text layer, and files none of whose pages has one."""

    digital: tuple[Path, ...]
    scanned: tuple[Path, ...]


def from_samples(folder: Path) -> Material:
    """Writes the samples into `folder`."""
    kinds = sorted(set(DOCUMENTS) - {"blank page"})
    digital = [_write(folder / f"{kind}-{seed}.pdf", make(kind, seed)) for seed in range(2) for kind in kinds]
    kinds = ["receipt", "invoice", "identity card", "pay stub", "letter", "lab report"]
    # One stack of paper: pages of a document are read side by side.
    scans = build(tuple(Sheet(kind, kind, damage="scan") for kind in kinds))
    return Material(tuple(digital), (_write(folder / "scans.pdf", scans),))


def from_folder(folder: Path, classifier: Classifier) -> Material:
    """The first files of a folder, by name, until there are enough pages of both sorts. Raises SystemExit where a sort lacks."""
    found: dict[str, list[tuple[Path, int]]] = {"text layer": [], "ocr": []}
    enough = {"text layer": DIGITAL_PAGES, "ocr": SCANNED_PAGES}
    for path in sorted(folder.rglob("*.pdf")):
        if all(_pages(found[sort]) >= enough[sort] for sort in found):
            break
        origins = _origins(path, classifier)
        for sort, files in found.items():
            if set(origins) == {sort} and _pages(files) < enough[sort]:
                files.append((path, len(origins)))
    if not all(found.values()):
        raise SystemExit(f"{folder}: needs PDF files with a text layer and PDF files that are scans")
    return Material(*(tuple(path for path, _ in files) for files in found.values()))


def _origins(path: Path, classifier: Classifier) -> list[str]:
    try:
        return [page.origin if isinstance(page, Sight) else "fault" for page in classifier.observe(path).pages]
    except DocumentError:
        return []


def _pages(files: Iterable[tuple[Path, int]]) -> int:
    return sum(pages for _, pages in files)


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
