"""What people read: messages on stderr, never on stdout."""

from __future__ import annotations

import sys


def tell(message: str) -> None:
    """One message on stderr."""
    encoding = sys.stderr.encoding or "utf-8"
    text = "\n".join(plain(line) for line in message.splitlines())
    print(f"pagesort: {text}".encode(encoding, "replace").decode(encoding), file=sys.stderr)


def plain(text: str) -> str:
    """The text without control characters: names and words of a document must not steer the reader's terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
