"""A document cut into files, one for each piece."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pagesort.errors import InvalidRequest, PagesortError
from pagesort.send import store
from pagesort.send.manifest import Parcel, Shipment, relative, write_manifest
from pagesort.send.names import Names
from pagesort.send.pieces import By, cut, key
from pagesort.types import Answer, Document


def split(document: Document, digest: str, answer: Answer, out: Path, names: Names, by: By, exclude: Collection[str]) -> Shipment:
    """Write the pieces and the manifest into `out`; one that cannot be written costs itself alone."""
    refuse_another(document, answer)
    store.prepare(out)
    parcels = []
    for piece in cut(answer, by):
        parcel = Parcel(piece, key(digest, piece), "written")
        if piece.name in exclude:
            parcels.append(replace(parcel, status="dropped", detail="its class is excluded"))
            continue
        try:
            file = store.place(out / f"{names.name(piece, document.name)}.pdf", document.copy_pages(piece.pages))
            parcels.append(replace(parcel, file=relative(file, out)))
        except (PagesortError, OSError) as error:
            parcels.append(replace(parcel, status="failed", detail=str(error)))
    shipment = Shipment(document.name, digest, answer.metadata.version, tuple(parcels))
    write_manifest(shipment, out)
    return shipment


def refuse_another(document: Document, answer: Answer) -> None:
    """Raises `InvalidRequest` where the answer cannot be about this document."""
    last = max((verdict.page for verdict in answer.classification), default=-1)
    if last >= document.page_count:
        raise InvalidRequest(
            "answer", f"speaks of page {last + 1}, but {document.name} has {document.page_count}; it is another's"
        )
