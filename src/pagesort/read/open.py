"""Any source → an open document. What was spooled to disk here is deleted here; a caller's file object stays open."""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pagesort.errors import DocumentNotFound, EmptyDocument, InvalidRequest
from pagesort.options import Options
from pagesort.read.file import File
from pagesort.read.isolation import Processes
from pagesort.read.office import Office
from pagesort.read.remote import RemoteDocument, check_archive
from pagesort.read.sniff import OFFICE, sniff
from pagesort.read.spool import spool, too_large
from pagesort.types import Document

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A path, an http(s) URL, the bytes themselves, or a file object open for reading bytes."""

NAMELESS = "upload"
"""What a document is called whose source has no name."""

_CHUNK = 1024 * 1024
_SERIAL = itertools.count()


class Opener:
    """Opens documents; owns the processes that read them, LibreOffice among them. Safe to share between threads."""

    def __init__(self, options: Options, preload: Sequence[str] = ()) -> None:
        """`preload`: modules that the reading processes are to have loaded, beside those that read."""
        self._options = options
        self._processes = Processes(options, preload)
        self._office = Office(options)

    def start(self) -> None:
        """Start the reading processes now, so that the first document need not wait for them."""
        self._processes.start()

    @contextmanager
    def open(self, source: Source, filename: str | None = None, password: str | None = None) -> Iterator[Document]:
        """Open `source` for as long as the `with` block lasts; its pages are not usable afterwards.

        `filename` is what the document is called where its source says nothing better (bytes and nameless file objects).
        A seekable file object is read from its beginning.
        Raises `InvalidRequest`, `UrlNotFetched` or a `DocumentError`.
        """
        with ExitStack() as stack:
            path, name = _on_disk(source, self._options, filename, stack)
            with _open_path(path) as stream:
                size = stream.seek(0, os.SEEK_END)
                if size > self._options.max_bytes:
                    raise too_large(name, self._options.max_bytes)
                if size == 0:
                    again = "If it was sent as a stream, send it again from its beginning."
                    raise EmptyDocument(f"{name} is empty (0 bytes). {again}")
                kind = sniff(stream, name)
            file = File(next(_SERIAL), path, name, kind, password, self._options)
            if kind in OFFICE:
                file = self._converted(file, stack)
            yield RemoteDocument(file, self._processes)

    @contextmanager
    def hold(self, source: Source, filename: str | None = None) -> Iterator[tuple[Path, str]]:
        """`source` as a file on disk, and its name, for those who read it more than once. Raises like `open`."""
        with ExitStack() as stack:
            yield _on_disk(source, self._options, filename, stack)

    def close(self) -> None:
        """End the reading processes and LibreOffice. Closing twice is fine."""
        self._office.close()
        self._processes.close()

    def _converted(self, file: File, stack: ExitStack) -> File:
        check_archive(file, self._processes)
        converted = stack.enter_context(self._office.convert(file))
        return replace(file, serial=next(_SERIAL), path=converted.path, kind="PDF", password=None)


def _on_disk(source: Source, options: Options, filename: str | None, stack: ExitStack) -> tuple[Path, str]:
    """The source as a regular file, and its name."""
    if isinstance(source, bytes | bytearray | memoryview):
        name = filename or NAMELESS
        return stack.enter_context(spool([bytes(source)], options.max_bytes, name)).path, name
    if isinstance(source, str) and "://" in source:
        from pagesort.read.url import download

        downloaded, name = download(source, options)
        return stack.enter_context(downloaded).path, filename or name
    if isinstance(source, str | os.PathLike):
        return _checked_path(Path(source), options, filename, stack)
    if not callable(getattr(source, "read", None)):
        raise InvalidRequest(
            "source", f"must be a path, bytes, a binary file object or a URL, not {type(source).__name__}", "source_type"
        )
    name = filename or _name_of(source)
    return _copied(source, options, name, stack), name


def _checked_path(path: Path, options: Options, filename: str | None, stack: ExitStack) -> tuple[Path, str]:
    name = filename or path.name or str(path)
    with _open_path(path) as file:
        if stat.S_ISFIFO(os.fstat(file.fileno()).st_mode):
            return _copied(file, options, name, stack), name
    return path.absolute(), name


def _open_path(path: Path) -> BinaryIO:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DocumentNotFound(f"{path} is a directory. Give the path of one document, or of each file in it.")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise DocumentNotFound(f"{path} is a device, not a file.")
        return path.open("rb")
    except FileNotFoundError:
        raise DocumentNotFound(f"{path} does not exist. Check the spelling; relative paths start at {Path.cwd()}.") from None
    except PermissionError:
        raise DocumentNotFound(f"{path} may not be read by this user. Check its permissions.") from None
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a broken link, a network drive gone
        raise DocumentNotFound(f"{str(path)[:200]!r} cannot be opened: {error}") from None


def _copied(file: BinaryIO, options: Options, name: str, stack: ExitStack) -> Path:
    """What the file object holds, from its beginning where it has one, in a file that other processes can open."""
    try:
        if not isinstance(file.read(0), bytes):
            raise InvalidRequest("source", 'the file object gives text; open it in binary mode ("rb")', "source_type")
        seekable = getattr(file, "seekable", None)
        if seekable and seekable():
            file.seek(0)
        chunks = iter(lambda: file.read(_CHUNK), b"")
        return stack.enter_context(spool(chunks, options.max_bytes, name)).path
    except (OSError, ValueError) as error:  # ValueError: a closed file
        raise DocumentNotFound(f"{name} cannot be read: {error}") from None


def _name_of(file: BinaryIO) -> str:
    name = getattr(file, "name", None)  # an int for files opened from a descriptor
    return (Path(name).name if isinstance(name, str) else "") or NAMELESS
