"""How well documents are told apart: seams found and missed, against the two rules that everyone uses.

The truth is the `continuation` of `pages.jsonl`. Two kinds of files are asked: bundles as they are, which hold several
documents; and packets put together from the documents of all files, drawn at random with a fixed seed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pagesort.evaluation.run import Material
from pagesort.flow import Observation
from pagesort.types import Linked, PageClass, Sight

PACKETS = 60
DOCUMENTS_OF_A_PACKET = (4, 9)
PAGES_OF_A_DOCUMENT = 6
"""Longer documents are cut in packets: their later seams would outweigh all others."""
CLASSES_OF_A_PACKET = 60

Decide = Callable[[Observation, Sequence[PageClass]], Linked]


@dataclass(frozen=True, slots=True)
class Case:
    """Pages of which it is known where documents start."""

    observation: Observation
    classes: tuple[PageClass, ...]
    starts: Mapping[int, bool]
    """Page → whether a document starts with it; the first page is no question."""


@dataclass(frozen=True, slots=True)
class Seams:
    """Starts of documents found, wrongly found and missed."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, 0..1; None where there is nothing to find."""
        total = 2 * self.found + self.extra + self.missed
        return 2 * self.found / total if total else None

    def with_page(self, truth: bool, answer: bool) -> Seams:
        return Seams(self.found + (truth and answer), self.extra + (answer and not truth), self.missed + (truth and not answer))


def seams(material: Material, decide: Decide) -> dict[str, dict[str, Seams]]:
    """Kind of files → rule → seams. The rules: ours, a new class starts a document, every page is a document."""
    return {"bundles": _tally(bundles(material), decide), "packets": _tally(packets(material), decide)}


def _tally(cases: Iterator[Case], decide: Decide) -> dict[str, Seams]:
    rules = {"documents": Seams(), "class changes": Seams(), "every page": Seams()}
    for case in cases:
        linked = decide(case.observation, case.classes)
        starts = {part.pages[0] for part in linked.documents}
        names = {verdict.page: verdict.name for verdict in linked.verdicts}
        for page, truth in case.starts.items():
            answers = page in starts, names[page] != names.get(page - 1), True
            for rule, answer in zip(rules, answers, strict=True):
                rules[rule] = rules[rule].with_page(truth, answer)
    return rules


def bundles(material: Material) -> Iterator[Case]:
    """The files that hold more than one document."""
    classes = {task.file: task.classes for task in reversed(material.tasks)}
    for file, starts in _known_starts(material).items():
        observation = material.seen[file]
        if isinstance(observation, Observation):
            read = {page.page for page in observation.pages}
            inner = {page: start for page, start in starts.items() if page and {page, page - 1} <= read & set(starts)}
            if any(inner.values()):
                yield Case(observation, classes[file], inner)


def packets(material: Material) -> Iterator[Case]:
    """Documents of all files, drawn at random; those of several pages as often as those of one."""
    classes = {task.file: task.classes for task in reversed(material.tasks)}
    known = list(_documents(material))
    long = [each for each in known if len(each[1]) > 1]
    if not known:
        return
    chooser = random.Random(0)
    for number in range(PACKETS):
        drawn = [
            chooser.choice(long if long and chooser.random() < 0.5 else known)
            for _ in range(chooser.randint(*DOCUMENTS_OF_A_PACKET))
        ]
        pages: list[Sight] = []
        starts: dict[int, bool] = {}
        for _, sights in drawn:
            for place, sight in enumerate(sights[:PAGES_OF_A_DOCUMENT]):
                starts[len(pages)] = place == 0
                pages.append(replace(sight, page=len(pages)))
        del starts[0]
        asked = {each.name.casefold(): each for file, _ in drawn for each in classes[file]}
        yield Case(Observation(f"packet {number}", tuple(pages)), tuple(asked.values())[:CLASSES_OF_A_PACKET], starts)


def _documents(material: Material) -> Iterator[tuple[str, list[Sight]]]:
    """Each document that the files hold, as far as it could be read."""
    for file, starts in _known_starts(material).items():
        observation = material.seen[file]
        current: list[Sight] = []
        for page in observation.pages if isinstance(observation, Observation) else ():
            if not isinstance(page, Sight) or page.page not in starts:
                continue
            if current and starts[page.page]:
                yield file, current
                current = []
            current.append(page)
        if current:
            yield file, current


def _known_starts(material: Material) -> dict[str, dict[int, bool]]:
    """File → page → whether a document starts with it, where that is known."""
    starts: dict[str, dict[int, bool]] = defaultdict(dict)
    for (file, page), facts in sorted(material.facts.items()):
        if facts.continuation is not None and file in material.seen:
            starts[file][page] = not facts.continuation
    return starts
