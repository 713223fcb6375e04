"""Invented pages of the known page types, to train the sentence encoder on: their titles, fields and phrases among values,
names and lines that any page may have. No two are alike, and none says all that is known of its type."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from pagesort.judge.dictionary import translate
from pagesort.judge.knowledge import PageType

TITLED = 0.6
"""Share of pages that show their title; the others are later pages, or have none."""
MISREAD = 0.15
"""Share of pages with letters misread the way OCR does."""
FOREIGN = 0.15
"""Share of pages whose phrases are not English."""
LONGEST = 900
"""Letters of a page."""

_FIRST = "Anna Bernd Carla David Elena Farid Grace Hugo Irene James Karim Linda Marco Nadia Oliver Priya Rosa Samuel Tara Victor".split()
_LAST = "Adler Brooks Castillo Dubois Evans Fischer Grant Hoffmann Ito Jensen Keller Lopez Moreau Novak Okafor Peters Quinn Rossi".split()
_FIRMS = "Northgate Alder Bluefield Crestline Harbour Kestrel Linden Meridian Oakridge Pinnacle Redwood Silverton Westbrook".split()
_FORMS = "Ltd Inc GmbH LLC SA Group Partners Services Trust Company Associates".split()
_STREETS = "Mill Lane;Station Road;High Street;Oak Avenue;Park Row;Kings Road;Main Street;Elm Drive;Harbour View".split(";")
_TOWNS = "Ashford Brookfield Clayton Dunmore Easton Fairview Greenville Hillcrest Lakewood Milton Norwood Springdale".split()
_MONTHS = "January February March April May June July August September October November December".split()
_PLAIN = (
    "Page {n} of {m};Continued;Date;Signature;Name;Address;Telephone;Reference;Total;Notes;Remarks;Dear Sir or Madam;Yours sincerely;"
    "Please keep this for your records;For office use only;See reverse;Thank you;If you have any questions please contact us;"
    "as set out above;in accordance with the terms;the following;Prepared by;Approved by;Version {n}.{m};Confidential;Copy"
).split(";")
_CONFUSED = {"o": "0", "l": "1", "i": "l", "e": "c", "s": "5", "a": "o", "n": "r", "t": "f", "m": "rn", "b": "h", "g": "q", "u": "v"}


class PageMaker:
    """Writes pages and class names of the given types."""

    def __init__(self, types: Sequence[PageType]) -> None:
        self._types = types
        self._english = {each.name: _by_language(each) for each in types}

    def page(self, page_type: PageType, rng: random.Random) -> str:
        """The first lines of a page, in English as far as the dictionary goes."""
        shown = self._english[page_type.name][rng.random() < FOREIGN]
        titles, telling, phrases = shown if any(shown) else self._english[page_type.name][not any(self._english[page_type.name][1])]
        chosen = rng.sample(telling, min(len(telling), rng.randint(2, 9))) + rng.sample(phrases, min(len(phrases), rng.randint(3, 12)))
        chosen += [rng.choice(other.phrases) for other in rng.sample(self._types, rng.randint(0, 3)) if other.phrases]
        rng.shuffle(chosen)
        write = rng.choice((_as_form, _as_form, _as_prose, _as_table))
        lines = write(chosen, rng)
        for _ in range(rng.randint(0, 5)):
            lines.insert(rng.randint(0, len(lines)), _anything(rng))
        if titles and rng.random() < TITLED:
            title = rng.choice(titles)
            lines.insert(rng.choice((0, 0, 0, 1, 2)), rng.choice((str.upper, str.title, str))(title))
        text = translate(" ".join(lines)[:LONGEST])
        return _misread(text, rng) if rng.random() < MISREAD else text

    def wanted(self, page_type: PageType, rng: random.Random) -> str:
        """A class as somebody might ask for it: a name, a description, or both; in English as far as the dictionary goes."""
        name = rng.choice((page_type.name, *page_type.names))
        if rng.random() < 0.2:
            name = _as_written_by_programs(name, rng)
        telling = self._english[page_type.name][0][1]
        description = page_type.description
        if telling and rng.random() < 0.3:
            description = ", ".join(rng.sample(telling, min(len(telling), rng.randint(2, 4))))
        chance = rng.random()
        if not description or chance < 0.45:
            return translate(name)
        return translate(description if chance < 0.7 else f"{name}: {description}")


def _by_language(page_type: PageType) -> tuple[tuple[list[str], ...], tuple[list[str], ...]]:
    """Titles, telling phrases and phrases in English, and those in other languages."""
    fields = (page_type.titles or (page_type.name, *page_type.names), page_type.telling, page_type.phrases)
    english = tuple([each for each in field if each.isascii() and translate(each) == each] for field in fields)
    return english, tuple([each for each in field if translate(each) != each] for field in fields)


def _person(rng: random.Random) -> str:
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def _firm(rng: random.Random) -> str:
    return f"{rng.choice((*_FIRMS, *_LAST))} {rng.choice(_FORMS)}"


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1985, 2026)
    return rng.choice((f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}", f"{day} {_MONTHS[month - 1]} {year}"))


def _amount(rng: random.Random) -> str:
    return f"{rng.choice(('$', '€', '£', '', ''))}{rng.randint(1, 90000) / rng.choice((1, 10, 100)):,.2f}"


def _code(rng: random.Random) -> str:
    return f"{rng.choice(('', 'A', 'No. ', 'REF-', 'K'))}{rng.randint(100, 9_999_999)}"


def _count(rng: random.Random) -> str:
    return str(rng.randint(1, 400))


def _address(rng: random.Random) -> str:
    return f"{rng.randint(1, 300)} {rng.choice(_STREETS)}, {rng.choice(_TOWNS)}"


def _plain(rng: random.Random) -> str:
    return rng.choice(_PLAIN).format(n=rng.randint(1, 9), m=rng.randint(2, 30))


_VALUES: tuple[Callable[[random.Random], str], ...] = (_person, _firm, _date, _date, _amount, _amount, _code, _code, _count, _address)


def _value(rng: random.Random) -> str:
    return rng.choice(_VALUES)(rng)


def _anything(rng: random.Random) -> str:
    return rng.choice((_person, _firm, _date, _address, _plain, _plain, _plain, _code))(rng)


def _as_form(phrases: Sequence[str], rng: random.Random) -> list[str]:
    filled = rng.choice((0.2, 0.6, 0.9))
    mark = rng.choice((":", "", " ", ": "))
    return [f"{each}{mark} {_value(rng)}" if rng.random() < filled else each for each in phrases]


def _as_prose(phrases: Sequence[str], rng: random.Random) -> list[str]:
    links = ("and", "of the", "for", "with", "to", "in", "by", "which is", "that we", "as well as", "on", "is", "under")
    return [f"{each} {rng.choice(links)} {_value(rng) if rng.random() < 0.3 else ''}".strip() for each in phrases]


def _as_table(phrases: Sequence[str], rng: random.Random) -> list[str]:
    columns = rng.randint(2, 5)
    rows = [" ".join(rng.choice((_amount, _count, _date, _code, _amount))(rng) for _ in range(columns)) for _ in range(rng.randint(2, 6))]
    return [" ".join(phrases[:columns]), *rows, *_as_form(phrases[columns:], rng)]


def _as_written_by_programs(name: str, rng: random.Random) -> str:
    words = name.split()
    return rng.choice(
        (
            lambda: "_".join(words).lower(),
            lambda: "".join(map(str.capitalize, words)),
            lambda: f"{name}s",
            lambda: f"{name} documents",
            lambda: name.upper(),
        )
    )()


def _misread(text: str, rng: random.Random) -> str:
    share = rng.uniform(0.01, 0.08)
    return "".join(_CONFUSED.get(letter, letter) if rng.random() < share else letter for letter in text)
