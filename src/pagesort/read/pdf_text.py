"""A PDF page's stored text as lines with boxes.

PDFium's own text rectangles cost thirty times the text itself, because each is searched for in all characters of the page.
Here the text is taken in one call and cut into words, and only the first and last character of a word are asked for their box.
"""

from __future__ import annotations

import itertools
import math
import re
import sys
from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from pagesort.read.file import Row

CELL_GAP = 1.2
"""Words further apart than this many type sizes are two lines: two cells of a table, not one sentence."""

MAX_WORDS = 20_000
"""Words of a page that are read; the densest page of a newspaper has half as many."""

_WORD = re.compile(r"\S+")
_NEWLINE = re.compile(r"[\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HYPHEN = re.compile("[\x02\ufffe]")
"""PDFium writes one of these for the hyphen of a word that is broken at the end of a line, and runs the word on."""

_CLEAN = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF], "")
_CLEAN |= dict(zip(range(0xFB00, 0xFB07), ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True))  # ligatures as letters
_ODD = re.compile(f"[{re.escape(''.join(each for each in map(chr, _CLEAN) if not each.isspace()))}\ud800-\udfff]")
"""What `_written` has to see to; few pages have any."""


def read_rows(page: pdfium.PdfPage) -> list[Row]:
    """The page's text layer, in the order of the file."""
    with closing(page.get_textpage()) as textpage:
        text = _text(textpage)
        words = list(itertools.islice(_WORD.finditer(text), MAX_WORDS))
        if not words:
            return []
        width, height = page.get_size()
        boxes = _upright(_boxes(textpage, words, _HYPHEN.search(text) is not None), page)
        starts = _line_starts(text, words, boxes, width / height)
        corners = np.hstack([np.minimum.reduceat(boxes[:, :2], starts), np.maximum.reduceat(boxes[:, 2:], starts)])
        seen = np.logical_and.reduce(
            np.hstack([corners[:, 2:] > 0, corners[:, :2] < 1]), axis=1
        ).tolist()  # what stands off the page is not seen
        heights = (corners[:, 3] - corners[:, 1]).tolist()
        places = np.clip(corners, 0.0, 1.0).tolist()
        written = _written if _ODD.search(text) else " ".join
        rows: list[Row] = []
        for number, (start, end) in enumerate(itertools.pairwise([*starts, len(words)])):
            line = written([word.group() for word in words[start:end]]) if seen[number] else ""
            if line:
                size = _type_size(textpage, words[start].start()) / height
                # A broken font states a size that has nothing to do with what is drawn.
                size = size if 0.3 < size / max(heights[number], 1e-6) < 3 else heights[number]
                left, top, right, bottom = places[number]
                rows.append((line, left, top, right, bottom, min(1.0, max(0.0, size))))
        return rows


def _text(textpage: pdfium.PdfTextPage) -> str:
    """All characters, so that index i of the text is character i of PDFium."""
    count = textpage.count_chars()
    text = textpage.get_text_range()
    # The quick call leaves some characters out and splits those beyond 16 bits: then ask for each.
    return text if len(text) == count else "".join(_character(textpage, index) for index in range(count))


def _character(textpage: pdfium.PdfTextPage, index: int) -> str:
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    return chr(code) if code <= sys.maxunicode else "\ufffd"


def _written(words: Sequence[str]) -> str:
    """The words of a line, without what is not to be seen; two halves of a character beyond 16 bits become one again."""
    text = " ".join(words).translate(_CLEAN)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return " ".join(text.split())


def _boxes(textpage: pdfium.PdfTextPage, words: Sequence[re.Match[str]], hyphens: bool) -> NDArray[np.float64]:
    """Left, bottom, right, top of each word in points: the room its font gives it, so that all words of a line are equally high.

    `hyphens`: whether any word may be broken over two lines; of such a word, only the part on its first line counts.
    """
    ask = pdfium_c.FPDFText_GetLooseCharBox
    found = (pdfium_c.FS_RECTF * (2 * len(words)))()
    box = iter(found)
    for word in words:
        start, end = word.span()
        if hyphens and (hyphen := _HYPHEN.search(word.group())):
            end = start + hyphen.start() + 1
        ask(textpage, start, next(box))
        ask(textpage, end - 1, next(box))
    left, top, right, bottom = np.frombuffer(found, np.float32).reshape(len(words), 2, 4).astype(np.float64).transpose(2, 0, 1)
    return np.stack([left.min(1), bottom.min(1), right.max(1), top.max(1)], axis=1)


def _upright(boxes: NDArray[np.float64], page: pdfium.PdfPage) -> NDArray[np.float64]:
    """Boxes in points of the unrotated sheet → fractions (left, top, right, bottom) of the page as it is shown."""
    left, bottom, right, top = page.get_bbox()
    x = (boxes[:, [0, 2]] - left) / (right - left)
    y = (top - boxes[:, [3, 1]]) / (top - bottom)
    match page.get_rotation():  # clockwise
        case 90:
            x, y = 1 - y[:, ::-1], x
        case 180:
            x, y = 1 - x[:, ::-1], 1 - y[:, ::-1]
        case 270:
            x, y = y, 1 - x[:, ::-1]
    return np.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], axis=1)


def _line_starts(text: str, words: list[re.Match[str]], boxes: NDArray[np.float64], aspect: float) -> list[int]:
    """Indices of the words that begin a line. `aspect`: width of the page over its height."""
    left, top, right, bottom = boxes.T
    height = bottom - top
    lower = np.minimum(height[:-1], height[1:])
    leap = np.abs((top + bottom)[1:] - (top + bottom)[:-1]) / 2 > 0.6 * lower
    # Distance to the word before, whichever way the script runs; negative where they overlap.
    gap = np.maximum(left[1:] - right[:-1], left[:-1] - right[1:]) * aspect
    wide = gap > CELL_GAP * np.maximum(height[:-1], height[1:])
    newlines = np.array([newline.start() for newline in _NEWLINE.finditer(text)], dtype=np.intp)
    broken = np.diff(np.searchsorted(newlines, [word.start() for word in words])) > 0
    return [0, *(np.flatnonzero(leap | wide | broken) + 1).tolist()]


def _type_size(textpage: pdfium.PdfTextPage, index: int) -> float:
    """Size of the type in points: the font size, scaled as the text is scaled."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
    return float(pdfium_c.FPDFText_GetFontSize(textpage, index)) * math.hypot(matrix.c, matrix.d)
