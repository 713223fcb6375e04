"""Which sort of text a text file is, told by how it begins."""

from __future__ import annotations

import codecs
import re

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HTML = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|div|p|h[1-6])\b", re.I | re.S)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:")
_MAIL = re.compile(r"(received|message-id|mime-version|return-path|delivered-to|content-type|dkim-signature|x-[a-z-]+):", re.I)
_MARKDOWN = re.compile(r"^(#{1,6} \S|```|~~~|\|?\s*:?-{3,}:?\s*\|)|\[[^\]\n]+\]\((https?:|/|#)[^)\n]*\)|\*\*\S[^*\n]*\*\*", re.M)
_DELIMITERS = ";\t,"


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text in some encoding."""
    if head.startswith(_BOMS[1:]):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if not head or b"\0" in head or control > 0.01 * len(head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut off at the end is no mistake
    except UnicodeDecodeError:  # Windows-1252 then, or no text at all: in that encoding a text is mostly ASCII
        return sum(byte >= 0x80 for byte in head) < 0.3 * len(head)
    return True


def text_kind(head: bytes, name: str) -> str:
    """ "HTML", "EML", "MD" or "TXT"; or, in words, a sort of text that is not read."""
    text = _decoded(head)
    if _HTML.match(text) or "<html" in text[:1024].lower():
        return "HTML"
    if text.lstrip().startswith(("<?xml", "<svg")):
        return "XML"
    if _is_mail(text):
        return "EML"
    if _MARKDOWN.search(text):
        return "MD"
    return "a spreadsheet as text (CSV)" if _is_table(text, name) else "TXT"


def _decoded(head: bytes) -> str:
    utf16 = head.startswith(_BOMS[1:])
    return head.decode("utf-16" if utf16 else "utf-8", "replace").removeprefix("\ufeff")


def _is_mail(text: str) -> bool:
    """Header fields from the first line on, one of them such as no person writes at the top of a memo."""
    lines = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0].splitlines()
    if lines and lines[0].startswith("From "):  # as in a mailbox file
        lines = lines[1:]
    fields = [line for line in lines if not line.startswith((" ", "\t"))]
    return len(fields) > 1 and all(map(_HEADER.match, fields)) and any(map(_MAIL.match, fields))


def _is_table(text: str, name: str) -> bool:
    """Whether each line has the same number of cells; a few lines may have that by chance, unless the file is called a table."""
    lines = [line for line in text.splitlines()[:-1] or [text] if line.strip()]
    named = name.lower().endswith((".csv", ".tsv"))
    for delimiter in _DELIMITERS:
        least, *more = {re.sub(r'"[^"]*"', "", line).count(delimiter) for line in lines} or {0}
        if not more and (least >= 1 if named else least >= 2 and len(lines) >= 5):
            return True
    return False
