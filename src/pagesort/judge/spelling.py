"""Misread words → the words that the knowledge knows: one letter read wrongly, left out or added.

Words are found by what is left of them with one letter taken out, on both sides, so that no two words are ever compared
letter by letter (the "symmetric delete" idea of Wolf Garbe's SymSpell, https://github.com/wolfgarbe/SymSpell).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

SHORTEST = 5
"""Letters of the shortest word that is mended: shorter ones have too many neighbours."""


class Speller:
    """Mends words towards a fixed list; the same word is always mended in the same way."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._by_rest: dict[str, str] = {}
        for word in sorted(self._known):
            if len(word) >= SHORTEST:
                for rest in _rests(word):
                    # Two words that are one misreading apart from a third: nobody can tell which was meant.
                    self._by_rest[rest] = word if self._by_rest.get(rest, word) == word else ""

    def mend(self, words: Sequence[str]) -> list[str]:
        """The words, each that is unknown but a letter away from exactly one known word replaced by it."""
        return [word if word in self._known or len(word) < SHORTEST else self._mended(word) for word in words]

    def _mended(self, word: str) -> str:
        near = {self._by_rest.get(word, "")}
        for rest in _rests(word):
            near |= {self._by_rest.get(rest, ""), rest if rest in self._known and len(rest) >= SHORTEST else ""}
        near.discard("")
        return near.pop() if len(near) == 1 else word


def _rests(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))
