"""An answer → the pieces that are to become files of their own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Literal

from pagesort.types import Answer

By = Literal["document", "class"]
"""What becomes a file: each document, or all documents of a class together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages of one class that belong into one file."""

    number: int
    """From 1, in the order of their first pages."""
    name: str
    """The class, or `UNKNOWN`."""
    pages: tuple[int, ...]
    """Numbered from 0, in page order; never empty."""
    confidence: float | None
    """That of the document; the lowest, where it is several."""
    reason: str
    unreadable: tuple[int, ...] = ()
    """Those of the pages that could not be read."""


def cut(answer: Answer, by: By = "document") -> list[Piece]:
    """Every page of the answer in exactly one piece."""
    faulty = {verdict.page for verdict in answer.classification if verdict.fault}
    documents = [Piece(0, part.name, part.pages, part.confidence, part.reason) for part in answer.documents]
    if by == "class":
        documents = [
            _together([each for each in documents if each.name == name]) for name in {each.name: None for each in documents}
        ]
    return [
        Piece(number, each.name, each.pages, each.confidence, each.reason, tuple(sorted(faulty.intersection(each.pages))))
        for number, each in enumerate(documents, 1)
    ]


def key(digest: str, piece: Piece) -> str:
    """Names one piece of one file for good, as a UUID: the same on every run, whatever the file is called.

    `digest`: SHA-256 of the file the pages are from.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{digest} {','.join(map(str, piece.pages))} {piece.name}"))


def _together(documents: list[Piece]) -> Piece:
    first = documents[0]
    pages = tuple(sorted(page for each in documents for page in each.pages))
    confidences = [each.confidence for each in documents if each.confidence is not None]
    reason = first.reason if len(documents) == 1 else f"{len(documents)} documents of one class."
    return Piece(0, first.name, pages, min(confidences, default=None), reason)
