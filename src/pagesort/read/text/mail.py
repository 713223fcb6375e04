"""E-mail → blocks: who wrote to whom, when and about what, then the message, then what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from pathlib import Path

from pagesort.read.text import html
from pagesort.read.text.blocks import BODY, Block, Flow
from pagesort.read.text.decode import decode

_FIELDS = ("From", "To", "Cc", "Date")
_SUBJECT_SIZE = 16.0


def blocks(path: Path) -> Iterator[Flow]:
    """The message as a mail program prints it."""
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    if subject := _field(message, "Subject"):
        yield Block((subject,), _SUBJECT_SIZE)
    for name in _FIELDS:
        if value := _field(message, name):
            yield Block((f"{name}: {value}",))
    yield Block((" ",))
    body = message.get_body(("plain", "html"))
    if body is not None:
        yield from _body(body)
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if attached:
        yield Block((f"Attachments: {', '.join(attached)}",), BODY)


def _body(part: MIMEPart) -> Iterator[Flow]:
    content = part.get_payload(decode=True)
    text = _decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""
    if part.get_content_subtype() == "html":
        yield from html.blocks([text])
    else:
        for line in text.splitlines():
            yield Block((line,))


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return decode(content)


def _field(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # the parser of header fields trips over some that are malformed
        return ""
