"""Each document on its way by class; what cannot be delivered is kept, with the reason."""

from __future__ import annotations

import json
import logging
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from pagesort.errors import DeliveryFailed, InvalidRequest, PagesortError
from pagesort.send import command, store
from pagesort.send.journal import Journal
from pagesort.send.manifest import Parcel, Shipment, relative, write_manifest
from pagesort.send.names import Names, fill, safe
from pagesort.send.pieces import Piece, cut, key
from pagesort.send.routes import FILE, Command, Folder, Post, Route
from pagesort.send.split import refuse_another
from pagesort.types import Answer, Document

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 4
"""Documents under way at the same time; commands run one at a time."""
FAILED, ANSWERS = "failed", "answers"
"""Folders of the output folder."""


def deliver(
    document: Document, digest: str, answer: Answer, routes: Mapping[str, Route], out: Path, names: Names, price: float | None
) -> Shipment:
    """Send every document of the answer where its class goes; write the manifest into `out`."""
    refuse_another(document, answer)
    pieces = cut(answer)
    _refuse_near_misses(pieces, routes)
    store.prepare(out)
    courier = _Courier(document, digest, routes, out)
    tasks = [(piece, names.name(piece, document.name)) for piece in pieces]
    with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="pagesort-send") as pool:
        parcels = tuple(pool.map(lambda task: courier.take(task[0], str(task[1])), tasks))
    shipment = Shipment(document.name, digest, answer.metadata.version, parcels, price)
    write_manifest(shipment, out)
    return shipment


def _refuse_near_misses(pieces: list[Piece], routes: Mapping[str, Route]) -> None:
    """A route whose name differs from a class in case or spacing alone is a slip; its documents must not be dropped for it."""
    plain = {" ".join(name.casefold().split()): name for name in routes}
    for piece in pieces:
        name = plain.get(" ".join(piece.name.casefold().split()))
        if name is not None and piece.name not in routes:
            raise InvalidRequest("routes", f"{name!r} is no class, but {piece.name!r} is; write it the same way")


class _Courier:
    """Takes the pieces of one document where they go. Safe to use from several threads."""

    def __init__(self, document: Document, digest: str, routes: Mapping[str, Route], out: Path) -> None:
        self._document, self._digest, self._routes, self._out = document, digest, routes, out
        self._journal = Journal(out / "delivered.jsonl")
        self._one_command = threading.Lock()

    def take(self, piece: Piece, name: str) -> Parcel:
        """Deliver one piece, or keep it in the failed folder. Never raises for what befalls the piece."""
        parcel = Parcel(piece, key(self._digest, piece), "delivered")
        route = self._routes.get(piece.name)
        if route is None and not piece.unreadable:
            return replace(parcel, status="dropped", detail="there is no route for its class")
        try:
            if route is None:
                raise DeliveryFailed("it holds pages that could not be read, and there is no route for its class", 0)
            parcel = replace(parcel, to=_told(route))
            if self._journal.holds(parcel):
                return replace(parcel, status="already delivered")
            parcel = self._send(route, parcel, name, self._document.copy_pages(piece.pages))
            if not isinstance(route, Folder):  # putting a file where it already lies does no harm
                self._journal.add(parcel)
            self._forget_failure(parcel, name)
            return parcel
        except DeliveryFailed as error:
            return self._keep(replace(parcel, attempts=error.attempts), name, str(error))
        except (PagesortError, OSError) as error:
            return self._keep(parcel, name, str(error))
        except Exception as error:  # one document must never cost the others
            log.exception("document %d of %s", piece.number, self._document.name)
            return self._keep(parcel, name, f"failed in a way that should not happen ({type(error).__name__}); please report it")

    def _send(self, route: Route, parcel: Parcel, name: str, content: bytes) -> Parcel:
        if isinstance(route, Folder):
            placed = store.place(route.path / f"{name}.pdf", content)
            return replace(parcel, to=str(placed), attempts=1)
        if isinstance(route, Command):
            with tempfile.TemporaryDirectory(prefix="pagesort-") as folder, self._one_command:
                file = store.place(Path(folder) / f"{Path(name).name}.pdf", content)
                command.run([self._argument(each, parcel.piece, file) for each in route.arguments], route.timeout)
            return replace(parcel, attempts=1)
        return self._post(route, parcel, name, content)

    def _argument(self, template: str, piece: Piece, file: Path) -> str:
        """Values come from documents' names and may not pose as flags."""
        return str(file).join(fill(part, piece, self._document.name, safe) for part in template.split(FILE))

    def _post(self, route: Post, parcel: Parcel, name: str, content: bytes) -> Parcel:
        from pagesort.send.post import post  # urllib3 is loaded by those who need it

        fields = {field: fill(text, parcel.piece, self._document.name) for field, text in route.fields}
        posted = post(route, f"{Path(name).name}.pdf", content, fields, parcel.key)
        parcel = replace(parcel, attempts=posted.attempts)
        if not posted.answer:
            return parcel
        kept = store.place(self._out / ANSWERS / f"{name}.{'json' if posted.is_json else 'txt'}", posted.answer)
        return replace(parcel, answer=relative(kept, self._out))

    def _keep(self, parcel: Parcel, name: str, why: str) -> Parcel:
        """The reason into the failed folder, and the file, where one can be made."""
        parcel = replace(parcel, status="failed", detail=why)
        folder = self._out / FAILED
        try:
            file = store.place(folder / f"{name}.pdf", self._document.copy_pages(parcel.piece.pages))
            parcel = replace(parcel, file=relative(file, self._out))
        except (PagesortError, OSError) as error:
            file = folder / f"{name}.pdf"
            parcel = replace(parcel, detail=f"{why}; its file could not be kept: {error}")
        note = {
            "source": self._document.name,
            "class": parcel.piece.name,
            "pages": list(parcel.piece.pages),
            "to": parcel.to,
            "attempts": parcel.attempts,
            "reason": parcel.detail,
            "key": parcel.key,
        }
        store.replace(
            file.with_suffix(".json"), json.dumps(note, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
        )
        return parcel

    def _forget_failure(self, parcel: Parcel, name: str) -> None:
        """What an earlier run kept is delivered now."""
        folder = (self._out / FAILED / name).parent
        for note in folder.glob(f"{Path(name).name}*.json"):
            try:
                if json.loads(note.read_bytes())["key"] == parcel.key:
                    note.with_suffix(".pdf").unlink(missing_ok=True)
                    note.unlink()
            except (OSError, ValueError, KeyError, TypeError):
                continue


def _told(route: Route) -> str:
    """Where a route leads, without secrets."""
    if isinstance(route, Folder):
        return str(route.path)
    if isinstance(route, Command):
        return " ".join(route.arguments)
    from pagesort.send.post import shown

    return shown(route.url)
