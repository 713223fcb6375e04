"""The command line: a table of subcommands, and the one place where errors become exit codes.

A subcommand is a module with `attach(parser)` and `main(args) -> int`. Only the chosen one is imported, and it imports
numpy, onnxruntime and rich inside `main`, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from pagesort import __version__
from pagesort.doors.cli.people import tell
from pagesort.errors import (
    EXIT_DOCUMENT,
    EXIT_FAILED,
    EXIT_MISSING,
    EXIT_OK,
    EXIT_PARTIAL,
    EXIT_UNDELIVERED,
    EXIT_USAGE,
    EXIT_WARNINGS,
    PagesortError,
)

__all__ = ["EXIT_CODES", "SUBCOMMANDS", "main"]

SUBCOMMANDS = {
    "classify": ("pagesort.doors.cli.classify", "name the class of every page of documents"),
    "split": ("pagesort.doors.cli.split", "write a PDF file for each document of a bundle"),
    "route": ("pagesort.doors.cli.route", "send each document of a bundle where its class goes"),
    "lint": ("pagesort.doors.cli.lint", "warn of class lists that are likely to go wrong"),
    "serve": ("pagesort.doors.cli.serve", "answer classify requests over HTTP"),
    "eval": ("pagesort.doors.cli.eval", "score the classifier on tasks with known answers"),
    "doctor": ("pagesort.doors.cli.doctor", "tell what is installed, what is missing, and whether it works"),
}

EXIT_INTERRUPTED = 130  # as shells report SIGINT
EXIT_PIPE = 141  # as shells report SIGPIPE

EXIT_CODES = {
    EXIT_OK: "everything was done",
    EXIT_FAILED: "something went wrong inside pagesort",
    EXIT_USAGE: "what was asked for makes no sense: flags, classes, pages, model",
    EXIT_DOCUMENT: "a document could not be read or fetched",
    EXIT_MISSING: "an optional part is not installed; the message holds the install line",
    EXIT_PARTIAL: "every document was read, but some page of one could not be",
    EXIT_UNDELIVERED: "some document could not be delivered; it lies in the failed folder, with the reason",
    EXIT_WARNINGS: "lint has warnings",
    EXIT_INTERRUPTED: "stopped with Ctrl-C",
    EXIT_PIPE: "the program reading the output went away",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; `argv` without the program's name (None: this process's own). Returns the exit code."""
    argv = sys.argv[1:] if argv is None else list(argv)
    try:
        args = _parser(argv).parse_args(argv)
        code: int = args.main(args)
        sys.stdout.flush()  # here, where a reader that went away is still handled
        return code
    except SystemExit as leave:  # argparse's way out after --help, --version and mistakes
        return leave.code if isinstance(leave.code, int) else EXIT_OK
    except PagesortError as error:
        tell(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # What is still buffered has nowhere to go; without this the interpreter complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pagesort",
        description="What is each page of a document? Any classes, offline, on a CPU.",
        epilog="exit codes:\n" + "\n".join(f"  {code:3}  {meaning}" for code, meaning in EXIT_CODES.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pagesort {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    chosen = next((word for word in argv if not word.startswith("-")), None)
    for name, (module_name, help_text) in SUBCOMMANDS.items():
        subparser = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
        if name == chosen:
            module = importlib.import_module(module_name)
            module.attach(subparser)
            subparser.set_defaults(main=module.main)
    return parser
