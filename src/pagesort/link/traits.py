"""What a page shows of its place in a document: its number, its running lines, how it begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from statistics import median

from pagesort.types import Line, PrintedNumber, Sight

_WORD = r"page|pg|seite|pagina|página|blatt|blad|strona|p"
_JOINT = r"of|/|von|de|sur|di|van|z"
_PAGE_OF = re.compile(
    rf"\b(?:{_WORD})\.?\s*:?\s*(\d{{1,4}})\s*(?:{_JOINT})\s*(\d{{1,4}})\b|^\W*(\d{{1,4}})\s*(?:of|/|von)\s*(\d{{1,4}})\W*$", re.I
)
_PAGE = re.compile(r"\b(?:page|pg|seite|pagina|página|blatt|blad|strona)\.?\s*:?\s*(\d{1,4})\b|^\W*(\d{1,3})\W*$", re.I)
_IDENTIFIER = re.compile(r"\b(?=(?:[A-Z/-]*\d){4})[A-Z0-9][A-Z0-9/-]{5,23}\b")
_DATE = re.compile(r"^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}$|^(?:19|20)\d{6}$")
_GREETING = re.compile(
    r"^\s*(?:dear|to whom it may concern|sehr geehrte|liebe|guten tag|madame|monsieur|chère?|cher|estimad|geachte|gentile)\b",
    re.I | re.M,
)
_CLOSING = re.compile(
    r"^\s*(?:yours|sincerely|(?:kind |best |warm )?regards|respectfully|mit freundlichen|hochachtungsvoll|cordialement"
    r"|atentamente)",
    re.I | re.M,
)
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")

HEADER, FOOTER = 0.1, 0.9
"""Lines above and below these heights are margins."""
TITLE_ZONE = 0.3
_LETTERS_OF_A_RUNNING_LINE = 6

_text, _left, _top = map(attrgetter, ("text", "left", "top"))

LYING = 1.2
"""Width over height of a sheet that may hold two pages side by side."""
GUTTER = 0.015
"""Half the width of the strip between two pages that a line must cross to speak against them; in sheets, as are those below."""
ACROSS = 0.03
"""Share of the lines that may cross it: a stamp, a fold that was read as a line."""
HALF_LINE, LONG_LINES = 0.25, 5
"""Length of a line of running text on half a sheet, and how many of them make it a page rather than a column of a table."""


@dataclass(frozen=True)
class Traits:
    """The traits of one page, each worked out once, when first asked for."""

    sight: Sight

    @cached_property
    def printed(self) -> PrintedNumber | None:
        """The page number that the page bears in its header or footer; None where there is none."""
        for line in self._margin:
            if match := _PAGE_OF.search(line.text):
                number, total = (int(group) for group in match.groups() if group)
                if 1 <= number <= total:
                    return PrintedNumber(number, total)
        for line in self._margin:
            if match := _PAGE.search(line.text):
                return PrintedNumber(int(next(group for group in match.groups() if group)), None)
        return None

    @cached_property
    def running_lines(self) -> frozenset[str]:
        """Headers and footers, less the digits, which change from page to page."""
        texts = ("".join(filter(str.isalpha, line.text.casefold())) for line in self._margin)
        return frozenset(text for text in texts if len(text) >= _LETTERS_OF_A_RUNNING_LINE)

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """Numbers of accounts, claims, invoices and the like: long, with four digits or more, and no dates."""
        likely = [
            word for word in self._text.upper().split() if len(word) > 5 and not word.isalpha()
        ]  # the pattern is slow to fail
        return frozenset(each for each in _IDENTIFIER.findall(" ".join(likely)) if not _DATE.match(each))

    @cached_property
    def words(self) -> Counter[str]:
        """The words that say something: five letters or more."""
        return Counter(_LONG_WORD.findall(self.folded))

    @cached_property
    def rows(self) -> frozenset[tuple[str, ...]]:
        """Rows of three cells or more without digits: headings of tables."""
        by_baseline: dict[int, list[Line]] = {}
        for line in self.sight.lines:
            by_baseline.setdefault(round((line.top + line.bottom) * 100), []).append(line)
        rows = (row for row in by_baseline.values() if len(row) >= 3 and not any(map(str.isdigit, "".join(map(_text, row)))))
        return frozenset(tuple(line.text.casefold() for line in sorted(row, key=_left)) for row in rows)

    @cached_property
    def body_size(self) -> float:
        """Median height of the type, as a fraction of the page's height; 0 without text."""
        return median(line.size for line in self.sight.lines) if self.sight.lines else 0.0

    @cached_property
    def left_edge(self) -> float:
        """Where most lines begin, as a fraction of the page's width; 0 without text."""
        lefts = Counter([round(100 * line.left) for line in self.sight.lines])
        return lefts.most_common(1)[0][0] / 100 if lefts else 0.0

    @cached_property
    def title_size(self) -> float:
        """How much larger than the rest the largest type at the top of the page is: 1 is no larger."""
        sizes = [line.size for line in self.sight.lines if line.top < TITLE_ZONE and sum(map(str.isalpha, line.text)) >= 4]
        return max(sizes, default=0.0) / self.body_size if self.body_size else 1.0

    @cached_property
    def greets(self) -> bool:
        return bool(_GREETING.search(self._text))

    @cached_property
    def closes(self) -> bool:
        return bool(_CLOSING.search(self._text))

    @cached_property
    def begins_within_a_sentence(self) -> bool:
        """The first line of the body starts with a small letter."""
        first = min(self._body, key=_top, default=None)
        return first is not None and first.text.lstrip("([„“\"'")[:1].islower() and len(first.text.split()) >= 4

    @cached_property
    def ends_within_a_sentence(self) -> bool:
        """The last line of the body is prose without an end."""
        last = max(reversed(self._body), key=_top, default=None)  # of lines at one height, the last
        return last is not None and len(last.text.split()) >= 5 and last.text.rstrip()[-1:] not in '.!?:;”"»…'

    @cached_property
    def two_up(self) -> bool:
        """Two pages side by side on a lying sheet: long lines on either side, down half the sheet, and none across the middle."""
        lines = (*self.sight.lines, *self.sight.unread)
        across = sum(line.left < 0.5 - GUTTER and line.right > 0.5 + GUTTER for line in lines)
        if self.aspect < LYING or across > ACROSS * len(lines):
            return False
        sides = [[line for line in lines if (line.left + line.right < 1) == left] for left in (True, False)]
        return all(map(_is_a_page, sides))

    @property
    def aspect(self) -> float:
        """Width over height."""
        return max(self.sight.width, 1.0) / max(self.sight.height, 1.0)

    @cached_property
    def folded(self) -> str:
        """All lines, without capitals."""
        return self._text.casefold()

    @cached_property
    def _text(self) -> str:
        return "\n".join([line.text for line in self.sight.lines])

    @cached_property
    def _margin(self) -> list[Line]:
        """Lines of header and footer."""
        return [line for line in self.sight.lines if line.bottom < HEADER or line.top > FOOTER]

    @cached_property
    def _body(self) -> list[Line]:
        """All other lines."""
        return [line for line in self.sight.lines if line.bottom >= HEADER and line.top <= FOOTER]


def _is_a_page(side: Sequence[Line]) -> bool:
    """Whether the lines on one half of a sheet could be those of a page: text that runs on, down most of it."""
    long = sum(line.right - line.left > HALF_LINE for line in side)
    return long >= LONG_LINES and max(line.bottom for line in side) - min(line.top for line in side) > 0.5
