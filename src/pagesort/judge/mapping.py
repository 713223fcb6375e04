"""The caller's classes → known page types. A class may mean several types, each to a degree; or none that we know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise

from pagesort.judge.abbreviation import Abbreviations
from pagesort.judge.description import affirmed, parts, ruled_out
from pagesort.judge.knowledge import PageType
from pagesort.judge.words import LONGEST_PHRASE, key, singular, singulars, tokens
from pagesort.types import PageClass

EXACT, LOOSE, KIND_OF, PART = 1.0, 0.6, 0.4, 0.9
"""How far a class means a type whose name it bears, bears loosely, is a broader word for, or names among others."""

HEAD = 3
"""A description names its type, if at all, among its first words: "a recent pay stub", "the opinion of a court"."""

_SPLIT = re.compile(r"\s*(?:/|\||;|,|\b(?:or|and|oder|und|bzw|ou|et|y|e|o|en|lub|oraz)\b|&|\(|\)|:)\s*", re.I)
_FILLER = frozenset(
    tokens(
        "document documents doc page pages form forms file copy scan scanned the a an of for s record sheet type class "
        "front back side signed executed unsigned original photo picture image "
        "my our your new recent latest current last final draft updated official daily weekly monthly quarterly yearly annual "
        "recorded executed completed approved certified all docs "
        "kopie kopien copie copia kopia seite seiten pagina dokument dokumente documenti documento documenten dokumenty "
        "letzte letzter aktuelle aktueller unterschriebener derniers dernier dernieres ultima ultime ultimo ultimi laatste signe"
    )
)
_PLURALS = ("en", "er", "es", "ns", "e", "n", "i", "x", "s")
_BUNDLE = re.compile(r"[\s_-]*(?:docs?|documentation|paperwork|papers?|package|packet|file|bundle|records?)$", re.I)
"""What people call all documents of a matter: "loan docs", "closing package"."""
_CODES = re.compile(r"([A-Z]{2,}|\d[\dA-Z-]*\d)s")
"""Several of what has a short name in capitals or digits: "POs", "1099s"."""
_UMLAUT = re.compile(r"(?<=[aou])e")
_HEADLESS = frozenset(tokens("for of to on from as with without de des du di del della da von van der den zu zur"))
"""Before the last of these words a longer name speaks of something else: "request for a death certificate"."""
_YEAR = re.compile(r"(?:19|20)\d\d")


class Atlas:
    """The names of all known types, and which type is a kind of which."""

    def __init__(self, types: Sequence[PageType]) -> None:
        self.types = tuple(types)
        self._exact = _owners(types, lambda each: (each.name, *each.names))
        self._loose = _owners(types, lambda each: each.loose_names)
        self._titled = _owners(types, lambda each: each.titles)
        self._kinds = _kinds(types)
        self._longer = _longer(types)
        self._by_name = _owners(types, lambda each: (each.name,))

    @cached_property
    def abbreviations(self) -> Abbreviations:
        return Abbreviations(name for each in self.types for name in (each.name, *each.names))

    def types_of(self, wanted: PageClass) -> dict[int, float]:
        """Type index → degree (0..1] to which the class means that type; empty when the name is not known."""
        description = wanted.description or ""
        named = self._read(wanted.name, described=bool(description))
        # A single word of the description does not outweigh a name: "Passport: any page of the booklet" is no brochure.
        described, whole = self._described(affirmed(description), 2 if named and _words(wanted.name) else 1)
        # "proof of address: a household utility bill" means the bill, whatever else its name may mean.
        if whole or not named:
            return self._less(described, description) if whole else {}
        found = self._less(named, description)
        for number, degree in self.listed(description).items():
            found[number] = max(found.get(number, 0.0), degree * LOOSE)
        return found

    def _less(self, found: Mapping[int, float], description: str) -> dict[int, float]:
        """Without the kinds that the description rules out: "Form 1040 itself, without schedules"."""
        out = [set(singulars(word for word in tokens(part) if word not in _FILLER)) for part in ruled_out(description)]
        return {
            number: degree
            for number, degree in found.items()
            if degree > KIND_OF or not any(words and words <= set(singulars(tokens(self.types[number].name))) for words in out)
        }

    def _read(self, name: str, *, described: bool) -> dict[int, float]:
        """What the name means, by the first way of reading it that leads to a type; nothing where none does."""
        several = _CODES.fullmatch(name.strip())
        return (
            (self._named(several[1]) if several else {})
            or self._named(name)
            or self._named(_BUNDLE.sub(" document", name))
            or self._parts(name)
            or self._bare(name, described=described)
            or self._plural(name)
            or self._named(_UMLAUT.sub("", name))  # "Kontoauszuege"
            or self._now_and_then(name)
        )

    def listed(self, description: str) -> dict[int, float]:
        """Type index → degree for what a description lists: "security instrument (mortgage, deed of trust) with riders"."""
        found: dict[int, float] = {}
        for part in parts(description):
            for number, degree in self._within(part).items():
                found[number] = max(found.get(number, 0.0), degree)
        return found

    def _within(self, part: str) -> dict[int, float]:
        """The type whose name makes up the part, or else the longest name of two words or more in it."""
        words = tokens(part)
        bare = [word for word in words if word not in _FILLER]
        if found := self._named(part) or self._named(" ".join(bare)) or self.loosely(part):
            degree = PART if len(bare) > 1 else LOOSE  # "schedule", "notes" and the like are said of many things
            return {number: degree * each for number, each in found.items()}
        for length in range(min(len(words), LONGEST_PHRASE), 1, -1):
            for start in range(len(words) - length + 1):
                run = " ".join(words[start : start + length])
                for form in (key(run), singular(run)):
                    if numbers := self._exact.get(form):
                        return dict.fromkeys(numbers, LOOSE)
        return {}

    def kinds_of(self, number: int) -> list[int]:
        """The types for which that one is a broader word."""
        return sorted(self._kinds.get(singular(self.types[number].name), ()))

    def broader_than(self, numbers: Iterable[int]) -> list[int]:
        """The types that are broader words for any of those."""
        names = {singular(name) for number in numbers for name in self.types[number].broader}
        return sorted({number for name in names for number in self._by_name.get(name, ())})

    def _described(self, description: str, least: int) -> tuple[dict[int, float], bool]:
        """The type that a description begins with, in so many words at least, and whether it says little else: "a recent pay
        stub"."""
        words = tokens(description)
        telling = [place for place, word in enumerate(words) if word not in _FILLER]
        for length in range(min(len(telling), LONGEST_PHRASE), least - 1, -1):
            for start in range(min(len(telling) - length + 1, HEAD)):
                # All words between: "request to the court for an order" is no court order.
                run = words[telling[start] : telling[start + length - 1] + 1]
                if "".join(run) in self._exact:
                    named = self._named(" ".join(run))
                    return {number: degree * PART for number, degree in named.items()}, length >= len(telling) / 2
        return {}, False

    def _named(self, name: str) -> dict[int, float]:
        """Types that bear the name, with the kinds of them, or whose broader class it is; nothing where there are none."""
        forms = (key(name), singular(name))
        found = {**self._bearing(forms[1]), **self._bearing(forms[0])}
        if not found:
            return {}
        longer = self._longer.get(forms[1], ()) if _words(name) > 1 else ()
        kinds = [kind for number in (*found, *longer) for kind in self._kinds.get(singular(self.types[number].name), ())]
        return {**dict.fromkeys((*kinds, *longer), KIND_OF), **self._now_and_then(name), **found}

    def _bearing(self, form: str) -> dict[int, float]:
        return {**dict.fromkeys(self._kinds.get(form, ()), KIND_OF), **dict.fromkeys(self._exact.get(form, ()), EXACT)}

    def _now_and_then(self, name: str) -> dict[int, float]:
        """The types that the name means now and then."""
        return dict.fromkeys((number for form in (key(name), singular(name)) for number in self._loose.get(form, ())), LOOSE)

    def loosely(self, name: str) -> dict[int, float]:
        """Types that the name means now and then, that it is the title of, or that have a longer name ending in it."""
        found = dict.fromkeys(self._longer.get(singular(name), ()), KIND_OF) if _words(name) > 1 else {}
        for form in (key(name), singular(name)):
            found |= dict.fromkeys((*self._loose.get(form, ()), *self._titled.get(form, ())), LOOSE)
        return found

    def _parts(self, name: str) -> dict[int, float]:
        """ "URLA or 1003", "EOB / remittance": what each part means; "AR/AP aging": what each means with the words they share."""
        parts = [part for part in _SPLIT.split(name) if part]
        if len(parts) < 2:
            return {}
        read = [self._named(part) for part in (*parts, *_completed(parts))]
        if any(read):  # what a part means now and then counts beside one that is sure
            read += [self._now_and_then(part) for part in parts if not self._named(part)]
        found: dict[int, float] = {}
        for number, degree in chain.from_iterable(each.items() for each in read):
            found[number] = max(found.get(number, 0.0), degree * PART)
        return found

    def _bare(self, name: str, *, described: bool) -> dict[int, float]:
        """The name without words like "document" or "form" ("signed lease 2024"), or with them ("W-2" for "form w-2").

        `described`: whether there is a description; then a short name may be a code of the user's own, not that of a form.
        """
        words = tokens(name)
        bare = [word for word in words if word not in _FILLER and not _YEAR.fullmatch(word)]
        trials = [" ".join(bare)] if 0 < len(bare) < len(words) else []
        if not described or len(bare) > 1:
            trials += [f"{name} form", f"form {name}", f"{name} document", f"{name} report", f"{name} card"]
        for trial in trials:
            if found := self._named(trial):
                return {number: degree * PART for number, degree in found.items()}
        return {}

    def _plural(self, name: str) -> dict[int, float]:
        """The name of which this is a plural in another language than English: "Mietverträge", "factures", "bollettini"."""
        found = key(name)
        stems = [found[: -len(ending)] for ending in _PLURALS if found.endswith(ending) and len(found) > len(ending) + 4]
        for singular_form in (stem + ending for stem in stems for ending in ("", "e", "o", "a")):
            if numbers := self._exact.get(singular_form):
                return dict.fromkeys(numbers, PART)
        return {}


