"""Settings that have a flag: the flag wins over the environment."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pagesort


def add_knowledge_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge", type=Path, metavar="PATH", help="page types of your own: a .yaml file, or a folder of such files"
    )


def options_of(args: argparse.Namespace) -> pagesort.Options:
    """The settings of the environment, with what the flags say. Raises `InvalidRequest` naming the variable."""
    options = pagesort.Options.from_env()
    return replace(options, knowledge=args.knowledge) if args.knowledge else options
