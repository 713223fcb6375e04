"""What one class list asks of the judge, worked out once: which known types each class means, and its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.description import affirmed
from pagesort.judge.dictionary import translate
from pagesort.judge.evidence import CUES, FEATURES, LIKENESS, OWN, Evidence, Index, PageText
from pagesort.judge.knowledge import PageType
from pagesort.judge.likeness import likeness
from pagesort.judge.mapping import EXACT, KIND_OF, LOOSE, Atlas
from pagesort.judge.meaning import Meaning, spaced
from pagesort.judge.words import key, singular
from pagesort.types import UNKNOWN, PageClass, is_catch_all

_CHUNK = re.compile(r"[,.;:()\n]|\b(?:and|or|with|of|for|that|which|from|to|in|by|is|are|the|an?|und|oder|et|ou|y|o)\b", re.I)

_CODE = re.compile(r"[a-z]{0,2}[-_. ]?\d{1,4}[-_. ]?[a-z]{0,2}|[a-z]{1,3}[-_.][a-z]\d?", re.I)

AGREES = 0.02
"""How likely, at least, a description means a type of that name, if it is to be the same."""

GUESS = 0.8
"""How far a class may be guessed to mean a type, as a share of how far another of the list is known to mean it."""

HINTED = 0.25
"""No further does a class mean what its description only brings up, as one kind among many: such a page may be none of them."""

HARDLY = 0.02
"""How much of a rival is left of what a type asked for is a kind or a part of: Form 1040, if only its Schedule C is asked for."""

BESIDE = 0.25
"""How much of a type is left to a broader class beside one that bears its name."""

PLAINLY = 0.8
"""A guess surer than this says what the class means as plainly as a broader name of another class does."""

NONE_OF_THEM = 80.0
"""How many times likelier than by chance a class must mean a type, before the type is as likely that class as none."""
LIKELY = 0.02
"""A type that is a class with less probability than this is not considered for it."""


@dataclass(frozen=True, slots=True)
class Means:
    """The known types that a class means, and the logarithm of the degree to which it means each."""

    types: NDArray[np.intp]
    log_degrees: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Brief:
    """A class list made ready for judging."""

    classes: tuple[PageClass, ...]
    """Those asked for, less the ones that stand for the built-in answer."""
    otherwise: str
    """What a page is answered that fits none of them: `UNKNOWN`, or the list's own word for it."""
    means: tuple[Means, ...]
    """One for each class."""
    outside: Means
    """The types that may be meant by no class, and how likely each is meant by none: where one of them fits better than
    any class, the page is `unknown`."""
    own_words: Index
    """Each class as a page type made of nothing but its own name and description."""
    uncovered: NDArray[np.intp]
    """The classes that no known type bears the name of."""
    meaning: Meaning | None
    """Tells what those classes may mean; None where there are none."""
    vectors: NDArray[np.float32]
    """One row of the encoder's for each of `uncovered`."""

    @property
    def share_uncovered(self) -> float:
        """Share of the classes that no known type bears the name of, 0..1."""
        return len(self.uncovered) / max(len(self.classes), 1)

    @property
    def undescribed(self) -> NDArray[np.float64]:
        """The column of that name in `LIKENESS`, for each of `uncovered`."""
        return np.array([0.0 if self.classes[number].description else self.share_uncovered for number in self.uncovered])

    def look_up_own(self, text: PageText) -> Evidence:
        """The evidence for each class by its own words."""
        own = self.own_words.look_up(text.translated if self.meaning else text)
        few, many = FEATURES.index(OWN[0]), FEATURES.index("words")
        own.told[:, [few, many]] = own.told[:, [many, few]]
        return own

    def look_up_likeness(self, text: PageText, own: Evidence) -> None:
        """Adds to that evidence how like the page in meaning each class is that the knowledge has no word for.

        It takes several times as long as all the rest.
        """
        if self.meaning:
            columns = slice(len(CUES), len(CUES) + len(LIKENESS))
            own.told[self.uncovered, columns] = likeness(text.translated, self.vectors, self.undescribed, self.meaning.encoder)


