"""Streams in which one cannot seek, copied to where one can."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from pagesort.errors import DocumentTooLarge

SPOOL_BYTES = 16 * 1024 * 1024
"""Up to this size a stream waits in memory, beyond it in a temporary file."""


def spool(chunks: Iterable[bytes], max_bytes: int, name: str) -> BinaryIO:
    """The chunks as one seekable stream, which the caller closes. Raises `DocumentTooLarge` as soon as they are too many."""
    stream = cast(BinaryIO, SpooledTemporaryFile(SPOOL_BYTES))  # noqa: SIM115 - the caller closes it
    try:
        for chunk in chunks:
            if stream.tell() + len(chunk) > max_bytes:
                raise too_large(name, max_bytes)
            stream.write(chunk)
    except BaseException:
        stream.close()
        raise
    return stream


def too_large(name: str, max_bytes: int) -> DocumentTooLarge:
    """The error for a document of more than `max_bytes` bytes."""
    message = f"{name} is larger than the {max_bytes:,} bytes that are read at most."
    return DocumentTooLarge(f"{message} Split the document, or raise PAGESORT_MAX_BYTES.")
