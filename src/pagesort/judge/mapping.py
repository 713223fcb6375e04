"""The caller's classes → known page types. A class may mean several types, each to a degree; or none that we know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pagesort.judge.knowledge import PageType
from pagesort.judge.words import LONGEST_PHRASE, key, singular, tokens
from pagesort.types import PageClass

EXACT, LOOSE, KIND_OF, PART = 1.0, 0.6, 0.4, 0.9
"""How far a class means a type whose name it bears, bears loosely, is a broader word for, or names among others."""

HEAD = 3
"""A description names its type, if at all, among its first words: "a recent pay stub", "the opinion of a court"."""

_SPLIT = re.compile(r"\s*(?:/|\||;|,|\bor\b|\band\b|&|\(|\)|:)\s*", re.I)
_FILLER = frozenset(
    tokens(
        "document documents doc page pages form forms file copy scan scanned the a an of for s record sheet type class "
        "front back side signed executed unsigned original photo picture image "
        "my our your new recent latest current last final draft updated official daily weekly monthly quarterly yearly annual"
    )
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Atlas:
    """The names of all known types, and which type is a kind of which."""

    def __init__(self, types: Sequence[PageType]) -> None:
        self.types = tuple(types)
        self._exact = _owners(types, lambda each: (each.name, *each.names))
        self._loose = _owners(types, lambda each: each.loose_names)
        self._titled = _owners(types, lambda each: each.titles)
        self._kinds = _kinds(types)
        self._by_name = _owners(types, lambda each: (each.name,))

    def types_of(self, wanted: PageClass) -> dict[int, float]:
        """Type index → degree (0..1] to which the class means that type; empty when the name is not known."""
        named = self._named(wanted.name) or self._parts(wanted.name) or self._bare(wanted.name)
        described, whole = self._described(wanted.description or "")
        # "proof of address: a household utility bill" means the bill, whatever else its name may mean.
        if whole or not named:
            return described if whole else {}
        return {**{number: degree * LOOSE for number, degree in described.items()}, **named}

    def broader_than(self, numbers: Iterable[int]) -> list[int]:
        """The types that are broader words for any of those."""
        names = {singular(name) for number in numbers for name in self.types[number].broader}
        return sorted({number for name in names for number in self._by_name.get(name, ())})

    def _described(self, description: str) -> tuple[dict[int, float], bool]:
        """The type that a description begins with, and whether it says little else: "a recent pay stub"."""
        words = [word for word in tokens(description) if word not in _FILLER]
        for length in range(min(len(words), LONGEST_PHRASE), 0, -1):
            for start in range(min(len(words) - length + 1, HEAD)):
                if "".join(words[start : start + length]) in self._exact:
                    named = self._named(" ".join(words[start : start + length]))
                    return {number: degree * PART for number, degree in named.items()}, length >= len(words) / 2
        return {}, False

    def _named(self, name: str) -> dict[int, float]:
        """Types that bear the name, with the kinds of them, or whose broader class it is."""
        found: dict[int, float] = {}
        for form in (key(name), singular(name)):
            for number in self._exact.get(form, ()):
                found[number] = EXACT
            for number in self._kinds.get(form, ()):
                found.setdefault(number, KIND_OF)
            if found:
                break
        for number in list(found):
            for kind in self._kinds.get(singular(self.types[number].name), ()):
                found.setdefault(kind, KIND_OF)
        for form in (key(name), singular(name)):
            for number in self._loose.get(form, ()):
                found.setdefault(number, LOOSE)
        return found or {number: LOOSE for form in (key(name), singular(name)) for number in self._titled.get(form, ())}

    def _parts(self, name: str) -> dict[int, float]:
        """ "URLA or 1003", "EOB / remittance": what each part means."""
        parts = [part for part in _SPLIT.split(name) if part]
        found: dict[int, float] = {}
        for part in parts if len(parts) > 1 else ():
            for number, degree in self._named(part).items():
                found[number] = max(found.get(number, 0.0), degree * PART)
        return found

    def _bare(self, name: str) -> dict[int, float]:
        """The name without words like "document" or "form" ("signed lease 2024"), or with them ("W-2" for "form w-2")."""
        words = tokens(name)
        bare = [word for word in words if word not in _FILLER and not _YEAR.fullmatch(word)]
        trials = [" ".join(bare)] if 0 < len(bare) < len(words) else []
        trials += [f"{name} form", f"form {name}", f"{name} document", f"{name} report", f"{name} card"]
        for trial in trials:
            if found := self._named(trial):
                return {number: degree * PART for number, degree in found.items()}
        return {}


def _owners(types: Sequence[PageType], names: Callable[[PageType], Iterable[str]]) -> Mapping[str, list[int]]:
    owners: dict[str, list[int]] = defaultdict(list)
    for number, page_type in enumerate(types):
        for name in names(page_type):
            for form in {key(name), singular(name)}:
                if form and number not in owners[form]:
                    owners[form].append(number)
    return owners


def _kinds(types: Sequence[PageType]) -> Mapping[str, set[int]]:
    """A broader name (singular key) → every type under it, however many steps down."""
    direct: dict[str, set[int]] = defaultdict(set)
    for number, page_type in enumerate(types):
        for name in page_type.broader:
            direct[singular(name)].add(number)
    kinds: dict[str, set[int]] = {}
    for name in direct:
        found: set[int] = set()
        queue = list(direct[name])
        while queue:
            number = queue.pop()
            if number not in found:
                found.add(number)
                queue += direct.get(singular(types[number].name), ())
        kinds[name] = found
    return kinds
