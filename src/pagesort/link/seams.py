"""How likely it is that a page goes on with the document of the page before it, from what can be seen of the two."""

from __future__ import annotations

import math
import re

from pagesort.types import Line, Sight

_PAGE_OF = re.compile(
    r"\b(?:page|pg|seite|pagina|página|blad|strona|p)\.?\s*(\d{1,3})\s*(?:of|/|von|de|sur|di|van|z)\s*(\d{1,3})\b|^\W*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})\W*$",
    re.I,
)
_PAGE = re.compile(r"\b(?:page|pg|seite|pagina|página|blad|strona)\.?\s*(\d{1,3})\b|^\W*(\d{1,3})\W*$", re.I)

# Log-odds that a page continues the one before. In mixed packets documents run to two or three pages: even odds are
# a fair start. The cues are worth what they are worth to a person leafing through: a running page number nearly
# settles the matter, a shared header or footer is strong, a change of paper size speaks against.
START = 0.0
NEXT_NUMBER = 3.0
FIRST_NUMBER = -3.0
SAME_MARGIN = 1.5
OTHER_PAPER = -1.0
HEADER, FOOTER = 0.1, 0.9
"""Lines above and below these heights are margins."""


def continues(before: Sight, page: Sight) -> float:
    """Probability, 0..1, that `page` goes on where `before` ended. 0.5: nothing speaks for or against."""
    if page.page != before.page + 1:
        return 0.0
    odds = START
    number, previous = printed_number(page), printed_number(before)
    if number is not None and number > 1:
        odds += NEXT_NUMBER if previous is None or previous == number - 1 else 0.0
    elif number == 1:
        odds += FIRST_NUMBER
    if _margins(before) & _margins(page):
        odds += SAME_MARGIN
    if abs(math.log(_aspect(before) / _aspect(page))) > 0.05:
        odds += OTHER_PAPER
    return 1 / (1 + math.exp(-odds))


def printed_number(sight: Sight) -> int | None:
    """The page number that the page itself bears in its header or footer; None where there is none."""
    margin = [line for line in sight.lines if _in_margin(line)]
    for pattern in (_PAGE_OF, _PAGE):
        for line in margin:
            if match := pattern.search(line.text):
                return int(next(group for group in match.groups() if group))
    return None


def _in_margin(line: Line) -> bool:
    return line.bottom < HEADER or line.top > FOOTER


def _margins(sight: Sight) -> set[str]:
    """Running headers and footers: the lines in the margins, less the digits that change from page to page."""
    texts = ("".join(char for char in line.text.casefold() if char.isalpha()) for line in sight.lines if _in_margin(line))
    return {text for text in texts if len(text) >= 6}


def _aspect(sight: Sight) -> float:
    return max(sight.width, 1.0) / max(sight.height, 1.0)
