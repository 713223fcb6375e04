"""Documents opened by the real reading processes, which tests with the same options share."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from pagesort.options import Options
from pagesort.read import Opener, Source
from pagesort.types import Document

OPTIONS = Options(workers=2)


def open_document(
    source: Source, options: Options = OPTIONS, filename: str | None = None, password: str | None = None
) -> AbstractContextManager[Document]:
    """`Opener.open`, for as long as the `with` block lasts."""
    return opener(options).open(source, filename, password)


@cache
def opener(options: Options) -> Opener:
    """The opener for tests with these options."""
    _OPENERS.append(Opener(options))
    return _OPENERS[-1]


_OPENERS: list[Opener] = []


def close_all() -> None:
    """End all reading processes."""
    while _OPENERS:
        _OPENERS.pop().close()
    opener.cache_clear()
