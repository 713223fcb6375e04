"""The judge that ships with pagesort: knowledge of page types weighed against what stands on the page.

Every known type gets a score from its evidence; a class scores as its best type, or by its own words; the best type
outside the list stands for `unknown`. A softmax over these scores is the confidence: the weights were fitted by
maximum likelihood, so it is a probability and not just a score (see train/judge.py and the model card).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from pagesort.judge import compiled, shipped
from pagesort.judge.brief import Brief, is_code, make_brief
from pagesort.judge.clues import find_clues
from pagesort.judge.encoder import Encoder
from pagesort.judge.evidence import CUES, FEATURES, LIKENESS, Evidence, Index, PageText
from pagesort.judge.knowledge import PageType
from pagesort.judge.mapping import Atlas
from pagesort.judge.meaning import Meaning
from pagesort.judge.reason import describe, describe_blank, describe_unknown
from pagesort.judge.spelling import Speller
from pagesort.judge.words import tokens
from pagesort.types import UNKNOWN, Candidate, Clue, JudgeSight, PageClass, Sight, Verdict

BLANK_TYPE = "blank page"
MOST_LIKENESS = np.array([0.9, 0.9, 1.0, 1.0])
"""As much of each of `LIKENESS` as a page and a class ever have in common."""
MOSTLY_MEANT = math.log(0.5)
"""A class takes blank pages only if it means them more than not: a broad or a guessed class does not."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts. `features` follows `FEATURES`."""

    features: NDArray[np.float64]
    outside: float
    """What a type outside the list must be better by, before it makes a page `unknown`."""
    outside_unheard: float
    """By how much more where no class bears a known name: what fits such classes is known less well."""
    own_words: float
    """What a class's own words start with, compared with knowledge of a type."""
    nothing: float
    """The score of "none of all this": a page that shows no more than that for any class is `unknown`."""
    temperature: float
    """Scores are divided by it before the softmax; fitted on pages of sources the weights had not seen."""

    @classmethod
    def load(cls) -> Weights:
        text = (resources.files("pagesort.judge") / "weights" / "judge.json").read_text(encoding="utf-8")
        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, data: Mapping[str, float]) -> Weights:
        """A feature that the data does not name counts nothing."""
        features = np.array([data.get(name, 0.0) for name in FEATURES])
        return cls(
            features, data["outside"], data.get("outside unheard", 0.0), data["own words"], data["nothing"], data["temperature"]
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """One page against one brief."""

    classes: NDArray[np.float64]
    """A score for each class."""
    types: NDArray[np.intp]
    """The known type behind each class's score; -1 where its own words scored better."""
    beside: NDArray[np.intp]
    """For each class the one that its own words were held against, since both mean the same type; itself where there is none."""
    rival: int
    """The type outside the list that makes the case for `unknown`; -1 where nothing at all fits."""
    unknown: float
    """The score of `unknown`."""


class EmbeddedJudge:
    """Judges offline, on the CPU, any classes; deterministic and free of state, so threads may share it."""

    def __init__(self, version: str, weights: Weights | None = None, types: Sequence[PageType] | None = None) -> None:
        """`weights`, `types`: what it weighs evidence by, and the page types it knows; None: those that ship with pagesort."""
        self.version = version
        self._weights = weights or Weights.load()
        self._changed = repr((weights, types)) if weights or types else ""
        self._known, self._atlas = knowledge() if types is None else (Index(types), Atlas(types))
        self._meaning = meaning if types is None else cache(lambda: Meaning(types, encoder()))
        self._brief = lru_cache(maxsize=32)(self._make_brief)

    @cached_property
    def model_hash(self) -> str:
        """Hash of weights and knowledge; that of the shipped model where nothing else was given."""
        if not self._changed:
            return shipped.model_hash()
        return hashlib.sha256(f"{shipped.model_hash()} {self._changed}".encode()).hexdigest()

    def judge(self, sights: Sequence[Sight], classes: Sequence[PageClass]) -> list[Verdict]:
        """One verdict for each sight, same order.

        A class called "unknown" is the built-in answer, not a class; the first one called "Other" or the like stands for it.
        """
        brief = self._brief(tuple(classes))
        return [self._judge_page(sight, brief) for sight in sights]

    def portable(self, classes: Sequence[PageClass]) -> JudgeSight | None:
        """None where the encoder is needed, which every process would have to load, or where the knowledge is the user's."""
        if self._changed or any(map(is_code, classes)) or self._brief(tuple(classes)).meaning:
            return None
        return partial(judge_shipped, self.version, tuple(classes))

    def _make_brief(self, classes: tuple[PageClass, ...]) -> Brief:
        return make_brief(classes, self._atlas, self._known, self._meaning)

    def _judge_page(self, sight: Sight, brief: Brief) -> Verdict:
        if sight.blank:
            return self._blank(sight, brief)
        text = PageText(sight, speller)
        scores, evidence, own = self._weigh(text, brief)
        shares = _shares(np.append(scores.classes, scores.unknown), self._weights.temperature)
        names = [*(each.name for each in brief.classes), brief.otherwise]
        ranking = np.argsort(-shares, kind="stable")
        best = int(ranking[0])
        reason, clues = self._explain(text, brief, scores, best, evidence, own)
        return Verdict(
            page=sight.page,
            name=names[best],
            reason=reason,
            suggested_class=self._suggestion(scores.rival) if names[best] == UNKNOWN else None,
            confidence=round(float(shares[best]), 4),
            candidates=tuple(Candidate(names[number], round(float(shares[number]), 4)) for number in ranking),
            evidence=clues,
        )

    def _weigh(self, text: PageText, brief: Brief) -> tuple[Scores, Evidence, Evidence]:
        """The scores, the evidence for every type, and that for every class by its own words."""
        evidence, own = self._known.look_up(text), brief.look_up_own(text)
        by_type = evidence.weigh(self._weights.features)
        scores = score(by_type, own.weigh(self._weights.features), brief, self._weights)
        if _likeness_matters(scores, brief, self._weights):
            brief.look_up_likeness(text, own)
            scores = score(by_type, own.weigh(self._weights.features), brief, self._weights)
        return scores, evidence, own

    def _explain(
        self, text: PageText, brief: Brief, scores: Scores, best: int, evidence: Evidence, own: Evidence
    ) -> tuple[str, tuple[Clue, ...]]:
        """The reason, and the words that it goes by."""
        unknown = best == len(brief.classes)
        closest = int(np.argmax(scores.classes)) if unknown and brief.classes else best
        known = scores.rival
        if not unknown or (known < 0 and brief.classes):
            known = int(scores.types[closest])
        matches = evidence.matches(known) if known >= 0 else own.matches(closest) if brief.classes else []
        clues = find_clues(text.sight, matches)
        page_type = self._known.types[known] if known >= 0 else None
        if not unknown:
            return describe(text, brief.classes[best].name, page_type, clues), clues
        name = brief.classes[closest].name if brief.classes else None
        instead = page_type if scores.rival >= 0 else None
        return describe_unknown(text, name, instead, clues, others=brief.otherwise != UNKNOWN), clues

    def _suggestion(self, rival: int) -> str | None:
        return self._known.types[rival].name if rival >= 0 else None

    def _blank(self, sight: Sight, brief: Brief) -> Verdict:
        """A page with nothing on it is a fact, not a matter of evidence."""
        for wanted, means in zip(brief.classes, brief.means, strict=True):
            meant = means.types[means.log_degrees > MOSTLY_MEANT]
            if any(self._known.types[number].name == BLANK_TYPE for number in meant):
                return Verdict(sight.page, wanted.name, describe_blank(), None, 0.99, (Candidate(wanted.name, 0.99),))
        name, suggestion = brief.otherwise, BLANK_TYPE if brief.otherwise == UNKNOWN else None
        return Verdict(sight.page, name, describe_blank(), suggestion, 0.99, (Candidate(name, 0.99),))


def score(by_type: NDArray[np.float64], own: NDArray[np.float64], brief: Brief, weights: Weights) -> Scores:
    """Scores of the classes and `unknown`, from those of all known types and of each class's own words."""
    by_class = own + weights.own_words
    types = np.full(len(brief.classes), -1, dtype=np.intp)
    for number, means in enumerate(brief.means):
        if len(means.types):
            mapped = by_type[means.types] + means.log_degrees
            best = int(np.argmax(mapped))
            if mapped[best] >= by_class[number]:
                by_class[number] = mapped[best]
                types[number] = means.types[best]
    beside = _settle_ties(by_class, types, own)
    if len(brief.outside.types):
        outside = by_type[brief.outside.types] + brief.outside.log_degrees
        best = int(np.argmax(outside))
        unknown = float(outside[best]) - weights.outside - weights.outside_unheard * brief.share_uncovered
        if unknown > weights.nothing:
            return Scores(by_class, types, beside, int(brief.outside.types[best]), unknown)
    return Scores(by_class, types, beside, -1, weights.nothing)


def _likeness_matters(scores: Scores, brief: Brief, weights: Weights) -> bool:
    """Whether a class that no known type bears the name of could still win, were it as like the page as can be."""
    if not len(brief.uncovered):
        return False
    columns = slice(len(CUES), len(CUES) + len(LIKENESS))
    most = float(scores.classes[brief.uncovered].max() + weights.features[columns] @ MOST_LIKENESS)
    return most >= max(float(scores.classes.max()), scores.unknown)


def _settle_ties(by_class: NDArray[np.float64], types: NDArray[np.intp], own: NDArray[np.float64]) -> NDArray[np.intp]:
    """Of classes that mean the same type to the same degree, the one whose own words fit the page best keeps the score, the
    others fall behind by as much as theirs fit less. Returns `Scores.beside`."""
    beside = np.arange(len(types))
    shared = [known for known, count in Counter(types.tolist()).items() if known >= 0 and count > 1]
    for known in shared:
        alike = np.flatnonzero(types == known)
        tied = alike[by_class[alike] == by_class[alike].max()]
        best = tied[np.argmax(own[tied])]
        beside[tied] = best
        by_class[tied] += own[tied] - own[best]
    return beside


def _shares(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    raised = np.exp((scores - scores.max()) / temperature)
    return np.asarray(raised / raised.sum())


def judge_shipped(version: str, classes: Sequence[PageClass], sight: Sight) -> Verdict:
    """What the shipped judge says, in whatever process this is called."""
    return _shipped(version).judge([sight], classes)[0]


@cache
def _shipped(version: str) -> EmbeddedJudge:
    return EmbeddedJudge(version)


@cache
def knowledge() -> tuple[Index, Atlas]:
    """The shipped page types, indexed; loaded once for the process."""
    return compiled.load()


@cache
def speller() -> Speller:
    """Every word that the shipped knowledge holds; made by the first page that was read by OCR."""
    return Speller(word for each in knowledge()[0].types for phrase in each.shown for word in tokens(phrase))


@cache
def meaning() -> Meaning:
    """The sentence encoder over the shipped page types; loaded by the first class that no known type bears the name of."""
    return Meaning(knowledge()[0].types, encoder())


@cache
def encoder() -> Encoder:
    """The sentence encoder, loaded once for the process."""
    return Encoder()
