"""The embedded model taken apart: the evidence of every page is looked up once and then weighed as often as wanted.

It weighs by the very functions that the shipped judge and its training use, so a figure from here is one of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pagesort.evaluation.run import Material
from pagesort.flow import Observation
from pagesort.judge.brief import Brief, make_brief
from pagesort.judge.embedded import EmbeddedJudge, Weights, encoder, knowledge, meaning, score, speller
from pagesort.judge.evidence import PageText
from pagesort.judge.meaning import Meaning
from pagesort.types import UNKNOWN, Candidate, PageClass, Sight, Verdict
from train.judge import Example, make_example

Classes = tuple[PageClass, ...]


class Desk:
    """Evidence by page and class list. `mapping`: whether classes without a known name get a guessed meaning; `outside`:
    whether types outside the list compete."""

    def __init__(self, *, mapping: bool = True, outside: bool = True) -> None:
        self._mapping, self._outside = mapping, outside
        self.brief = cache(self._make_brief)
        self._pages: dict[int, tuple[Sight, PageText, NDArray[np.float64]]] = {}
        self._own: dict[tuple[int, Classes], NDArray[np.float64]] = {}

    def variant(self, *, mapping: bool = True, outside: bool = True) -> Desk:
        """A desk that shares what was looked up."""
        other = Desk(mapping=mapping, outside=outside)
        other._pages, other._own = self._pages, self._own
        return other

    def known(self, sight: Sight) -> NDArray[np.float64]:
        """types x features"""
        return self._page(sight)[2]

    def own(self, sight: Sight, classes: Classes) -> NDArray[np.float64]:
        """classes x features"""
        key = id(sight), classes
        if key not in self._own:
            brief, text = self.brief(classes), self._page(sight)[1]
            own = brief.look_up_own(text)
            brief.look_up_likeness(text, own)
            self._own[key] = own.features
        return self._own[key]

    def _page(self, sight: Sight) -> tuple[Sight, PageText, NDArray[np.float64]]:
        # By identity: a page has hundreds of lines to compare. The sight is kept, so that no other takes its place.
        if id(sight) not in self._pages:
            text = PageText(sight, speller)
            self._pages[id(sight)] = sight, text, knowledge()[0].look_up(text).features
        return self._pages[id(sight)]

    def _make_brief(self, classes: Classes) -> Brief:
        index, atlas = knowledge()
        brief = make_brief(classes, atlas, index, meaning if self._mapping else _silent)
        nothing = replace(brief.outside, types=brief.outside.types[:0], log_degrees=brief.outside.log_degrees[:0])
        return brief if self._outside else replace(brief, outside=nothing)


class _Silent(Meaning):
    """Has no idea what a class may mean."""

    def shares(self, wanted: PageClass) -> NDArray[np.float64]:
        return np.zeros(len(self.types))


@cache
def _silent() -> Meaning:
    return _Silent(knowledge()[0].types, encoder())


class DeskJudge:
    """Judges as the shipped judge does, by weights of one's own; says no reasons."""

    model_hash = "none"

    def __init__(self, desk: Desk, weights: Weights) -> None:
        self.version = "embedded, other weights"
        self._desk, self._weights = desk, weights
        self._by_type: dict[int, NDArray[np.float64]] = {}
        """By identity of the page, which the desk keeps."""
        self._blanks = EmbeddedJudge("blank pages")

    def judge(self, sights: Sequence[Sight], classes: Sequence[PageClass]) -> list[Verdict]:
        asked = asked_classes(classes)
        return [self._blanks.judge([each], classes)[0] if each.blank else self._judge_page(each, asked) for each in sights]

    def _judge_page(self, sight: Sight, asked: Classes) -> Verdict:
        brief = self._desk.brief(asked)
        if id(sight) not in self._by_type:
            self._by_type[id(sight)] = self._desk.known(sight) @ self._weights.features
        own = self._desk.own(sight, asked) @ self._weights.features
        scores = score(self._by_type[id(sight)], own, brief, self._weights)
        raw = np.append(scores.classes, scores.unknown) / self._weights.temperature
        raised = np.exp(raw - raw.max())
        shares = raised / raised.sum()
        names = [*(each.name for each in asked), UNKNOWN]
        candidates = tuple(
            Candidate(names[number], round(float(shares[number]), 4)) for number in np.argsort(-shares, kind="stable")
        )
        best = candidates[0]
        suggested = knowledge()[0].types[scores.rival].name if best.name == UNKNOWN and scores.rival >= 0 else None
        return Verdict(sight.page, best.name, "", suggested, best.score, candidates)


def asked_classes(classes: Sequence[PageClass]) -> Classes:
    return tuple(each for each in classes if each.name.casefold() != UNKNOWN)


def examples(material: Material, desk: Desk) -> list[Example]:
    """Every scored page that can be read and is not blank, as evidence to fit weights on. `source` is the file."""
    found = []
    for task in material.tasks:
        observation = material.seen[task.file]
        asked = asked_classes(task.classes)
        names = [*(each.name for each in asked), UNKNOWN]
        for sight in observation.pages if isinstance(observation, Observation) else ():
            if isinstance(sight, Sight) and sight.page in task.expected and not sight.blank:
                right = [number for number, name in enumerate(names) if task.accepts(sight.page, name)]
                known, own = desk.known(sight), desk.own(sight, asked)
                found.append(make_example(task.file, task.file, known, own, desk.brief(asked), right, "as asked"))
    return found
