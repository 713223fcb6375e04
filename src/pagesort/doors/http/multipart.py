"""The body of a request → its text fields in memory, its document on disk.

A part is what its name says, whatever else its headers claim: `document` is the document, with or without a file name
(a client that sends it as text means its bytes); `classes` and the other fields are text, even where a file name says
"file"; anything else is skipped unread. Parts may come in any order.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio.to_thread
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pagesort.errors import DocumentTooLarge, InvalidRequest
from pagesort.read import SpoolFile

DOCUMENT = "document"
TEXT_FIELDS = frozenset({"classes", "document_url", "model", "pages", "password"})

MAX_PARTS = 20_000
"""Room for a list ten times longer than is allowed, so that it is refused as a list of classes and not as a form."""
MAX_TEXT = 32 * 1024 * 1024
"""Bytes of all text fields together: a thousand classes with the longest descriptions, in any script, escaped or not."""

_HOW = "send multipart/form-data with the fields `classes` and `document` (or `document_url`)"


@dataclass(slots=True)
class Form:
    """What one body held."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    """The text fields, name and value, in the order in which they came."""
    document: SpoolFile | None = None
    filename: bytes | None = None
    """The name of the document's part as it was sent; None where it had none."""

    def close(self) -> None:
        if self.document:
            self.document.close()


@asynccontextmanager
async def read_multipart(request: Request, max_bytes: int) -> AsyncIterator[Form]:
    """Read the whole body; the document is gone once the context ends. Parsing and disk writes stay off the event loop.

    `max_bytes` limits the document. Raises `DocumentTooLarge` as soon as that is certain, `InvalidRequest` for a broken
    or oversized form, an HTTP 415 for a body that is no form at all, and `ClientDisconnect`.
    """
    _refuse_if_announced_too_large(request, max_bytes)
    parser = _FormParser(_boundary(request), max_bytes)
    try:
        async for chunk in request.stream():
            await anyio.to_thread.run_sync(parser.write, chunk)
        parser.finish()
        yield parser.form
    finally:
        parser.form.close()


def _refuse_if_announced_too_large(request: Request, max_bytes: int) -> None:
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > max_bytes + MAX_TEXT:
        raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> DocumentTooLarge:
    return DocumentTooLarge(
        f"document: larger than {max_bytes:,} bytes, the most that is accepted here; send fewer pages at a time"
    )


def _boundary(request: Request) -> bytes:
    header = request.headers.get("content-type", "")
    media_type, parameters = parse_options_header(header)
    if media_type != b"multipart/form-data":
        raise HTTPException(415, f"the body is {header[:100] or 'of no stated type'}; {_HOW}")
    boundary = parameters.get(b"boundary")
    if not boundary:
        raise InvalidRequest(
            "body", "the Content-Type header names no boundary; let the HTTP library write that header", "multipart"
        )
    return boundary


class _FormParser:
    """Feeds the body through python-multipart, whose callbacks fill `form`."""

    def __init__(self, boundary: bytes, max_bytes: int) -> None:
        self.form = Form()
        self._max_bytes = max_bytes
        self._body_bytes = self._text_bytes = self._parts = 0
        self._complete = False
        self._name = ""
        self._text: bytearray | None = None
        self._header = bytearray()
        self._value = bytearray()
        self._disposition = b""
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._on_part_begin,
                    "on_header_field": self._on_header_field,
                    "on_header_value": self._on_header_value,
                    "on_header_end": self._on_header_end,
                    "on_headers_finished": self._on_headers_finished,
                    "on_part_data": self._on_part_data,
                    "on_part_end": self._on_part_end,
                    "on_end": self._on_end,
                },
            )
        except FormParserError as error:
            raise _broken(error) from error

    def write(self, chunk: bytes) -> None:
        self._body_bytes += len(chunk)
        if self._body_bytes > self._max_bytes + MAX_TEXT:
            raise _too_large(self._max_bytes)
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _broken(error) from error

    def finish(self) -> None:
        """Check that the body came to its end, and make the document ready to be read."""
        if not self._complete:
            raise _broken("it ends before the closing boundary")
        if self.form.document:
            self.form.document.finish()

    def _on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise InvalidRequest(
                "body", f"the form has more than {MAX_PARTS:,} parts; send `classes` as one JSON field", "too_long"
            )
        self._disposition = b""

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _on_headers_finished(self) -> None:
        _, parameters = parse_options_header(self._disposition)
        if b"name" not in parameters:
            raise _broken("a part has no name")
        self._name = _decode(parameters[b"name"], "body")
        self._text = bytearray() if self._name.partition("[")[0] in TEXT_FIELDS else None
        if self._name == DOCUMENT:
            self._begin_document(parameters.get(b"filename"))
        elif self._name.startswith(f"{DOCUMENT}["):
            message = "arrived as a list of single bytes; wrap the buffer as a file, e.g. with toFile() or new File()"
            raise InvalidRequest(DOCUMENT, message, "file_type")

    def _begin_document(self, filename: bytes | None) -> None:
        if self.form.document:
            raise InvalidRequest(DOCUMENT, "was sent more than once; send one document per request", "duplicate")
        self.form.document = SpoolFile()
        self.form.filename = filename

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == DOCUMENT and self.form.document:
            self.form.document.write(data[start:end])
            if self.form.document.tell() > self._max_bytes:
                raise _too_large(self._max_bytes)
        elif self._text is not None:
            self._text_bytes += end - start
            if self._text_bytes > MAX_TEXT:
                raise InvalidRequest(self._name, f"the text fields together hold more than {MAX_TEXT:,} bytes", "too_long")
            self._text += data[start:end]

    def _on_part_end(self) -> None:
        if self._text is not None:
            self.form.fields.append((self._name, _decode(bytes(self._text), self._name)))
        elif self._name == DOCUMENT and not self.form.filename and self.form.document and not self.form.document.tell():
            # What a browser sends for a file field that was left empty.
            self.form.close()
            self.form.document = None

    def _on_end(self) -> None:
        self._complete = True


def _decode(value: bytes, name: str) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidRequest(name, "is not valid UTF-8; send text fields in UTF-8", "string_unicode") from error


def _broken(why: object) -> InvalidRequest:
    return InvalidRequest("body", f"the multipart form is broken: {why}; {_HOW}", "multipart")
