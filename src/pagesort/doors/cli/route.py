"""`pagesort route`: each document of a bundle to where its class goes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import pagesort
from pagesort.doors.cli.asking import add_document_flags
from pagesort.doors.cli.settings import options_of
from pagesort.doors.cli.shipping import add_output_flags, ship_all
from pagesort.errors import EXIT_UNDELIVERED, InvalidRequest

if TYPE_CHECKING:
    from pagesort.send import Shipment


def attach(parser: argparse.ArgumentParser) -> None:
    add_document_flags(parser)
    add_output_flags(parser, "the manifest, endpoints' answers, and what could not be delivered")
    parser.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="CLASS=WHERE",
        help="a folder or an http(s) address for the documents of a class, beside the routes of the class files; repeatable",
    )
    parser.add_argument("--price", type=float, metavar="AMOUNT", help="what a page costs where it is sent, to tell what is saved")


def main(args: argparse.Namespace) -> int:
    """Route every file, whatever becomes of the others."""
    from pagesort.doors.cli.classfile import gather_classes, refuse_unknown_names
    from pagesort.send import parse_route, parse_routes

    options = options_of(args)
    found = gather_classes(args.class_files, args.classes, options.max_classes)
    given = dict(_parted(text) for text in args.to)
    refuse_unknown_names(given, found.classes, "--to")
    routes = parse_routes({**found.routes, **{name: parse_route(where, f"--to {name}") for name, where in given.items()}})
    if not routes:
        raise InvalidRequest("--to", "no class has a route; give one with --to CLASS=WHERE, or in the class file", "missing")
    with pagesort.Classifier(args.model, options=options) as classifier:

        def take(path: Path, answer: pagesort.Answer) -> Shipment:
            return classifier.route(path, answer, routes, args.output, price=args.price, password=args.password)

        return ship_all(args, classifier, found.classes, take, EXIT_UNDELIVERED)


def _parted(text: str) -> tuple[str, str]:
    name, separator, where = text.partition("=")
    if not separator or not name or not where:
        raise InvalidRequest("--to", f"{text[:60]!r} must be CLASS=WHERE, e.g. invoice=/srv/invoices")
    return name.strip(), where
