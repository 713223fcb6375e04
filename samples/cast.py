"""Invented people, firms, places, days and amounts. Telephone numbers and addresses are of the kind set aside for fiction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from reportlab.lib.colors import HexColor

_FIRST = (
    *("Amara", "Bruno", "Celia", "Dorian", "Elena", "Farid", "Greta"),
    *("Hugo", "Imani", "Jonas", "Keiko", "Lucian", "Mirela", "Noor"),
)
_LAST = ("Abernathy", "Brandvold", "Castellane", "Dunmore", "Eastwick", "Fairgrove", "Grantley", "Holloway", "Ivarsen", "Jessup")
_NAMES = ("Alderbrook", "Bluefinch", "Copperline", "Driftwood", "Elmcrest", "Foxglove", "Granitepeak", "Harborlight", "Ironwood")
_STREETS = ("Maple Avenue", "Quarry Road", "Lantern Street", "Old Mill Lane", "Harbor Drive", "Juniper Court", "Station Road")
_TOWNS = ("Fairhaven, OR 97399", "Millbrook, IL 60999", "Cedar Falls, NC 28999", "Port Alden, WA 98999", "Glenmoor, PA 19999")
_GOODS = (
    "copper fittings",
    "oak shelving",
    "desk lamps",
    "printer paper",
    "steel brackets",
    "canvas covers",
    "work gloves",
    "LED panels",
)
_ACCENTS = ("#1d4e5f", "#123c69", "#7a1f3d", "#2f3b52", "#33602f", "#5b3a7d")


@dataclass(frozen=True, slots=True)
class Party:
    """A person or a firm with an address."""

    name: str
    street: str
    town: str

    @property
    def lines(self) -> list[str]:
        return [self.name, self.street, self.town]

    @property
    def host(self) -> str:
        return self.name.split()[0].lower() + ".example.com"


class Cast:
    """Draws everything invented in one document, its colour and type face too. The same seed gives the same cast."""

    def __init__(self, seed: int | str) -> None:
        self.random = Random(seed)
        self._names = self.random.sample(_NAMES, len(_NAMES))
        self.accent = HexColor(self.random.choice(_ACCENTS))
        self.font = self.random.choice(("Helvetica", "Helvetica", "Times-Roman"))

    def name(self) -> str:
        return f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}"

    def person(self) -> Party:
        return Party(self.name(), *self._address())

    def firm(self, trade: str) -> Party:
        """No two firms of one document share a name."""
        return Party(f"{self._names.pop()} {trade}", *self._address())

    def _address(self) -> tuple[str, str]:
        return f"{self.random.randint(10, 990)} {self.random.choice(_STREETS)}", self.random.choice(_TOWNS)

    def day(self) -> date:
        return date(2026, 1, 5) + timedelta(days=self.random.randint(0, 300))

    def cents(self, least: int, most: int) -> int:
        """An amount in cents, `least` and `most` in whole units."""
        return self.random.randint(least * 100, most * 100)

    def digits(self, count: int) -> str:
        return "".join(str(self.random.randint(0, 9)) for _ in range(count))

    def phone(self) -> str:
        return f"({self.random.randint(201, 989)}) 555-01{self.digits(2)}"

    def goods(self, count: int) -> list[tuple[str, int, int]]:
        """So many different wares: what, how many, and the price of one in cents."""
        return [
            (word[0].upper() + word[1:], self.random.randint(1, 40), self.cents(2, 90))
            for word in self.random.sample(_GOODS, count)
        ]


def money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def long_date(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def short_date(day: date) -> str:
    return f"{day:%m/%d/%Y}"
