"""What became of every piece of a document: the manifest, and what it sums up to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pagesort.send import store
from pagesort.send.names import safe
from pagesort.send.pieces import Piece

Status = Literal["written", "delivered", "already delivered", "dropped", "failed"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One piece and what became of it."""

    piece: Piece
    key: str
    """Names the piece for good: the same on every run. What endpoints get as idempotency key."""
    status: Status
    detail: str | None = None
    """Why it was dropped, or what went wrong."""
    file: str | None = None
    """Where its PDF file lies, from the output folder; None where it was sent away, or never made."""
    to: str | None = None
    """Where it was sent, without secrets."""
    attempts: int = 0
    answer: str | None = None
    """The file that holds what the endpoint answered, from the output folder."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """All pieces of one document, every page of it in exactly one."""

    source: str
    """The document's name."""
    sha256: str
    """Of the document's file, in hex."""
    version: str
    """The model that told the classes."""
    parcels: tuple[Parcel, ...]
    price: float | None = None
    """What the next step costs for a page, in any currency."""

    def pages(self, *status: Status) -> int:
        """Pages of the pieces that came to one of these ends; all pages, where none is named."""
        return sum(len(each.piece.pages) for each in self.parcels if not status or each.status in status)

    @property
    def saved(self) -> float | None:
        """What the dropped pages would have cost; None where no price was given."""
        return None if self.price is None else round(self.pages("dropped") * self.price, 6)

    @property
    def failed(self) -> tuple[Parcel, ...]:
        return tuple(each for each in self.parcels if each.status == "failed")

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "source": {"filename": self.source, "sha256": self.sha256, "version": self.version},
            "documents": [_parcel_to_dict(each) for each in self.parcels],
            "summary": {
                "pages": self.pages(),
                "pages_kept": self.pages("written", "delivered", "already delivered"),
                "pages_dropped": self.pages("dropped"),
                "pages_failed": self.pages("failed"),
                "price_per_page": self.price,
                "saved": self.saved,
            },
        }

    def to_json(self, *, indent: int | None = None) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


def write_manifest(shipment: Shipment, out: Path) -> Path:
    """Beside the pieces, as STEM-manifest.json; over an older one of the same file, never over that of another."""
    content = (shipment.to_json(indent=2) + "\n").encode("utf-8", "backslashreplace")
    path = out / f"{safe(Path(shipment.source).stem)}-manifest.json"
    if _is_of(path, shipment.sha256):
        store.replace(path, content)
        return path
    return store.place(path, content)


def relative(path: Path, out: Path) -> str:
    return path.relative_to(out).as_posix()


def _is_of(path: Path, sha256: str) -> bool:
    try:
        return bool(json.loads(path.read_bytes())["source"]["sha256"] == sha256)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _parcel_to_dict(parcel: Parcel) -> dict[str, Any]:
    piece = parcel.piece
    return {
        "number": piece.number,
        "class": piece.name,
        "pages": list(piece.pages),
        "confidence": piece.confidence,
        "reason": piece.reason,
        "status": parcel.status,
        "detail": parcel.detail,
        "file": parcel.file,
        "to": parcel.to,
        "attempts": parcel.attempts,
        "answer": parcel.answer,
        "key": parcel.key,
    }
