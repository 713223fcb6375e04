"""What the subcommands that classify have in common: the documents, the classes, and how they are read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import BinaryIO

from pagesort.doors.cli.settings import add_knowledge_flag

STDIN = "-"


def add_class_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--class",
        dest="classes",
        action="append",
        default=[],
        metavar="NAME[=DESCRIPTION]",
        help='a class pages may have, e.g. invoice or "bank statement=Monthly statement of a bank account"; repeatable',
    )
    parser.add_argument(
        "--classes",
        dest="class_files",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="more classes: a list, or names with descriptions, in a .json or .yaml file; repeatable",
    )


def add_document_flags(parser: argparse.ArgumentParser) -> None:
    """The documents, their classes, and how they are read."""
    parser.add_argument("files", nargs="+", metavar="FILE", help='document of any type, http(s) URL, or "-" for stdin')
    add_class_flags(parser)
    parser.add_argument("--pages", metavar="RANGE", help='only these pages, counted from 1, e.g. "1-5,9"')
    parser.add_argument("--password", metavar="TEXT", help="opens documents that are protected by it")
    parser.add_argument("--model", metavar="NAME", help="model snapshot or alias (default: the latest)")
    add_knowledge_flag(parser)


def source_of(file: str) -> tuple[str | BinaryIO, str | None]:
    """What to open, and what it is called where it has no name."""
    return (sys.stdin.buffer, "stdin") if file == STDIN else (file, None)
