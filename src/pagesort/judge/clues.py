"""The words of a page that a verdict goes by: how they read there, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pagesort.judge.evidence import Match
from pagesort.judge.words import key
from pagesort.types import Box, Clue, ClueKind, Line, Sight

MOST_CLUES = 8
"""Beyond these, more words convince nobody."""
LEAST_PROMINENT = 0.35
"""A title less prominent than this is a mention, not a title."""
LONGEST_TITLE = 80
"""Characters of a line that is shown whole as the title; of a longer one only the words that were known are."""

_KINDS: dict[str, ClueKind] = {"telling": "telling phrase", "phrase": "usual phrase"}
_ORDER: tuple[ClueKind, ...] = ("title", "telling phrase", "usual phrase")
# What is looked for at once: runs of plain letters as a whole, every other character by itself.
_PIECE = re.compile(r"[!-~]+|\S")


def find_clues(sight: Sight, matches: Sequence[Match]) -> tuple[Clue, ...]:
    """The strongest of the matches as they stand on the page, strongest first; at most `MOST_CLUES`."""
    titles = [match for match in matches if match.kind in ("title", "name") and match.prominence >= LEAST_PROMINENT]
    title: list[tuple[ClueKind, Match]] = [("title", max(titles, key=lambda match: match.prominence))] if titles else []
    phrases: list[tuple[ClueKind, Match]] = [(_KINDS[match.kind], match) for match in matches if match.kind in _KINDS]
    phrases.sort(key=lambda each: (_ORDER.index(each[0]), -each[1].weight))
    clues: list[Clue] = []
    seen: list[str] = []
    for kind, match in (*title, *phrases):
        found = key(match.phrase)
        if any(found in other for other in seen):  # "sincerely" says nothing beside "yours sincerely"
            continue
        clues.append(_title(sight.lines[match.line], found) if kind == "title" else _clue(kind, sight.lines[match.line], found))
        seen.append(key(clues[-1].text) if kind == "title" else found)
        if len(clues) == MOST_CLUES:
            break
    return tuple(clues)


def _title(line: Line, found: str) -> Clue:
    if len(line.text) <= LONGEST_TITLE:
        return Clue(_tidy(line.text), "title", _box(line, 0, len(line.text)))
    return _clue("title", line, found)


def _clue(kind: ClueKind, line: Line, found: str) -> Clue:
    start, end = _span(line.text, found)
    return Clue(_tidy(line.text[start:end]), kind, _box(line, start, end))


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" :;,|")


def _box(line: Line, start: int, end: int) -> Box:
    """The part of the line's box that those characters take up, were they all equally wide."""
    width = (line.right - line.left) / max(len(line.text), 1)
    sides = (line.left + start * width, line.top, line.left + end * width, line.bottom)
    return Box(*(round(min(1.0, max(0.0, side)), 4) for side in sides))


def _span(text: str, found: str) -> tuple[int, int]:
    """From where to where in the line the words with that key stand. A phrase may go on in the next line."""
    every = ((piece.start(), piece.end(), key(piece.group())) for piece in _PIECE.finditer(text))
    pieces = [(left, right, part) for left, right, part in every if part]
    begin = "".join(part for _, _, part in pieces).find(found)
    if begin < 0:
        return _tail(pieces, text, found)
    start, end, letters = 0, len(text), 0
    for left, right, part in pieces:
        if letters <= begin:
            start = left
        letters += len(part)
        if letters >= begin + len(found):
            end = right
            break
    return start, end


def _tail(pieces: Sequence[tuple[int, int, str]], text: str, found: str) -> tuple[int, int]:
    """The words at the end of the line with which the phrase begins."""
    for number, (start, _, _) in enumerate(pieces):
        rest = "".join(part for _, _, part in pieces[number:])
        if found.startswith(rest):
            return start, len(text)
    return 0, len(text)
