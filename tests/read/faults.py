"""Tasks that go wrong in a reading process, to be called there by name."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from pagesort.errors import PageUnreadable
from pagesort.read import worker
from pagesort.read.file import File, PageText
from pagesort.types import JudgePage

BAD_PAGE = 3

read_pages = worker.read_pages


def crash() -> None:
    os.abort()


def hang() -> None:
    time.sleep(600)


def swallow_memory() -> int:
    return len(bytearray(64 * 1024**3))


def process_id() -> int:
    return os.getpid()


def crash_on_bad_page(
    file: File, numbers: Sequence[int], judge: JudgePage | None = None
) -> tuple[float, list[PageText | PageUnreadable]]:
    if BAD_PAGE in numbers:
        os.abort()
    return read_pages(file, numbers, judge)


def hang_on_bad_page(
    file: File, numbers: Sequence[int], judge: JudgePage | None = None
) -> tuple[float, list[PageText | PageUnreadable]]:
    if BAD_PAGE in numbers:
        time.sleep(600)
    return read_pages(file, numbers, judge)


def raise_on_bad_page(
    file: File, numbers: Sequence[int], judge: JudgePage | None = None
) -> tuple[float, list[PageText | PageUnreadable]]:
    if BAD_PAGE in numbers:
        raise RuntimeError("a parser's own")
    return read_pages(file, numbers, judge)


def take_a_minute(
    file: File, numbers: Sequence[int], judge: JudgePage | None = None
) -> tuple[float, list[PageText | PageUnreadable]]:
    _, pages = read_pages(file, numbers[:1])
    return 60.0, pages


def crash_while_opening(file: File) -> int:
    os.abort()


def hang_while_opening(file: File) -> int:
    time.sleep(600)
    return 0


open_file = worker.open_file


def crash_on_images(file: File) -> int:
    if file.kind != "PDF":
        os.abort()
    return open_file(file)
