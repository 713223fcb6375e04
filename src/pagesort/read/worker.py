"""What runs inside a reading process. Everything here takes and gives plain values; nothing open ever leaves it.

Documents stay open between tasks, a few of them, so that consecutive pages cost no new start.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
import zipfile
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

# Before numpy: it would start a thread for each core, and a process with threads cannot be forked safely.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pagesort.errors import DocumentTooLarge, PageUnreadable, UnreadableDocument
from pagesort.read.file import File, PageText
from pagesort.read.sniff import IMAGES, TEXTS
from pagesort.types import Image, JudgePage, Line

PARSERS = ("pagesort.read.pdf", "pagesort.read.image")
"""Modules that take long to load, and nearly every document needs one of them."""

OPEN_DOCUMENTS = 4
"""Documents a process keeps open; the one not used for longest is closed first."""

SLICE = 0.25
"""Seconds after which a task hands over the pages it has, so that nobody waits for a whole chunk of slow ones."""


class Opened(Protocol):
    """An open document of one format."""

    @property
    def page_count(self) -> int: ...

    def read(self, number: int) -> PageText: ...

    def picture_share(self, number: int) -> float: ...

    def render(self, number: int, longest_side: int) -> Image: ...

    def copy_pages(self, numbers: Sequence[int]) -> bytes: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a document that is open here."""

    document: Opened
    number: int
    text: PageText
    early: None = None

    @property
    def size(self) -> tuple[float, float]:
        return self.text.size

    def text_layer(self) -> tuple[Line, ...] | None:
        return self.text.lines()

    def picture_share(self) -> float:
        share = self.text.picture_share
        return self.document.picture_share(self.number) if share is None else share

    def render(self, longest_side: int) -> Image:
        return self.document.render(self.number, longest_side)


MAX_ASPECT = 50
"""A picture thinner than this is no page; text recognition takes minutes over one long, thin line."""

_open: OrderedDict[int, Opened] = OrderedDict()


def begin(max_memory: int) -> None:
    """The first thing a process does: limits for itself, and silence."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler in Python would wait for the C code that hangs
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # the C libraries tell stderr about every oddity of a file
        os.dup2(nowhere, stream)


def wake_up() -> None:
    """Nothing: to have an answer means to be ready."""


def open_file(file: File) -> int:
    """Open a document; how many pages it has. Raises `DocumentError`."""
    return _document(file).page_count


def check_archive(file: File) -> None:
    """Whether a zip archive is whole and unpacks to no more than is allowed. Raises `DocumentError`."""
    if file.kind not in ("DOCX", "PPTX", "ODT", "ODP"):
        return
    try:
        with zipfile.ZipFile(file.path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        advice = "It may have been cut short; send it again."
        raise UnreadableDocument(f"{file.name} is a broken {file.kind} file ({error}). {advice}") from None
    limit = file.options.max_unpacked
    if unpacked > limit:
        message = f"{file.name} unpacks to {unpacked:,} bytes; at most {limit:,} are read."
        raise DocumentTooLarge(f"{message} Make it smaller, or raise PAGESORT_MAX_UNPACKED.")


def read_pages(
    file: File, numbers: Sequence[int], judge: JudgePage | None = None
) -> tuple[float, list[PageText | PageUnreadable]]:
    """Seconds it took, and the pages in order: all of them, or as many as a slice of time allows, but at least one.

    `judge`: gives each page its early verdict.
    """
    started = time.perf_counter()
    document = _document(file)
    pages: list[PageText | PageUnreadable] = []
    for number in numbers:
        try:
            text = document.read(number)
            pages.append(_judged(document, number, text, judge) if judge and text.rows else text)
        except PageUnreadable as error:
            pages.append(error)
        if time.perf_counter() - started > SLICE:
            break
    return time.perf_counter() - started, pages


def _judged(document: Opened, number: int, text: PageText, judge: JudgePage) -> PageText:
    try:
        return replace(text, early=judge(_Page(document, number, text)))
    except Exception:  # the caller judges such a page itself, and says what is wrong
        return text


def picture_share(file: File, number: int) -> tuple[float, float]:
    """Seconds it took, and the share. Raises `PageUnreadable`."""
    started = time.perf_counter()
    share = _document(file).picture_share(number)
    return time.perf_counter() - started, share


def render(file: File, number: int, longest_side: int) -> tuple[float, Image]:
    """Seconds it took, and the picture. Raises `PageUnreadable`."""
    started = time.perf_counter()
    image = _document(file).render(number, longest_side)
    height, width = image.shape[:2]
    if max(width, height) > MAX_ASPECT * min(width, height):
        shape = f"more than {MAX_ASPECT} times as long as it is wide"
        raise PageUnreadable(f"Page {number + 1} of {file.name} is a strip, {shape}, and cannot be read as a page.")
    return time.perf_counter() - started, image


def copy_pages(file: File, numbers: Sequence[int]) -> tuple[float, bytes]:
    """Seconds it took, and the pages as a PDF file. Raises `PageUnreadable`."""
    started = time.perf_counter()
    content = _document(file).copy_pages(numbers)
    return time.perf_counter() - started, content


def _document(file: File) -> Opened:
    if file.serial in _open:
        _open.move_to_end(file.serial)
        return _open[file.serial]
    while len(_open) >= OPEN_DOCUMENTS:
        _, oldest = _open.popitem(last=False)
        oldest.close()
    _open[file.serial] = _opened(file)
    return _open[file.serial]


def _opened(file: File) -> Opened:
    """Parsers are imported here: the caller's process knows this module, too, and has no need of them."""
    if file.kind in IMAGES:
        from pagesort.read.image import ImageDocument

        return ImageDocument(file)
    if file.kind in TEXTS:
        from pagesort.read.text import TextDocument

        return TextDocument(file)
    from pagesort.read.pdf import PdfDocument

    return PdfDocument(file)
