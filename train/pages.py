"""Invented pages of the known page types, to train encoders on: their titles, fields, phrases and words among values, names
and lines that any page may have. No two are alike, and none says all that is known of its type."""

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


def _listed(text: str) -> list[str]:
    return text.split(";")


_FIRST = _listed(
    "Anna;Bernd;Carla;David;Elena;Farid;Grace;Hugo;Irene;James;Karim;Linda;Marco;Nadia;Oliver;Priya;Rosa;Samuel;Tara;Victor"
)
_LAST = _listed(
    "Adler;Brooks;Castillo;Dubois;Evans;Fischer;Grant;Hoffmann;Ito;Jensen;Keller;Lopez;Moreau;Novak;Okafor;Peters;Quinn;Rossi"
)
_FIRMS = _listed(
    "Northgate;Alder;Bluefield;Crestline;Harbour;Kestrel;Linden;Meridian;Oakridge;Pinnacle;Redwood;Silverton;Westbrook"
)
_FORMS = _listed("Ltd;Inc;GmbH;LLC;SA;Group;Partners;Services;Trust;Company;Associates")
_STREETS = _listed("Mill Lane;Station Road;High Street;Oak Avenue;Park Row;Kings Road;Main Street;Elm Drive;Harbour View")
_TOWNS = _listed("Ashford;Brookfield;Clayton;Dunmore;Easton;Fairview;Greenville;Hillcrest;Lakewood;Milton;Norwood;Springdale")
_MONTHS = _listed("January;February;March;April;May;June;July;August;September;October;November;December")
_PLAIN = _listed(
    "Page {n} of {m};Continued;Date;Signature;Name;Address;Telephone;Reference;Total;Notes;Remarks;Dear Sir or Madam;"
    "Yours sincerely;"
    "Please keep this for your records;For office use only;See reverse;Thank you;If you have any questions please contact us;"
    "as set out above;in accordance with the terms;the following;Prepared by;Approved by;Version {n}.{m};Confidential;Copy"
)
_CONFUSED = dict(zip("oliesantbgu", "01lc5orfhqv", strict=True)) | {"m": "rn"}


class PageMaker:
    """Writes pages and class names of the given types."""

    def __init__(self, types: Sequence[PageType]) -> None:
        self._types = types
        self._by_language = {each.name: _sorted_by_language(each) for each in types}

    def page(self, page_type: PageType, rng: random.Random) -> str:
        """The first lines of a page, in English as far as the dictionary goes."""
        own, foreign = self._by_language[page_type.name]
        abroad = (rng.random() < FOREIGN and any(foreign)) or not any(own)
        titles, telling, phrases = foreign if abroad else own
        chosen = _some(telling, 2, 9, rng) + _some(phrases, 3, 12, rng)
        chosen += [rng.choice(other.phrases) for other in rng.sample(self._types, rng.randint(0, 3)) if other.phrases]
        for _ in range(rng.randint(0, 9) if page_type.words and not abroad else 0):
            chosen.append(" ".join(_some(page_type.words, 1, 4, rng)))
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
        telling = self._by_language[page_type.name][0][1]
        description = page_type.description
        if telling and rng.random() < 0.3:
            description = ", ".join(_some(telling, 2, 4, rng))
        chance = rng.random()
        if not description or chance < 0.45:
            return translate(name)
        return translate(description if chance < 0.7 else f"{name}: {description}")


def _sorted_by_language(page_type: PageType) -> tuple[tuple[list[str], ...], tuple[list[str], ...]]:
    """Titles, telling phrases and phrases in English, and those in other languages."""
    fields = (page_type.titles or (page_type.name, *page_type.names), page_type.telling, page_type.phrases)
    english = tuple([each for each in field if each.isascii() and translate(each) == each] for field in fields)
    return english, tuple([each for each in field if translate(each) != each] for field in fields)


def _some(texts: Sequence[str], least: int, most: int, rng: random.Random) -> list[str]:
    return rng.sample(texts, min(len(texts), rng.randint(least, most)))


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


_VALUES: tuple[Callable[[random.Random], str], ...] = (
    _person,
    _firm,
    _date,
    _date,
    _amount,
    _amount,
    _code,
    _code,
    _count,
    _address,
)


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
    rows = [
        " ".join(rng.choice((_amount, _count, _date, _code, _amount))(rng) for _ in range(columns))
        for _ in range(rng.randint(2, 6))
    ]
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
