"""How a page looks, judged from where its lines stand: a number in 0..1 for each name in `LOOKS`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.words import unspaced
from pagesort.types import Line, Picture, Sight

# Patterns sought in the whole text begin with the characters that can begin a match, which is what makes a search fast; that no
# word goes on before them is looked back for. "\0" is where a line begins.
_AMOUNT = re.compile(r"[$€£¥\d](?:(?<=\d)[.,]\d\d(?!\d)|(?<=[$€£¥])\s?\d)")
_DATE = re.compile(r"\d(?<!\w\d)\d{0,3}[./-]\d{1,2}[./-]\d{2,4}")
_DATE_IN_WORDS = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?<!\w\w\w\w)[a-z]*\.? \d")
_NUMBERED = re.compile(r"\0\s*(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+|step \d)\s*[^\d\0]")
_CLAUSE = re.compile(r"\0\s*(?:\d{1,2}\.(?:\d{1,2}\.?)*\s|\([a-z]{1,3}\)|\(?[ivx]{1,4}[.)]|article\b|section\b|§)")
_BULLET = re.compile(r"\0\s*[•●▪■◦‣*·–-]\s")
_CONTACTS = tuple(map(re.compile, (r"@(?<=[\w.]@)[\w.]", r"www\.", r"https?:", r"\d{2,4}\)?[ -]\d{3}[ -]\d{3,4}")))
_CITATIONS = tuple(
    map(re.compile, (r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]", r"et al\b", r"\(\w+,? (?:19|20)\d\d\)", r"doi(?<!\w\w\w\w)\b"))
)
_CODE_START = re.compile(r"\s*(?:def|class|import|return|#include|function|var|const|public|if \()\b")
_CODE = re.compile(r"[{};=(-](?:(?<=[{};])\s*$|(?<==)=|(?<=-)>|(?<=\()\))")
_CLOCK = re.compile(r"\d(?<!\w\d)(?:(?:(?<=[01])\d|(?<=2)[0-3])?[:.][0-5]\d|(?:(?<=[0-5])\d)?:[0-5]\d:[0-5]\d\b)")
_MRZ = re.compile(r"^(?=.*<.*<)[A-Z0-9<«]{15,}$")
_MRZ_BOOK = re.compile(r"^P[A-Z<][A-Z]{3}[A-Z<«]{10,}")
_MRZ_CARD = re.compile(r"^[AIC][A-Z<][A-Z]{3}[A-Z0-9<«]{10,}$")
_LABEL = re.compile(r"[^:]{2,30}:\s|.*:\s*$|\W*\d{1,2}[a-z]?\s+[A-Z][a-z]")
_BLANK = re.compile(r"[☐□☑☒[_](?:(?<=[☐□☑☒])|(?<=\[) ?\]|(?<=_)_{3})")
_PRICE = re.compile(r"\s[$€£¥]?\d{1,4}(?:[.,]\d{2})?\s?€?$")
_LONGEST_PRICE = 11
_GREETING = re.compile(
    r"\0\s*(?:dear|to whom it may concern|sehr geehrte|liebe|guten tag|madame|monsieur|chère?|cher|estimad|geachte|beste)\b"
)
_CLOSING = re.compile(
    r"\0\s*(?:yours|sincerely|(?:kind |best |warm )?regards|respectfully|mit freundlichen|hochachtungsvoll|cordialement"
    r"|atentamente)"
)


WORDS_PER_HEIGHT = 0.47
"""Words in a line, for each time that it is as long as high: lines of print read by OCR, on average."""

LONG = 16
"""Width over height from which on a line that was not read is taken for prose; as many Chinese characters are as long."""


@dataclass(frozen=True)
class _Page:
    """A sight with the counts that several looks share."""

    sight: Sight

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.sight.lines

    @property
    def boxes(self) -> tuple[Line, ...]:
        """The lines, and those that were found but not read."""
        return self.sight.lines + self.sight.unread

    @cached_property
    def words(self) -> int:
        return sum(self._counts.values())

    @cached_property
    def _words(self) -> dict[int, list[str]]:
        """The words of each line, by the line's identity: several looks count them."""
        return {id(line): line.text.split() for line in self.boxes}

    @cached_property
    def _counts(self) -> dict[int, int]:
        """How many words each line has, by the line's identity."""
        return {id(line): self._count(line) for line in self.boxes}

    def _count(self, line: Line) -> int:
        words = len(self._words[id(line)]) + unspaced(line.text) // 2
        return words or round(WORDS_PER_HEIGHT * self.length(line))

    def words_in(self, line: Line) -> int:
        """As read, or as many as a line of that length and height holds on average; without spaces two characters a word."""
        return self._counts[id(line)]

    def length(self, line: Line) -> float:
        """Width over height of a line, in the page's own proportions."""
        return (line.right - line.left) * self.aspect / max(line.bottom - line.top, 1e-6)

    def flows(self, line: Line) -> bool:
        """Whether a line is prose, by its words, or by its length where they were not read."""
        if not line.text:
            return self.length(line) > LONG
        return _flows(self._words[id(line)]) or unspaced(line.text) >= LONG

    @cached_property
    def rows(self) -> list[list[Line]]:
        """Lines that share a baseline, top to bottom."""
        rows: list[list[Line]] = []
        for line in sorted(self.boxes, key=lambda line: (line.top + line.bottom, line.left)):
            last = rows[-1][-1] if rows else None
            middle = (line.top + line.bottom) / 2
            if last is not None and last.top <= middle <= last.bottom:
                rows[-1].append(line)
            else:
                rows.append([line])
        return rows

    @cached_property
    def prose(self) -> float:
        """Text that flows, 0..1."""
        flowing = sum([self.words_in(row[0]) for row in self.rows if len(row) == 1 and self.flows(row[0])])
        return flowing / max(self.words, 1) * _ramp(self.words, 20, 80)

    @cached_property
    def aspect(self) -> float:
        """Width over height."""
        return self.sight.width / self.sight.height if self.sight.height else 1.0

    def share(self, shows: Callable[[str], object]) -> float:
        """Share of the lines whose text shows something, by what is true of it."""
        return len([line for line in self.lines if shows(line.text)]) / max(len(self.lines), 1)

    def share_led(self, pattern: re.Pattern[str]) -> float:
        """Share of the lines that begin with the pattern."""
        return self.count(pattern) / max(len(self.lines), 1)

    @cached_property
    def text(self) -> str:
        """All lines in small letters; what stands before each is no space and no part of a word, so that nothing is found across
        two."""
        return "\0".join(["", *[line.text for line in self.lines]]).lower()

    def count(self, *patterns: re.Pattern[str]) -> int:
        """How often any of the patterns, which do not overlap, is found in `text`."""
        return sum(len(pattern.findall(self.text)) for pattern in patterns)

    @cached_property
    def machine_readable(self) -> list[str]:
        """Lines for machines at the foot of travel documents (ICAO Doc 9303), without spaces."""
        return [text for line in self.lines if "<" in line.text and _MRZ.match(text := "".join(line.text.split()))]


