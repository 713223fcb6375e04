"""Blocks → pages. A simple typewriter: places are good to about a character, which is what judging needs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from pagesort.read.file import Row
from pagesort.read.text.blocks import Block, Flow, PageBreak

WIDTH, HEIGHT = 595.0, 842.0
"""The sheet, A4 upright, in points."""

MARGIN = 50.0
LEADING = 1.25
"""Distance of two lines over the size of their type."""

_SPACE = 0.5
"""Width of an average character over the size of its type; in fixed type, where every character counts, a little more."""
_FIXED = 0.6

_COLUMN = re.compile(r"\S+(?: \S+)*")
"""In fixed type, two spaces or more part columns."""


def pages(flow: Iterable[Flow]) -> Iterator[list[Row]]:
    """The rows of each page, in order; a file without words is one empty page."""
    page: list[Row] = []
    top = MARGIN
    given = False
    for block in flow:
        if isinstance(block, PageBreak):
            yield page
            page, top, given = [], MARGIN, True
            continue
        for row in _rows(block):
            if top + block.size > HEIGHT - MARGIN:
                yield page
                page, top, given = [], MARGIN, True
            page.extend(_placed(text, left, top, block) for left, text in row)
            top += LEADING * block.size
        top += 0 if block.fixed else (LEADING - 1) * block.size
    if page or not given:
        yield page


def _rows(block: Block) -> Iterator[list[tuple[float, str]]]:
    """Lines of a block, each as its parts with their places from the left, in points."""
    if block.fixed and len(block.cells) == 1:
        for line in _wrapped(block.cells[0].expandtabs(), WIDTH - 2 * MARGIN, block):
            yield [(MARGIN + each.start() * _FIXED * block.size, each.group()) for each in _COLUMN.finditer(line)]
        return
    width = (WIDTH - 2 * MARGIN) / len(block.cells)
    columns = [_wrapped(cell, width, block) for cell in block.cells]
    for number in range(max(map(len, columns))):
        texts = [column[number] if number < len(column) else "" for column in columns]
        yield [(MARGIN + place * width, text) for place, text in enumerate(texts) if text.strip()]


def _wrapped(text: str, width: float, block: Block) -> list[str]:
    characters = max(1, int(width / (block.size * (_FIXED if block.fixed else _SPACE))))
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= characters:
            lines.append(line)
        elif block.fixed:
            lines.extend(line[start : start + characters] for start in range(0, len(line), characters))
        else:
            lines.extend(textwrap.wrap(line, characters) or [""])
    return lines


def _placed(text: str, left: float, top: float, block: Block) -> Row:
    right = min(WIDTH, left + len(text) * block.size * (_FIXED if block.fixed else _SPACE))
    return (text, min(1.0, left / WIDTH), top / HEIGHT, right / WIDTH, (top + block.size) / HEIGHT, block.size / HEIGHT)
