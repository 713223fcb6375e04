"""An answer as a table, and the progress of a long document: what `classify` shows on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from pagesort.doors.cli.people import plain
from pagesort.types import UNKNOWN, Answer, Verdict

PALETTE = ("cyan", "green", "magenta", "blue", "bright_cyan", "bright_green", "bright_magenta", "bright_blue")
LONG_DOCUMENT = 10
"""Pages from which on progress is worth a line of the terminal."""


def print_answer(answer: Answer) -> None:
    """One table on stdout: a line for each page, numbered from 1."""
    encoding = sys.stdout.encoding or "utf-8"
    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
    names = dict.fromkeys(verdict.name for verdict in answer.classification if verdict.name != UNKNOWN)
    colours = {name: PALETTE[index % len(PALETTE)] for index, name in enumerate(names)} | {UNKNOWN: "yellow"}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=_title(answer, encoding), title_justify="left", title_style="bold")
    table.add_column("Page", justify="right")
    table.add_column("Class", max_width=28, overflow="fold")
    table.add_column("Conf.", justify="right")
    table.add_column("Reason", ratio=1, overflow="fold")
    for verdict in answer.classification:
        colour = "red" if verdict.fault else colours[verdict.name]
        table.add_row(
            str(verdict.page + 1),
            Text(_encodable(_class_cell(verdict), encoding), style=colour),
            "-" if verdict.confidence is None else f"{verdict.confidence:.0%}",
            Text(_encodable(plain(verdict.reason), encoding)),
        )
    console.print(table)


def _title(answer: Answer, encoding: str) -> Text:
    metadata = answer.metadata
    pages = "1 page" if metadata.page_count == 1 else f"{metadata.page_count} pages"
    return Text(_encodable(f"{plain(metadata.filename)}: {pages}, {metadata.duration_ms / 1000:.1f} s", encoding))


def _class_cell(verdict: Verdict) -> str:
    if verdict.suggested_class:
        return f"{plain(verdict.name)}\n(maybe: {plain(verdict.suggested_class)})"
    return plain(verdict.name)


def _encodable(text: str, encoding: str) -> str:
    """The text as far as the terminal can show it; "?" for the rest."""
    return text.encode(encoding, "replace").decode(encoding)


class ProgressBar:
    """Progress on stderr that is gone once the document is done; nothing for short documents or without a terminal.

    A context manager around one document; call it with pages done and pages in all.
    """

    def __init__(self, name: str) -> None:
        self._name = plain(Path(name).name or name)
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __call__(self, done: int, total: int) -> None:
        if total < LONG_DOCUMENT or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = _start_bar()
            self._task = self._bar.add_task(self._name, total=total)
        self._bar.update(self._task, completed=done)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()


def _start_bar() -> Progress:
    bar = Progress(
        TextColumn("{task.description}", markup=False, table_column=Column(max_width=30, no_wrap=True, overflow="ellipsis")),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.start()
    return bar
