"""What a class may mean, when no known type bears its name: a probability for each known type.

Three things are compared, and weighed together by weights that `train/meaning.py` fits on the knowledge itself: each of its
other names, taken away, must lead back to its type, and so must each description.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from pagesort.judge.description import affirmed
from pagesort.judge.dictionary import translate
from pagesort.judge.encoder import Encoder
from pagesort.judge.knowledge import PageType
from pagesort.judge.shipped import WEIGHTS
from pagesort.judge.vocabulary import content
from pagesort.judge.words import CAMEL, key, singular, tokens
from pagesort.types import PageClass

NAME_CUES = (
    "name alike in meaning",
    "name's letters in common",
    "name's words in vocabulary",
    "name's initials",
    "names it goes by, for a name",
)
DESCRIPTION_CUES = ("description alike in meaning", "description's words in vocabulary", "names it goes by, for a description")
"""Compared by the sentence encoder; by letters, in threes, with each name; by words, with all that is known of a type; as the
initials of each name; what goes by many names is common, and asked for more often."""

VECTORS = "types.npz"
"""File of the shipped types' vectors."""

Vocabulary = dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]]
"""Word → the types that have it, and its weight in each."""

_FIELD_WEIGHTS = {"description": 2.0, "titles": 1.5, "telling": 1.0, "words": 0.7, "phrases": 0.5}
_LINKS = frozenset(("a", "an", "and", "de", "des", "du", "for", "in", "of", "on", "or", "the", "to", "with"))
_SPACED = re.compile(rf"[\s_/-]+|{CAMEL.pattern}")


@dataclass(frozen=True, slots=True)
class MeaningWeights:
    """What each cue counts; follows `NAME_CUES` and `DESCRIPTION_CUES`."""

    name: NDArray[np.float64]
    description: NDArray[np.float64]

    @classmethod
    def load(cls) -> MeaningWeights:
        data = json.loads((WEIGHTS / "meaning.json").read_text(encoding="utf-8"))
        return cls(np.array([data[cue] for cue in NAME_CUES]), np.array([data[cue] for cue in DESCRIPTION_CUES]))


def described(page_type: PageType) -> str:
    """What the encoder reads of a type, beside its name."""
    return f"{page_type.name}: {page_type.description}"


