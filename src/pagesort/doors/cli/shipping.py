"""What `split` and `route` share: every document classified and taken further, whatever becomes of the others."""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pagesort.doors.cli.asking import source_of
from pagesort.doors.cli.people import plain, tell
from pagesort.errors import EXIT_OK, EXIT_PARTIAL, EXIT_UNDELIVERED, PagesortError

if TYPE_CHECKING:
    from pagesort import Answer, Classifier, PageClass
    from pagesort.send import Shipment

log = logging.getLogger(__name__)

Take = Callable[[Path, "Answer"], "Shipment"]
"""Takes a document on disk further, by what was answered of it."""


def add_output_flags(parser: argparse.ArgumentParser, holds: str) -> None:
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", required=True, help=f"folder for {holds}")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the manifest on stdout even on a terminal; JSON Lines for several")
    form.add_argument("--table", action="store_true", help="the table on stdout even where it is not a terminal")


def ship_all(args: argparse.Namespace, classifier: Classifier, classes: tuple[PageClass, ...], take: Take, failed: int) -> int:
    """The first error, in the order of the files, is the exit code; else `failed`, where some piece failed."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    codes = [_ship(file, args, classifier, classes, take, failed) for file in args.files]
    return next((code for code in codes if code not in (EXIT_OK, EXIT_PARTIAL, EXIT_UNDELIVERED)), max(codes))


def _ship(
    file: str, args: argparse.Namespace, classifier: Classifier, classes: tuple[PageClass, ...], take: Take, failed: int
) -> int:
    from pagesort.doors.cli.table import ProgressBar

    source, filename = source_of(file)
    asked = {"pages": args.pages, "password": args.password}
    try:
        with classifier.hold(source, filename) as (path, name), ProgressBar(name) as progress:
            answer = classifier.classify(path, classes, filename=name, progress=progress, **asked)
            shipment = take(path, answer)
    except PagesortError as error:
        return _tell_error(file, error, args)
    except Exception:  # one file must never cost the others
        log.exception("%s", file)
        unexpected = PagesortError(f"{file}: failed in a way that should not happen; please report the lines above")
        return _tell_error(file, unexpected, args)
    _show(shipment, args)
    for parcel in shipment.failed:
        tell(f"{file}: document {parcel.piece.number} ({parcel.piece.name}): {parcel.detail}")
    return failed if shipment.failed else EXIT_OK


def _tell_error(file: str, error: PagesortError, args: argparse.Namespace) -> int:
    message = str(error)
    tell(message if Path(file).name in message else f"{file}: {message}")
    if not _wants_table(args) and len(args.files) > 1:
        print(json.dumps({"error": {"code": error.code, "message": message}, "filename": file}, ensure_ascii=False))
    return error.exit_code


def _wants_table(args: argparse.Namespace) -> bool:
    return bool(args.table or (sys.stdout.isatty() and not args.json))


def _show(shipment: Shipment, args: argparse.Namespace) -> None:
    if not _wants_table(args):
        print(shipment.to_json(indent=None if len(args.files) > 1 else 2), flush=True)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("#", "Class", "Pages", "Status", "Where"):
        table.add_column(heading, overflow="fold")
    for parcel in shipment.parcels:
        piece = parcel.piece
        pages = f"{piece.pages[0] + 1}-{piece.pages[-1] + 1}" if len(piece.pages) > 1 else str(piece.pages[0] + 1)
        where = parcel.to or parcel.file or parcel.detail or ""
        table.add_row(str(piece.number), plain(piece.name), pages, parcel.status, plain(where))
    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
    console.print(table)
    console.print(_summary(shipment))


def _summary(shipment: Shipment) -> str:
    kept = shipment.pages("written", "delivered", "already delivered")
    parts = [f"{shipment.pages()} pages: {kept} kept, {shipment.pages('dropped')} dropped, {shipment.pages('failed')} failed"]
    if shipment.saved is not None:
        parts.append(f"{shipment.saved:g} saved at {shipment.price:g} a page")
    return "; ".join(parts)