def _ramp(value: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on (or the other way round when `high` < `low`)."""
    return float(min(1.0, max(0.0, (value - low) / (high - low))))


def _flows(words: Sequence[str]) -> bool:
    return len(words) >= 6 and len([word for word in words if word.isalpha() and word.islower()]) >= 0.5 * len(words)


def _table(page: _Page) -> float:
    wide = sum(1 for row in page.rows if len(row) >= 3)
    return _ramp(wide, 2, 10) * _ramp(wide / max(len(page.rows), 1), 0.05, 0.4)


def _columns(page: _Page) -> float:
    """Text set in two or more columns: flowing lines side by side."""
    side = sum(1 for row in page.rows if 2 <= len(row) <= 4 and sum(map(page.flows, row)) >= 2)
    return _ramp(side, 3, 15)


def _form(page: _Page) -> float:
    """Labels to be filled in beside, or a grid of ruled boxes."""
    labels = _ramp(page.share(lambda text: _LABEL.match(text) or _BLANK.search(text)), 0.08, 0.4)
    return max(labels, _ramp(page.sight.picture.rules, 8, 25)) if page.sight.picture else labels


def _card(page: _Page) -> float:
    aspect = max(page.aspect, 1 / page.aspect) if page.aspect else 1.0
    return _ramp(aspect, 1.3, 1.45) * _ramp(aspect, 1.85, 1.7) * _ramp(page.words, 130, 50) * (page.aspect > 1)


def _slide(page: _Page) -> float:
    sizes = [line.size for line in page.boxes] or [0.0]
    return _ramp(page.aspect, 1.2, 1.3) * _ramp(page.words, 220, 120) * _ramp(median(sizes), 0.015, 0.03)


def _letter(page: _Page) -> float:
    greeting, closing = _GREETING.search(page.text), _CLOSING.search(page.text)
    return (0.6 * bool(greeting) + 0.4 * bool(closing)) * _ramp(page.words, 30, 60)


def _centred(page: _Page) -> float:
    inside = sum(1 for row in page.rows if len(row) == 1 and abs(row[0].left + row[0].right - 1) < 0.06 and row[0].right < 0.85)
    return inside / max(len(page.rows), 1) * _ramp(page.words, 200, 90)


def _big_text(page: _Page) -> float:
    return _ramp(max((line.size for line in page.lines), default=0.0), 0.025, 0.07)


def _scattered(page: _Page) -> float:
    """Short labels strewn over the sheet: maps, drawings, diagrams."""
    short = sum(page.words_in(line) <= 3 for line in page.boxes) / max(len(page.boxes), 1)
    lefts = {round(100 * line.left) for line in page.boxes}
    return short * _ramp(len(lefts) / max(len(page.boxes), 1), 0.4, 0.8) * _ramp(len(page.boxes), 8, 20)


def _menuish(page: _Page) -> float:
    ends = [text for line in page.lines if (text := line.text.strip()) and (text[-1].isdecimal() or text[-1] == "€")]
    priced = sum(bool(_PRICE.search(text, max(0, len(text) - _LONGEST_PRICE))) for text in ends)
    return priced / max(len(page.lines), 1) * _ramp(page.words, 30, 80)


def _unsure(page: _Page) -> float:
    """Recognition that goes badly for the worst fifth of the lines: handwriting, poor print, patterned ground."""
    if all(line.certainty == 1.0 for line in page.lines):
        return 0.0
    return _ramp(float(np.percentile([line.certainty for line in page.lines] or [1.0], 20)), 0.96, 0.82)


def _picture(page: _Page) -> float:
    return float(page.sight.origin != "text layer") * _ramp(page.words, 60, 10)


def _empty(page: _Page) -> float:
    """Next to nothing on the sheet: a back with a stamp, a separator, a folder, a title alone."""
    covered = sum((line.right - line.left) * (line.bottom - line.top) for line in page.boxes)
    clear = _ramp(covered, 0.06, 0.015) if page.sight.ink is None else _ramp(page.sight.ink, 0.04, 0.015)
    return clear * _ramp(page.words, 60, 20)


def _clock(page: _Page) -> float:
    """A time of day beside a date or by itself: tills and machines print it, people who write invoices do not."""
    few = _ramp(page.words, 400, 150)
    return few if few and _CLOCK.search(page.text) else 0.0


def _contact(page: _Page) -> float:
    """Addresses and telephone numbers, and not much else."""
    few = _ramp(page.words, 150, 50)
    return few * _ramp(page.count(*_CONTACTS), 0, 3) if few else 0.0


def _seen(measure: Callable[[Picture], float]) -> Callable[[_Page], float]:
    """A measure of the picture; NaN, which counts neither for nor against, where nobody had to look at the picture."""
    return lambda page: measure(page.sight.picture) if page.sight.picture else math.nan


_MEASURES: dict[str, tuple[Callable[[_Page], float], float]] = {
    # name: (measure, what a page of no matter what type has of it, on average)
    "amounts": (lambda page: _ramp(page.count(_AMOUNT), 1, 10), 0.37),
    "bigtext": (_big_text, 0.29),
    "blank": (lambda page: float(page.sight.blank), 0.0),
    "bullets": (lambda page: _ramp(page.share_led(_BULLET), 0.02, 0.2), 0.04),
    "card": (_card, 0.07),
    "certificate": (_centred, 0.04),
    "citations": (lambda page: _ramp(page.count(*_CITATIONS), 1, 6), 0.02),
    "clauses": (lambda page: page.prose and page.prose * _ramp(page.share_led(_CLAUSE), 0.03, 0.2), 0.02),
    "code": (lambda page: _ramp(page.share(lambda text: _CODE_START.match(text) or _CODE.search(text)), 0.1, 0.4), 0.01),
    "columns": (_columns, 0.03),
    "contact": (_contact, 0.03),
    "dates": (lambda page: _ramp(page.count(_DATE, _DATE_IN_WORDS), 1, 8), 0.18),
    "empty": (_empty, 0.03),
    "form": (_form, 0.12),
    "clock": (_clock, 0.2),
    "colour": (_seen(lambda picture: _ramp(picture.colour, 0.02, 0.3)), 0.2),
    "dark": (_seen(lambda picture: picture.shade), 0.05),
    "handwritten": (lambda page: page.sight.picture.handwriting if page.sight.picture else 0.0, 0.05),
    "letter": (_letter, 0.02),
    "menuish": (_menuish, 0.05),
    "mrz": (lambda page: float(bool(page.machine_readable)), 0.07),
    "mrz of a book": (lambda page: float(any(map(_MRZ_BOOK.match, page.machine_readable))), 0.04),
    "mrz of a card": (lambda page: float(any(map(_MRZ_CARD.match, page.machine_readable))), 0.02),
    "narrow": (lambda page: _ramp(page.aspect, 0.6, 0.45), 0.04),
    "nowords": (lambda page: float(not page.lines and not page.sight.blank), 0.0),
    "numbered": (lambda page: _ramp(page.share_led(_NUMBERED), 0.03, 0.2), 0.05),
    "photograph": (_seen(lambda picture: _ramp(picture.photograph, 0.03, 0.3)), 0.2),
    "picture": (_picture, 0.05),
    "prose": (lambda page: page.prose, 0.18),
    "scattered": (_scattered, 0.06),
    "short": (lambda page: _ramp(page.words, 180, 70), 0.4),
    "slide": (_slide, 0.16),
    "sparse": (lambda page: _ramp(page.words, 70, 20), 0.11),
    "staves": (lambda page: _ramp(page.sight.picture.staves, 2, 5) if page.sight.picture else 0.0, 0.0),
    "table": (_table, 0.26),
    "unsure": (_unsure, 0.05),
    "wide": (lambda page: _ramp(page.aspect, 1.1, 1.3), 0.22),
}

LOOKS = tuple(_MEASURES)
"""Every look, in the order of `shape`'s numbers."""

USUAL = np.array([usual for _, usual in _MEASURES.values()])
"""How much of each look a page has on average: what a page must exceed for the look to speak for a type."""


def shape(sight: Sight) -> NDArray[np.float64]:
    """How much the page has of each of `LOOKS`: len(LOOKS) numbers in 0..1; NaN for what was not looked at."""
    page = _Page(sight)
    return np.array([measure(page) for measure, _ in _MEASURES.values()])
