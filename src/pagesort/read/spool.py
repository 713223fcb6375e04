"""What comes as a stream, on disk: the reading processes open files, and a document of 200 MB should not fill the memory."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from pagesort.errors import DocumentTooLarge


class SpoolFile:
    """A temporary file that only this user may read. Closing it deletes it."""

    def __init__(self, suffix: str = "") -> None:
        descriptor, path = tempfile.mkstemp(suffix, "pagesort-")
        self.path = Path(path)
        self._file = os.fdopen(descriptor, "wb")

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)

    def tell(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def finish(self) -> Path:
        """The file, once everything has been written."""
        self._file.flush()
        return self.path

    def close(self) -> None:
        """Delete the file. Emptied first: a reading process may still hold it open, and then its name alone would go."""
        with contextlib.suppress(OSError):
            self._file.truncate(0)
            self._file.close()
        with contextlib.suppress(OSError):
            self.path.unlink()

    def __enter__(self) -> SpoolFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def spool(chunks: Iterable[bytes], max_bytes: int, name: str) -> SpoolFile:
    """The chunks as a file, which the caller closes. Raises `DocumentTooLarge` as soon as they are too many."""
    file = SpoolFile()
    try:
        for chunk in chunks:
            if file.tell() + len(chunk) > max_bytes:
                raise too_large(name, max_bytes)
            file.write(chunk)
        file.finish()
    except BaseException:
        file.close()
        raise
    return file


def too_large(name: str, max_bytes: int) -> DocumentTooLarge:
    """The error for a document of more than `max_bytes` bytes."""
    message = f"{name} is larger than the {max_bytes:,} bytes that are read at most."
    return DocumentTooLarge(f"{message} Split the document, or raise PAGESORT_MAX_BYTES.")
