"""A verdict's reason, in words: the evidence that was found on the page, and where."""

from __future__ import annotations

from collections.abc import Sequence

from pagesort.judge.evidence import Match
from pagesort.judge.knowledge import PageType
from pagesort.judge.words import key
from pagesort.types import Sight

MOST_PHRASES = 4
_SHORTEST_TITLE = 0.35
"""A title less prominent than this is a mention, not a title."""


def describe(sight: Sight, wanted: str | None, page_type: PageType | None, matches: Sequence[Match]) -> str:
    """Why the page is `wanted` (None: why it is unknown), by the evidence for `page_type` (None: the class's own words)."""
    evidence = "; ".join(part for part in (_title(sight, matches), _phrases(matches)) if part)
    if wanted is None:
        looks_like = f"; it looks like {_a(page_type.name)}" if page_type else ""
        return f"Fits none of the classes{looks_like}{': ' + evidence if evidence else ''}."
    if evidence:
        return f"{evidence[0].upper()}{evidence[1:]}."
    if not sight.lines:
        return f"No text on the page; {wanted!r} is the likeliest by its shape alone."
    return f"No telling words on the page; {wanted!r} is the likeliest by its layout alone."


def describe_blank() -> str:
    return "The page is blank."


def _title(sight: Sight, matches: Sequence[Match]) -> str:
    titles = [match for match in matches if match.kind in ("title", "name") and match.prominence >= _SHORTEST_TITLE]
    if not titles:
        return ""
    best = max(titles, key=lambda match: match.prominence)
    line = sight.lines[best.line]
    place = "at the top" if line.top < 0.25 else "in the middle" if line.top < 0.7 else "at the foot"
    return f"titled {_quoted(line.text)} {place}"


def _phrases(matches: Sequence[Match]) -> str:
    telling = sorted((match for match in matches if match.kind == "telling"), key=lambda match: -match.weight)
    usual = sorted((match for match in matches if match.kind == "phrase"), key=lambda match: -match.weight)
    names: list[str] = []
    listed_keys: list[str] = []
    for match in (*telling, *usual):
        found = key(match.phrase)
        if not any(found in other for other in listed_keys):  # "sincerely" says nothing beside "yours sincerely"
            names.append(match.phrase)
            listed_keys.append(found)
    if not names:
        return ""
    more = len(names) - MOST_PHRASES
    listed = ", ".join(_quoted(name) for name in names[:MOST_PHRASES])
    return f"the page says {listed}{f' and {more} more such phrases' if more > 1 else ''}"


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _a(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"