def make_brief(classes: Sequence[PageClass], atlas: Atlas, known: Index, get_meaning: Callable[[], Meaning]) -> Brief:
    """`get_meaning` is called only where a class needs it: the encoder takes its time to load."""
    catch_alls = (each.name for each in classes if is_catch_all(each.name))
    otherwise = next((name for name in catch_alls if name.casefold() != UNKNOWN), UNKNOWN)
    asked = tuple(each for each in classes if not is_catch_all(each.name))
    own_codes = _has_own_codes(asked, atlas)
    read = [_read(each, atlas, get_meaning, own_codes=own_codes) for each in asked]
    classes, named = [each for each, _ in read], _most_specific([meant for _, meant in read])
    uncovered = [number for number, meant in enumerate(named) if not meant]
    meaning = get_meaning() if uncovered else None
    meant = [_degrees(each) for each in named]
    free = np.array([not each.umbrella for each in atlas.types], dtype=float)
    vectors = np.empty((0, 0), np.float32)
    if meaning:
        vectors = meaning.vectors([classes[number] for number in uncovered])
        # From "the class means these types" to "the type is this class", by Bayes' rule, with none of them as an alternative.
        shares = np.array([meaning.shares(classes[number]) for number in uncovered])
        none = NONE_OF_THEM / len(atlas.types)
        shares /= shares.sum(axis=0) + none
        free *= 1 - shares.sum(axis=0)
        for each in named:  # what a class is known to mean is its own rather than that of one which is guessed to mean it
            for number, degree in each.items():
                plain = (shares[:, number] > PLAINLY) & (degree <= KIND_OF)
                shares[:, number] = np.where(plain, shares[:, number], np.minimum(shares[:, number], GUESS * degree))
        for number, degrees in zip(uncovered, shares, strict=True):
            free[_take_hints(degrees, classes[number], atlas)] = 0.0
            meant[number] = _degrees({int(each): float(degrees[each]) for each in np.flatnonzero(degrees > LIKELY)})
    for each in named:
        free[[number for number, degree in each.items() if degree > HINTED]] = 0.0
        # A page of a type asked for is of the broader types too, which are hardly rivals then: a thank-you letter is a letter.
        free[atlas.broader_than(number for number, degree in each.items() if degree > KIND_OF)] *= HARDLY
    return Brief(
        classes=asked,
        otherwise=otherwise,
        means=tuple(meant),
        outside=_degrees({int(number): float(free[number]) for number in np.flatnonzero(free)}),
        own_words=Index([_own_words(each, translate if meaning else str) for each in classes], known),
        uncovered=np.array(uncovered, dtype=np.intp),
        meaning=meaning,
        vectors=vectors,
    )


def _most_specific(named: Sequence[Mapping[int, float]]) -> list[dict[int, float]]:
    """Of a class that is broader than another of the list, or the whole of which it is a part, what the other means is left to
    that one, but for a little."""
    own = {number for each in named for number, degree in each.items() if degree > LOOSE}
    return [
        {number: degree * BESIDE if degree <= KIND_OF and number in own else degree for number, degree in each.items()}
        for each in named
    ]


def _take_hints(degrees: NDArray[np.float64], wanted: PageClass, atlas: Atlas) -> list[int]:
    """Raises the guessed degrees to what a class without known name says of itself: what its description lists, what its name
    means loosely, and, where there is no more than a name, the kinds of that. Returns the types hinted at clearly."""
    hints = (*atlas.listed(wanted.description or "").items(), *atlas.loosely(spaced(wanted.name)).items())
    for number, degree in hints:
        degrees[number] = max(degrees[number], degree)
    for likely in np.flatnonzero(degrees >= LOOSE) if not wanted.description else ():
        kinds = atlas.kinds_of(int(likely))
        degrees[kinds] = np.maximum(degrees[kinds], KIND_OF * degrees[likely])
    return [number for number, degree in hints if degree >= LOOSE]


def is_code(wanted: PageClass) -> bool:
    """Whether only the description can tell what the name stands for, which takes the encoder to find out."""
    return bool(wanted.description and _CODE.fullmatch(wanted.name.strip()))


def _has_own_codes(classes: Sequence[PageClass], atlas: Atlas) -> bool:
    """Whether the names that look like codes are the user's own: fewer than half of several are names of forms, as they stand."""
    codes = [PageClass(each.name) for each in classes if is_code(each)]
    return len(codes) > 1 and sum(EXACT in atlas.types_of(each).values() for each in codes) < len(codes) / 2


def _read(
    wanted: PageClass, atlas: Atlas, get_meaning: Callable[[], Meaning], *, own_codes: bool
) -> tuple[PageClass, Mapping[int, float]]:
    """The class, with a name that is cut short put in full ("BENE CHG": "beneficiary change"), and the types that bear its name.

    A short name may be a code of the user's own ("W10": drilling reports), and by chance that of a form; then the list has more
    such codes (`own_codes`), or the description speaks of something else.
    """
    if own_codes and is_code(wanted):
        return wanted, atlas.types_of(PageClass("", wanted.description))
    named = atlas.types_of(wanted)
    if not named:
        full = replace(wanted, name=atlas.abbreviations.written_out(spaced(wanted.name)))
        return full, atlas.types_of(full)
    if is_code(wanted) and get_meaning().likely(wanted.description or "", list(named)) <= AGREES:
        return wanted, {}
    return wanted, named


def _degrees(degrees: Mapping[int, float]) -> Means:
    types = sorted(degrees)
    return Means(np.array(types, dtype=np.intp), np.log([degrees[number] for number in types]))


def _own_words(wanted: PageClass, written: Callable[[str], str]) -> PageType:
    """`written`: how the words are put on the page that they are looked for on."""
    name, chunks = written(wanted.name), _CHUNK.split(written(affirmed(wanted.description or "")))
    phrases = tuple(dict.fromkeys(phrase for chunk in chunks if len(phrase := chunk.strip()) > 2))
    names = tuple({key(name): name, singular(name): singular(name)}.values())  # classes are "Wills", a page is a "Will"
    return PageType(name=name, titles=names, telling=(*names, *map(written, wanted.phrases)), phrases=phrases)