def fingerprint(text: str) -> int:
    """64 bits that tell texts apart."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@cache
def shipped_vectors() -> dict[int, NDArray[np.float32]]:
    """Fingerprint of a text → its vector: names and descriptions of the shipped types, made by `train/meaning.py`."""
    with np.load(WEIGHTS / VECTORS) as kept:
        return dict(zip(kept["fingerprints"].tolist(), kept["vectors"].astype(np.float32), strict=True))


class Meaning:
    """Tells what classes mean over a fixed list of types. Loads an encoder when constructed, unless it is given one."""

    def __init__(self, types: Sequence[PageType], encoder: Encoder | None = None, weights: MeaningWeights | None = None) -> None:
        self.types = tuple(types)
        self._common = np.log1p([len(each.names) for each in types])
        self._umbrella = np.array([each.umbrella for each in types])
        self.encoder = encoder or Encoder()
        self._weights = weights or MeaningWeights.load()
        names = [(number, name) for number, each in enumerate(types) for name in (each.name, *each.names)]
        self._owners: dict[str, list[int]] = defaultdict(list)
        for row, (_, name) in enumerate(names):
            self._owners[key(name)].append(row)
        self._words = {word for _, name in names for word in content(name)}
        self._initials = {initials: sorted(numbers) for initials, numbers in _initials(names).items()}
        self._trigrams = _Overlap(
            [_trigrams(name) for _, name in names], np.array([number for number, _ in names], dtype=np.intp)
        )

    def vectors(self, classes: Sequence[PageClass]) -> NDArray[np.float32]:
        """One row of the encoder's for each class, name and description together."""
        return self.encoder.encode([": ".join(self._texts(each)) for each in classes])

    def shares(self, wanted: PageClass) -> NDArray[np.float64]:
        """How likely the class means each type: len(types) numbers that sum to 1; spread thin where nothing is near."""
        views = []
        if self._says(wanted):
            views.append(self._shares(self.name_cues(wanted.name) @ self._weights.name))
        if wanted.description:
            description = affirmed(wanted.description) or wanted.description
            views.append(self._shares(self.description_cues(description) @ self._weights.description))
        return np.asarray(np.mean(views, axis=0))  # either may know what the other does not

    def likely(self, description: str, types: Sequence[int]) -> float:
        """How likely a description means one of those types, 0..1."""
        cues = self.description_cues(affirmed(description) or description)
        return float(self._shares(cues @ self._weights.description)[list(types)].sum())

    def _shares(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Softmax over the types that pages can show."""
        shown = np.where(self._umbrella, -np.inf, raw)
        raised = np.exp(shown - shown.max())
        return np.asarray(raised / raised.sum())

    def name_cues(self, name: str, *, unnamed: bool = False) -> NDArray[np.float64]:
        """types x `NAME_CUES`. `unnamed`: as if no type bore that very name."""
        ignored = {singular(name), key(name)} if unnamed else set()
        left_out = [row for found in sorted(ignored) for row in self._owners.get(found, ())]
        alike, vocabulary, _ = self.description_cues(spaced(name)).T
        initials = np.zeros(len(self.types))
        for short in (key(name), key(name).removesuffix("s")):  # "TOS" are terms of service, "POs" more than one "PO"
            initials[self._initials.get(short, [])] = 1.0
        letters = self._trigrams.nearest(_trigrams(name), left_out)
        return np.stack([alike, letters, vocabulary, initials, self._common], axis=1)

    def description_cues(self, text: str, *, undescribed: bool = False) -> NDArray[np.float64]:
        """types x `DESCRIPTION_CUES`. `undescribed`: as if no type had a description."""
        vectors = self._name_vectors if undescribed else self._described_vectors
        alike = vectors @ self.encoder.encode([translate(text)])[0]
        return np.stack([alike, self._vocabulary_in_common(text, undescribed), self._common], axis=1)

    def _says(self, wanted: PageClass) -> bool:
        """False for a name that leaves everything to the description ("type_a")."""
        words = (word for word in content(wanted.name) if len(word) > 2 and word.isalpha())
        return not wanted.description or any(word in self._words for word in words)

    def _texts(self, wanted: PageClass) -> list[str]:
        name = [spaced(wanted.name)] if self._says(wanted) else []
        return [translate(text) for text in (*name, affirmed(wanted.description or "")) if text] or [wanted.name]

    @cached_property
    def _name_vectors(self) -> NDArray[np.float32]:
        return self._of_types([each.name for each in self.types])

    @cached_property
    def _described_vectors(self) -> NDArray[np.float32]:
        return np.asarray((self._name_vectors + self._of_types(list(map(described, self.types)))) / 2)

    def _of_types(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of the encoder's; those of the shipped types were made in advance, since they take seconds."""
        kept = shipped_vectors()
        new = [text for text in texts if fingerprint(text) not in kept]
        made = dict(zip(new, self.encoder.encode(new), strict=True))
        return np.array([made[text] if text in made else kept[fingerprint(text)] for text in texts], np.float32)

    @cached_property
    def _described_vocabulary(self) -> Vocabulary:
        return _vocabulary(self.types, undescribed=False)

    @cached_property
    def _undescribed_vocabulary(self) -> Vocabulary:
        return _vocabulary(self.types, undescribed=True)

    def _vocabulary_in_common(self, text: str, undescribed: bool) -> NDArray[np.float64]:
        """Cosine of the words of the text and the words of everything that is known of a type."""
        vocabulary = self._undescribed_vocabulary if undescribed else self._described_vocabulary
        known = sorted({word for word in content(text) if word in vocabulary})
        common = np.zeros(len(self.types))
        for word in known:
            numbers, weights = vocabulary[word]
            common[numbers] += weights
        return common / math.sqrt(max(len(known), 1))


def spaced(name: str) -> str:
    """A name as people would say it: "pay_stub" and "PayStub" are a "pay stub"."""
    return _SPACED.sub(" ", name)


def _initials(names: Iterable[tuple[int, str]]) -> dict[str, set[int]]:
    """Initials, with and without those of "of" and "and" → the types that have a name of those: "PO", "T&Cs"."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, name in names:
        words = [word for word in tokens(name) if word.isalpha()]
        for chosen in (words, [word for word in words if word not in _LINKS]):
            if len(chosen) > 1:
                found["".join(word[0] for word in chosen)].add(number)
    return found


def _trigrams(text: str) -> list[str]:
    """Three letters at a time: related languages and misspellings share many of them."""
    words = [f" {word} " for word in content(text)]
    return [word[start : start + 3] for word in words for start in range(len(word) - 2)]


class _Overlap:
    """Compares a name, as a set of pieces, with the names of all types; rare pieces count for more."""

    def __init__(self, names: Sequence[Sequence[str]], types: NDArray[np.intp]) -> None:
        """`names`: the pieces of each name; `types`: the type that each name belongs to."""
        self._types = types
        self._count = int(types.max(initial=-1)) + 1
        pairs = {(piece, number) for pieces, number in zip(names, types.tolist(), strict=True) for piece in pieces}
        self._rarity = {
            piece: math.log(1 + self._count / count) for piece, count in sorted(Counter(piece for piece, _ in pairs).items())
        }
        self._unheard = 0.5 * math.log(1 + self._count)  # a piece that no name has: a qualifier, mostly
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, pieces in enumerate(names):
            for piece in sorted(set(pieces)):
                self._rows[piece].append(row)
        self._mass = np.array([self._weight(pieces) for pieces in names])

    def nearest(self, pieces: Iterable[str], left_out: Sequence[int]) -> NDArray[np.float64]:
        """For each type, the weight of the pieces shared with the nearest of its names, over all pieces of the two: 0..1."""
        wanted = sorted(set(pieces))
        shared = np.zeros(len(self._types))
        for piece in wanted:
            shared[self._rows.get(piece, [])] += self._rarity.get(piece, 0.0)
        shared[list(left_out)] = 0.0
        best = np.zeros(self._count)
        np.maximum.at(best, self._types, shared / (self._weight(wanted) + self._mass - shared + 1e-9))
        return best

    def _weight(self, pieces: Iterable[str]) -> float:
        return sum(self._rarity.get(piece, self._unheard) for piece in sorted(set(pieces)))


def _vocabulary(types: Sequence[PageType], *, undescribed: bool) -> Vocabulary:
    """Words weighed by tf-idf, each type's weights as one vector of length 1."""
    counts: list[dict[str, float]] = []
    for each in types:
        weights: dict[str, float] = {}
        for field, weight in _FIELD_WEIGHTS.items():
            if field == "description" and undescribed:
                continue
            texts = [each.description] if field == "description" else getattr(each, field)
            for word in set(content("\n".join(texts))):
                weights[word] = max(weights.get(word, 0.0), weight)
        counts.append(weights)
    frequency = Counter(word for weights in counts for word in weights)
    rarity = {word: math.log(1 + len(types) / count) for word, count in frequency.items()}
    postings: dict[str, tuple[list[int], list[float]]] = {word: ([], []) for word in frequency}
    for number, weights in enumerate(counts):
        length = math.sqrt(math.fsum((weight * rarity[word]) ** 2 for word, weight in weights.items()))
        for word, weight in weights.items():
            postings[word][0].append(number)
            postings[word][1].append(weight * rarity[word] / length)
    return {word: (np.array(numbers, dtype=np.intp), np.array(weights)) for word, (numbers, weights) in postings.items()}
