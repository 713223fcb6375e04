"""`pagesort classify`: documents in; a table for people, or JSON for programs, out."""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pagesort
from pagesort.doors.cli.asking import add_document_flags, source_of
from pagesort.doors.cli.people import tell
from pagesort.doors.cli.settings import options_of
from pagesort.errors import EXIT_OK, EXIT_PARTIAL, InvalidRequest, PagesortError

if TYPE_CHECKING:
    from pagesort import Answer, Classifier, PageClass

log = logging.getLogger(__name__)

ESCAPE_SURROGATES = "backslashreplace"
"""How a file name that is not valid text is written: the surrogates it is read as become just the escapes JSON has for them."""


def attach(parser: argparse.ArgumentParser) -> None:
    add_document_flags(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON on stdout even on a terminal; JSON Lines for several files")
    form.add_argument("--table", action="store_true", help="the table on stdout even where it is not a terminal")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the JSON to FILE instead of stdout")


def main(args: argparse.Namespace) -> int:
    """Classify every file, whatever becomes of the others. The first error, in the order of the files, is the exit code."""
    from pagesort.doors.cli.classfile import gather_classes  # needs numpy, which --help must not wait for

    options = options_of(args)
    classes = gather_classes(args.class_files, args.classes, options.max_classes).classes
    with pagesort.Classifier(args.model, options=options) as classifier, _open_output(args) as output:
        codes = [_classify_one(file, classes, classifier, args, output) for file in args.files]
    return next((code for code in codes if code not in (EXIT_OK, EXIT_PARTIAL)), max(codes))


def _classify_one(
    file: str, classes: tuple[PageClass, ...], classifier: Classifier, args: argparse.Namespace, output: Output
) -> int:
    from pagesort.doors.cli.table import ProgressBar

    source, filename = source_of(file)
    try:
        with ProgressBar(filename or file) as progress:
            answer = classifier.classify(
                source, classes, pages=args.pages, filename=filename, password=args.password, progress=progress
            )
    except PagesortError as error:
        return output.error(file, error)
    except Exception:  # one file must never cost the others
        log.exception("%s", file)
        return output.error(file, PagesortError(f"{file}: failed in a way that should not happen; please report the lines above"))
    return output.answer(file, answer)


@dataclass(frozen=True)
class Output:
    """Where answers and errors go, as they come."""

    json: TextIO | None
    """None: no JSON is wanted."""
    table: bool
    several: bool
    """JSON Lines, one for each file; else one document, indented for the eye."""

    def answer(self, file: str, answer: Answer) -> int:
        """Show and write one answer. Returns the exit code it stands for."""
        from pagesort.answer import answer_to_json
        from pagesort.doors.cli.table import print_answer

        if self.table:
            print_answer(answer)
        if self.json:
            self._write(answer_to_json(answer, indent=None if self.several else 2))
        pages = [str(verdict.page + 1) for verdict in answer.classification if verdict.fault]
        if pages:
            tell(f"{file}: could not read page{'s' if len(pages) > 1 else ''} {', '.join(pages)}; answered as unknown")
        return EXIT_PARTIAL if pages else EXIT_OK

    def error(self, file: str, error: PagesortError) -> int:
        """Tell what went wrong; among JSON Lines it takes the answer's line, so that line n is always file n."""
        message = str(error)
        tell(message if Path(file).name in message else f"{file}: {message}")
        if self.json and self.several:
            self._write(json.dumps({"error": {"code": error.code, "message": message}, "filename": file}, ensure_ascii=False))
        return error.exit_code

    def _write(self, line: str) -> None:
        if self.json:
            self.json.write(line + "\n")
            self.json.flush()


@contextmanager
def _open_output(args: argparse.Namespace) -> Iterator[Output]:
    """JSON goes to the file asked for, else to stdout, else (a table is shown there) nowhere; always as UTF-8."""
    table = args.table or (sys.stdout.isatty() and not args.json)
    several = len(args.files) > 1
    if args.output:
        with _create(args.output, args.files) as file:
            yield Output(file, table, several)
    elif table:
        yield Output(None, table, several)
    else:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors=ESCAPE_SURROGATES)
        yield Output(sys.stdout, table, several)


def _create(output: Path, files: list[str]) -> TextIO:
    try:
        if output.exists() and any(Path(file).exists() and output.samefile(file) for file in files):
            raise InvalidRequest("--output", f"{output} is one of the documents; it would be overwritten")
        return output.open("w", encoding="utf-8", errors=ESCAPE_SURROGATES)
    except OSError as error:
        raise InvalidRequest("--output", f"{output} cannot be written: {error.strerror}") from None
