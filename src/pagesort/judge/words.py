"""Text → tokens → keys, the one way in which pages, knowledge and class names are compared.

A key is a run of tokens written without spaces. OCR drops and invents spaces ("InvoiceNumber", "W - 2"), people
write "pay_stub" and "PayStub": all of them come to the same key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_PHRASE = 12
"""Tokens in the longest phrase looked for on a page."""

CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
"""Between the words of a name like "PayStub"."""

_UNSPACED = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # Japanese kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese characters
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59"  # Thai
)
# Scripts written without spaces go by the character; letters and digits part company ("1040sr" is "1040 sr").
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\d+")
_PLAIN_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_FOLD = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def tokens(text: str) -> list[str]:
    """Lower-case tokens without accents or punctuation. Never raises, whatever the text."""
    split = text.lower()
    if split != text:
        split = CAMEL.sub(" ", text).lower()
    if split.isascii():
        if split.replace(" ", "").isalpha():  # by far the commonest text, and five times as fast
            return split.split()
        return _PLAIN_TOKEN.findall(split)
    decomposed = unicodedata.normalize("NFKD", split.translate(_FOLD))
    split = unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
    return _TOKEN.findall(split)


def unspaced(text: str) -> int:
    """Characters of scripts that are written without spaces."""
    return 0 if text.isascii() else len(_UNSPACED_CHARACTER.findall(text))


def key(text: str) -> str:
    """The text's key: its tokens run together."""
    letters = text.lower().replace(" ", "")
    return letters if letters.isascii() and letters.isalnum() else "".join(tokens(text))


def singular(text: str) -> str:
    """The key with each English plural made singular, roughly: "bank statements" and "bank statement" agree."""
    return "".join(singulars(tokens(text)))


def singulars(words: Iterable[str]) -> list[str]:
    """Each token in the singular, as `singular` has it."""
    return [_singular(word) for word in words]


def _singular(token: str) -> str:
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token
