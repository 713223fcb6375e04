"""`pagesort split`: a PDF file for each document of a bundle, and a manifest."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import pagesort
from pagesort.doors.cli.asking import add_document_flags
from pagesort.doors.cli.settings import options_of
from pagesort.doors.cli.shipping import add_output_flags, ship_all
from pagesort.errors import EXIT_PARTIAL

if TYPE_CHECKING:
    from pagesort.send import Shipment


def attach(parser: argparse.ArgumentParser) -> None:
    add_document_flags(parser)
    add_output_flags(parser, "the files and the manifest")
    parser.add_argument("--by", choices=("document", "class"), default="document", help="what becomes a file (default: document)")
    parser.add_argument("--name", metavar="PATTERN", help='how files are named (default: "{stem}-{number:02}-{class}")')
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="CLASS", help='a class to leave out, "unknown" among them; repeatable'
    )


def main(args: argparse.Namespace) -> int:
    """Split every file, whatever becomes of the others."""
    from pagesort.doors.cli.classfile import gather_classes, refuse_unknown_names
    from pagesort.send import PATTERN, Names

    options = options_of(args)
    found = gather_classes(args.class_files, args.classes, options.max_classes)
    refuse_unknown_names(args.exclude, found.classes, "--exclude")
    name, exclude = args.name or PATTERN, found.excluded | set(args.exclude)
    Names(name)  # a pattern that makes no sense should not cost a classification
    with pagesort.Classifier(args.model, options=options) as classifier:

        def take(path: Path, answer: pagesort.Answer) -> Shipment:
            return classifier.split(path, answer, args.output, by=args.by, name=name, exclude=exclude, password=args.password)

        return ship_all(args, classifier, found.classes, take, EXIT_PARTIAL)