def _completed(parts: Sequence[str]) -> list[str]:
    """Each part with the words that end the next one: "AR", "AP aging" → "AR aging"."""
    return [
        " ".join([part, *words[start:]])
        for part, after in pairwise(parts)
        for words in [after.split()]
        for start in range(1, len(words))
    ]


def _words(name: str) -> int:
    """Words of the name, codes like "C2" left out."""
    return sum(len(word) > 2 and word.isalpha() for word in tokens(name))


def _owners(types: Sequence[PageType], names: Callable[[PageType], Iterable[str]]) -> Mapping[str, list[int]]:
    owners: dict[str, list[int]] = defaultdict(list)
    for number, page_type in enumerate(types):
        for name in names(page_type):
            words = tokens(name)
            for form in {"".join(words), "".join(singulars(words))}:
                if form and number not in owners[form]:
                    owners[form].append(number)
    return owners


def _longer(types: Sequence[PageType]) -> Mapping[str, set[int]]:
    """The words that end a longer name (singular key) → the types of such names: a hotel registration card is a
    registration card."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, page_type in enumerate(types):
        for name in (page_type.name, *page_type.names):
            words = singulars(tokens(name))
            for start in range(1, len(words) if words[-1:] != ["page"] else 0):  # a page of an oil record book is no book page
                if not _HEADLESS.intersection(words[:start]):
                    found["".join(words[start:])].add(number)
    return found


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
