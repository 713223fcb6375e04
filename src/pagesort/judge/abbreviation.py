"""Names cut short, as people write them on folders: "BENE CHG", "coll asgn", "CLMT STMT" → their words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pagesort.judge.vocabulary import content
from pagesort.judge.words import tokens

SHORTEST, LONGEST = 3, 7
"""Letters of a word cut short."""
SAVED = 2
"""Letters that must be missing for it to have been worth it."""
WHOLE, BEGINS, SKIPS = 1.0, 0.8, 0.5
"""How well a word is told by itself, by its first letters ("bene"), and, were all of them there, by letters here and there
("asgn")."""
DENSE = 0.5
"""Share of its letters that must be there to tell a word which stands alone."""
MORE, COMMON = 0.15, 0.02
"""What a name loses for each word that was not asked for, and gains from common words."""
RARE = 2
"""A word that so few names have may as well be another one cut short."""
_VOWELS = frozenset("aeiouy")


class Abbreviations:
    """The words of all known names, to read words by that are cut short."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [words for name in names if (words := tuple(content(name)))]
        self._count = Counter(word for words in self._names for word in set(words))
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._count):
            if word.isalpha() and len(word) >= SHORTEST + SAVED:
                self._by_letter[word[0]].append(word)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._names):
            for word in set(words):
                self._holding[word].append(number)

    def written_out(self, name: str) -> str:
        """The name with its words in full, as those of the known name that has them all and fits best; as it is where none is
        cut short, or no such name is known."""
        words = tokens(name)
        said = {place: found[0] for place, word in enumerate(words) if (found := content(word))}
        readings = {place: self._readings(word, alone=len(said) == 1) for place, word in said.items()}
        if any(found.keys() - {said[place]} for place, found in readings.items()):
            said |= self._best(readings)
        full = [said.get(place, word) if _cut(word, said.get(place, word)) else word for place, word in enumerate(words)]
        return name if full == words else " ".join(full)

    def _readings(self, short: str, *, alone: bool) -> dict[str, float]:
        """Words that this may stand for → how well it tells them."""
        found = {short: WHOLE} if short in self._count else {}
        if self._count[short] > RARE or not (SHORTEST + alone <= len(short) <= LONGEST and short.isalpha()):
            return found
        skips = sum(letter in _VOWELS for letter in short[1:]) <= 1
        for word in self._by_letter[short[0]]:
            if len(word) < len(short) + SAVED:
                continue
            if word.startswith(short):
                found[word] = BEGINS
            elif skips and (len(short) >= DENSE * len(word) or not alone) and _within(short, word):
                found[word] = SKIPS * len(short) / len(word)
        return found

    def _best(self, readings: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
        """Place of a word → the word in full, of the known name that has them all."""
        chosen: dict[int, str] = {}
        most = -math.inf
        held = [{number for word in found for number in self._holding[word]} for found in readings.values()]
        for number in sorted(set.intersection(*held)):
            words = set(self._names[number])
            taken = {place: max(found.keys() & words, key=found.__getitem__) for place, found in readings.items()}
            worth = sum(readings[place][word] + COMMON * math.log(self._count[word]) for place, word in taken.items())
            worth -= MORE * (len(words) - len(taken))
            if worth > most:
                chosen, most = taken, worth
        return chosen


def _cut(word: str, full: str) -> bool:
    return len(full) >= len(word) + SAVED


def _within(short: str, word: str) -> bool:
    """Whether the letters of `short` stand in `word` in that order."""
    place = 0
    for letter in short:
        place = word.find(letter, place) + 1
        if not place:
            return False
    return True
