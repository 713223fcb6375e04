"""Documents and pages as the rest of the program sees them; the work is done in the reading processes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from pagesort.errors import DocumentError, PageTimeout, PageUnreadable, UnreadableDocument
from pagesort.read import worker
from pagesort.read.file import File, PageText
from pagesort.read.isolation import Asked, Processes, ReadFailed, ReadTimeout
from pagesort.types import Fault, Image, JudgePage, Line, Page, Verdict

T = TypeVar("T")

CHUNK = 16
"""Most pages asked for at once. The first chunks are smaller, so that the first page is not kept waiting, and so are the last."""

_Reading = Asked[tuple[float, list[PageText | PageUnreadable]]]


class RemoteDocument:
    """An open document, safe to use from several threads. Its pages are read ahead by all processes at once."""

    def __init__(self, file: File, processes: Processes) -> None:
        """Raises a `DocumentError`."""
        self.name = file.name
        self._processes = processes
        try:
            self.page_count = processes.result(processes.submit(worker.open_file, file))
        except ReadFailed as error:
            raise UnreadableDocument(f"{self.name} could not be opened: {error}.") from None
        self._file = replace(file, page_count=self.page_count)
        self._seconds = 0.0
        self._lock = threading.Lock()

    def page(self, number: int) -> Page:
        """Page `number` from 0. Raises `PageUnreadable`."""
        (page,) = self.pages([number])
        if isinstance(page, Fault):
            raise PageUnreadable(page.message)
        return page

    def pages(self, numbers: Sequence[int], judge: JudgePage | None = None) -> Iterator[Page | Fault]:
        """The pages, in that order, their text included; one that cannot be read costs itself alone.

        `judge` gives each page its early verdict, in the process that reads it.
        """
        waiting = deque(numbers)
        ahead: deque[tuple[list[int], _Reading]] = deque()
        size = 1
        while waiting or ahead:
            if self._spent():
                lost = [number for chunk, _ in ahead for number in chunk]
                yield from (_fault(number, self._too_slow()) for number in [*lost, *waiting])
                return
            while waiting and len(ahead) <= self._processes.count:
                few = max(1, len(waiting) // (2 * self._processes.count))  # towards the end, so that all finish together
                ahead.append(self._read([waiting.popleft() for _ in range(min(size, few))], judge))
                size = min(2 * size, CHUNK)
            chunk, reading = ahead.popleft()
            pages = self._collect(chunk, reading)
            yield from pages
            # What a slow chunk left over; or, where nobody knows which page made it fail, each by itself.
            rest = chunk[len(pages) :]
            parts = [rest] if pages else [[number] for number in rest]
            ahead.extendleft(self._read(part, judge) for part in reversed(parts) if part)

    def copy_pages(self, numbers: Sequence[int]) -> bytes:
        """Those pages as a PDF file of their own. Raises `PageUnreadable`."""
        return self._outcome(numbers[0], self._processes.submit(worker.copy_pages, self._file, list(numbers)))

    def visit(self, number: int, task: Callable[..., tuple[float, T]], *args: object) -> T:
        """Have a task done on a page. Raises `PageUnreadable`."""
        if self._spent():
            raise self._too_slow()
        return self._outcome(number, self._processes.submit(task, self._file, number, *args))

    def _read(self, chunk: list[int], judge: JudgePage | None) -> tuple[list[int], _Reading]:
        return chunk, self._processes.submit(worker.read_pages, self._file, chunk, judge)

    def _collect(self, chunk: list[int], reading: _Reading) -> list[Page | Fault]:
        """The first pages of the chunk, at least one; none where several were lost together."""
        try:
            pages = self._outcome(chunk[0], reading)
        except PageUnreadable as error:
            return [_fault(chunk[0], error)] if len(chunk) == 1 else []
        return [
            _fault(number, page) if isinstance(page, PageUnreadable) else RemotePage(self, number, page)
            for number, page in zip(chunk, pages, strict=False)
        ]

    def _outcome(self, number: int, asked: Asked[tuple[float, T]]) -> T:
        where = f"Page {number + 1} of {self.name}"
        seconds = 0.0
        try:
            seconds, result = self._processes.result(asked)
            return result
        except ReadTimeout as error:
            seconds = self._file.options.page_timeout
            raise PageTimeout(f"{where} could not be read: {error}.") from None
        except ReadFailed as error:
            raise PageUnreadable(f"{where} could not be read: {error}.") from None
        except DocumentError as error:  # it opened before; now the file has changed or gone
            raise PageUnreadable(f"{where} could not be read: {error}") from None
        finally:
            with self._lock:
                self._seconds += seconds

    def _spent(self) -> bool:
        return self._seconds > self._file.options.document_timeout

    def _too_slow(self) -> PageTimeout:
        limit = self._file.options.document_timeout
        way_out = "Split the document, or raise PAGESORT_DOCUMENT_TIMEOUT."
        return PageTimeout(f"Reading {self.name} took {limit:g} seconds before this page's turn came. {way_out}")


class RemotePage:
    """One page. Its size and text are here; the reading processes are asked again only for the picture."""

    def __init__(self, document: RemoteDocument, number: int, text: PageText) -> None:
        self._document = document
        self.number = number
        self.size = text.size
        self._text = text
        self._picture_share = text.picture_share

    def text_layer(self) -> tuple[Line, ...] | None:
        """The words stored in the page, in the order of the file; None where the format has no text layer."""
        return self._text.lines()

    @property
    def early(self) -> Verdict | None:
        """The verdict on the text, where that was asked for and the text suffices."""
        return self._text.early

    def picture_share(self) -> float:
        """Share of the page's area that pictures cover, 0..1. Raises `PageUnreadable`."""
        if self._picture_share is None:
            self._picture_share = self._document.visit(self.number, worker.picture_share)
        return self._picture_share

    def render(self, longest_side: int) -> Image:
        """The page upright, its longer side at most `longest_side` pixels. Raises `PageUnreadable`."""
        return self._document.visit(self.number, worker.render, longest_side)


def check_archive(file: File, processes: Processes) -> None:
    """Look into an office file before LibreOffice does. Raises `UnreadableDocument` or `DocumentTooLarge`."""
    try:
        processes.result(processes.submit(worker.check_archive, file))
    except ReadFailed as error:
        raise UnreadableDocument(f"{file.name} could not be opened: {error}.") from None


def _fault(number: int, error: PageUnreadable) -> Fault:
    return Fault(number, error.code, str(error))
