"""Everything that can go wrong, in one tree. Each class carries its wire code, HTTP status and exit code.

PagesortError
├── InvalidRequest          422  what was asked for makes no sense (classes, pages, document and URL)
├── UnknownModel            400
├── UrlNotFetched           400  document_url: bad, refused, unreachable, not a 200, too slow
├── NotAuthorized           401
├── DocumentError                the file as a whole cannot be used
│   ├── DocumentNotFound    415  no such path
│   ├── EmptyDocument       415
│   ├── UnsupportedDocument 415  not a type we read
│   ├── UnreadableDocument  415  broken
│   ├── EncryptedDocument   415
│   └── DocumentTooLarge    413  bytes, pages or pixels over a limit
├── BadKnowledge            500  a file of page types, shipped or the user's own, is not as it must be
├── PageUnreadable               one page of a document; becomes a Fault, never leaves flow
│   └── PageTimeout              it took too long
├── DeliveryFailed               one document could not be sent on; stays in the failed folder, never leaves the flow
└── MissingExtra            500  an optional part is not installed; names the install line
"""

from __future__ import annotations

from typing import ClassVar

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_DOCUMENT = 3
EXIT_MISSING = 4
EXIT_PARTIAL = 5
EXIT_UNDELIVERED = 6
EXIT_WARNINGS = 7


class PagesortError(Exception):
    """Base of all our errors. `str(error)` tells a person what is wrong and what to do about it."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = EXIT_FAILED


class InvalidRequest(PagesortError):
    """A field of the request is missing or makes no sense.

    `field` is the path of the field as people write it ("classes[3].class", "pages");
    `kind` the machine-readable sort of mistake ("missing", "duplicate", "too_long", ...).
    """

    code = "validation_error"
    status = 422
    exit_code = EXIT_USAGE

    def __init__(self, field: str, message: str, kind: str = "value_error") -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.kind = kind


class UnknownModel(PagesortError):
    code = "unknown_model_version"
    status = 400
    exit_code = EXIT_USAGE


class UrlNotFetched(PagesortError):
    code = "invalid_url"
    status = 400
    exit_code = EXIT_DOCUMENT


class NotAuthorized(PagesortError):
    code = "invalid_api_key"
    status = 401
    exit_code = EXIT_USAGE


class DocumentError(PagesortError):
    """The document as a whole cannot be used; the message names the file and the way out."""

    code = "unreadable_document"
    status = 415
    exit_code = EXIT_DOCUMENT


class DocumentNotFound(DocumentError):
    code = "document_not_found"


class EmptyDocument(DocumentError):
    code = "empty_document"


class UnsupportedDocument(DocumentError):
    code = "unsupported_format"


class UnreadableDocument(DocumentError):
    code = "unreadable_document"


class EncryptedDocument(DocumentError):
    code = "encrypted_document"


class DocumentTooLarge(DocumentError):
    code = "size_exceeded"
    status = 413


class BadKnowledge(PagesortError):
    """A file of page types is not as it must be; the message names the file, the entry and the field."""

    code = "bad_knowledge"
    exit_code = EXIT_USAGE


class PageUnreadable(PagesortError):
    """One page of a document cannot be read. `flow` turns it into a `Fault`."""

    code = "page_unreadable"
    exit_code = EXIT_PARTIAL


class PageTimeout(PageUnreadable):
    """Reading the page took longer than the settings allow, or the whole document did before its turn came."""

    code = "page_timeout"


class DeliveryFailed(PagesortError):
    """One document could not be sent on. `attempts` is how often it was tried."""

    code = "delivery_failed"
    exit_code = EXIT_UNDELIVERED

    def __init__(self, message: str, attempts: int) -> None:
        super().__init__(message)
        self.attempts = attempts


class MissingExtra(PagesortError):
    """An optional part is not installed. The message holds the exact install line."""

    code = "missing_extra"
    exit_code = EXIT_MISSING
