"""Any source → an open document. Whatever was opened here is closed here; a caller's file object stays open."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pagesort.errors import DocumentNotFound, EmptyDocument, InvalidRequest
from pagesort.options import Options
from pagesort.read.sniff import sniff
from pagesort.read.spool import spool, too_large
from pagesort.types import Document

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A path, an http(s) URL, the bytes themselves, or a file object open for reading bytes."""

NAMELESS = "upload"
"""What a document is called whose source has no name."""

_CHUNK = 1024 * 1024


@contextmanager
def open_document(source: Source, options: Options, filename: str | None = None) -> Iterator[Document]:
    """Open `source` for as long as the `with` block lasts; its pages are not usable afterwards.

    `filename` is what the document is called where its source says nothing better (bytes and nameless file objects).
    A seekable file object is read from its beginning.
    Raises `InvalidRequest`, `UrlNotFetched` or a `DocumentError`.
    """
    with ExitStack() as stack:
        stream, name = _stream(source, options, filename, stack)
        size = stream.seek(0, os.SEEK_END)
        if size > options.max_bytes:
            raise too_large(name, options.max_bytes)
        if size == 0:
            raise EmptyDocument(f"{name} is empty (0 bytes). If it was sent as a stream, send it again from its beginning.")
        kind = sniff(stream, name)
        if kind == "PDF":
            from pagesort.read.pdf import PdfDocument

            yield stack.enter_context(PdfDocument(stream, name, options))
        else:
            from pagesort.read.image import ImageDocument

            yield stack.enter_context(ImageDocument(stream, kind, name, options))


def _stream(source: Source, options: Options, filename: str | None, stack: ExitStack) -> tuple[BinaryIO, str]:
    """The source as a seekable stream, and its name."""
    if isinstance(source, bytes | bytearray | memoryview):
        return BytesIO(source), filename or NAMELESS
    if isinstance(source, str) and "://" in source:
        from pagesort.read.url import download

        stream, name = download(source, options)
        return stack.enter_context(stream), filename or name
    if isinstance(source, str | os.PathLike):
        return _open_path(Path(source), options, filename, stack)
    if not callable(getattr(source, "read", None)):
        raise InvalidRequest(
            "source", f"must be a path, bytes, a binary file object or a URL, not {type(source).__name__}", "source_type"
        )
    return _open_file(source, options, filename or _name_of(source), stack)


def _open_path(path: Path, options: Options, filename: str | None, stack: ExitStack) -> tuple[BinaryIO, str]:
    name = filename or path.name or str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DocumentNotFound(f"{path} is a directory. Give the path of one document, or of each file in it.")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise DocumentNotFound(f"{path} is a device, not a file.")
        file = stack.enter_context(path.open("rb"))
    except FileNotFoundError:
        raise DocumentNotFound(f"{path} does not exist. Check the spelling; relative paths start at {Path.cwd()}.") from None
    except PermissionError:
        raise DocumentNotFound(f"{path} may not be read by this user. Check its permissions.") from None
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a broken link, a network drive gone
        raise DocumentNotFound(f"{str(path)[:200]!r} cannot be opened: {error}") from None
    return _open_file(file, options, name, stack)


def _open_file(file: BinaryIO, options: Options, name: str, stack: ExitStack) -> tuple[BinaryIO, str]:
    try:
        if not isinstance(file.read(0), bytes):
            raise InvalidRequest("source", 'the file object gives text; open it in binary mode ("rb")', "source_type")
        seekable = getattr(file, "seekable", None)
        if seekable and seekable():
            return file, name
        chunks = iter(lambda: file.read(_CHUNK), b"")
        return stack.enter_context(spool(chunks, options.max_bytes, name)), name
    except (OSError, ValueError) as error:  # ValueError: a closed file
        raise DocumentNotFound(f"{name} cannot be read: {error}") from None


def _name_of(file: BinaryIO) -> str:
    name = getattr(file, "name", None)  # an int for files opened from a descriptor
    return (Path(name).name if isinstance(name, str) else "") or NAMELESS
