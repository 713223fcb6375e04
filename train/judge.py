"""Fits what each kind of evidence counts, by maximum likelihood over labelled pages, and says how well it generalises.

    python -m train.judge TASKS.jsonl --data FOLDER --sights FILE [--write]

Each task counts four times: as it is; with scanned pages read in part, as far as they are when in use; as if no type bore
the names it asks for; and with the knowledge of those types taken away, as if nobody had described them yet. The latter two
teach what a guessed meaning, a class's own words and the encoder are worth.

A few dozen weights, one for each kind of evidence and none for any single type, class or phrase: there is nothing in them
by which a document could be remembered. They are drawn towards a prior set by hand (`PRIOR`), and every figure printed
comes from folds by source: pages of one source are judged by weights fitted without it. `--write` stores the weights
fitted on everything, with the temperature that makes the held-out probabilities honest.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from pagesort.evaluation.store import SightStore
from pagesort.evaluation.tasks import Task, load_tasks
from pagesort.flow import Classifier, Observation
from pagesort.judge.brief import Brief, make_brief
from pagesort.judge.embedded import Weights, knowledge, score, speller, weigh
from pagesort.judge.encoder import Encoder
from pagesort.judge.evidence import CUES, FEATURES, LIKENESS, Index, PageText
from pagesort.judge.mapping import Atlas
from pagesort.judge.meaning import Meaning
from pagesort.see.reading import by_weight
from pagesort.types import UNKNOWN, PageClass, Sight
from train.checksums import write_checksums

WEIGHTS_FILE = Path(__file__).parent.parent / "src/pagesort/judge/weights/judge.json"
FOLDS = 5

Regime = Literal["as asked", "partly read", "renamed", "uncovered"]
"""All knowledge; all of it, but only the first lines of scans; all of it, but no type bears the names asked for; without
the knowledge of the types asked for."""

LINES_READ = (8, 16, 32)
"""Lines that are left of scanned pages, in turn."""

STRENGTH = 0.002
"""How strongly the weights are drawn to the prior, per page."""

PRIOR = {
    "title": 3.0,
    "exact title": 1.0,
    "name": 1.5,
    "telling": 1.5,
    "phrases": 0.5,
    "share": 1.0,
    "heading": 0.5,
    "against": -0.5,
    "title likeness": 2.0,
    "text likeness": 2.0,
    "uncovered": -1.0,
    "outside": 0.8,
    "own words": -0.5,
    "nothing": 0.5,
    # Looks that settle the matter where they are seen; labelled pages that show them are too few to learn it from.
    "handwritten": 5.0,
    "mrz of a book": 3.0,
    "mrz of a card": 3.0,
    "staves": 4.0,
}
LOOK_PRIOR = 0.8
NAMES = (*FEATURES, "outside", "own words", "nothing")
OUTSIDE, OWN_WORDS, NOTHING = range(len(FEATURES), len(NAMES))


@dataclass(frozen=True, slots=True)
class Example:
    """One scored page of one task."""

    file: str
    source: str
    known: NDArray[np.float64]
    """types x features; shared by all examples of the page."""
    own: NDArray[np.float64]
    """classes x features"""
    brief: Brief
    right: list[int]
    """Indices of the right answers; the number of classes stands for `unknown`."""
    regime: Regime


@dataclass(frozen=True)
class Desk:
    """Everything a class list is judged with: all knowledge, or what is left without the types it asks for."""

    index: Index
    brief: Brief


class Examples:
    """Turns tasks into examples; reads each page and makes each index once."""

    def __init__(self, data: Path, sights: Path, sources: dict[str, str]) -> None:
        self._data, self._sources = data, sources
        self._store = SightStore(sights)
        self._encoder = Encoder()
        self._desk = cache(self._make_desk)
        self._text = cache(lambda sight: PageText(sight, speller))
        self._evidence: dict[tuple[int, PageText], NDArray[np.float64]] = {}

    def of(self, tasks: Sequence[Task], *, regime: Regime) -> list[Example]:
        """Every scored page that can be read, as evidence."""
        lengths: dict[str, int] = {}
        for task in tasks:
            lengths[task.file] = max(lengths.get(task.file, 0), max(task.expected) + 1)
        found: list[Example] = []
        with Classifier() as classifier:
            for task in tasks:
                pages = observed(classifier, self._store, self._data / task.file, lengths[task.file])
                wanted = [sight for sight in pages if sight.page in task.expected and not sight.blank]
                if regime == "partly read":
                    wanted = [sight for sight in wanted if sight.origin == "ocr"]
                found += [self._example(task, sight, regime) for sight in wanted]
        return found

    def _example(self, task: Task, sight: Sight, regime: Regime) -> Example:
        seen = partly_read(sight) if regime == "partly read" else sight
        desk, text = self._desk(task.classes, regime), self._text(seen)
        known = self._evidence.get((id(desk.index), text))
        if known is None:
            known = self._evidence[id(desk.index), text] = desk.index.look_up(text).features
        names = [*(each.name for each in task.classes), UNKNOWN]
        right = [number for number, name in enumerate(names) if task.accepts(sight.page, name)]
        own = desk.brief.look_up_own(text)
        desk.brief.look_up_likeness(text, own)
        return Example(task.file, self._sources.get(task.file, task.file), known, own.features, desk.brief, right, regime)

    def _make_desk(self, classes: tuple[PageClass, ...], regime: Regime) -> Desk:
        index, atlas = knowledge()
        if regime == "renamed":
            return Desk(index, make_brief(classes, _Nameless(index.types), index, lambda: _Forgetful(index.types, self._encoder)))
        if regime == "uncovered":
            asked = {number for each in classes for number in atlas.types_of(each)}
            left = [each for number, each in enumerate(index.types) if number not in asked]
            index, atlas = Index(left), Atlas(left)
        return Desk(index, make_brief(classes, atlas, index, cache(lambda: Meaning(index.types, self._encoder))))


@cache
def partly_read(sight: Sight) -> Sight:
    """The scanned page as if no more had been read of it than its first lines."""
    boxes = np.array([[line.left, line.top, line.right, line.bottom] for line in sight.lines])
    order = by_weight(boxes * [sight.width, sight.height, sight.width, sight.height])
    read = LINES_READ[(len(sight.lines) + sight.page) % len(LINES_READ)]
    lines, unread = ([sight.lines[number] for number in sorted(chosen)] for chosen in (order[:read], order[read:]))
    return replace(sight, lines=tuple(lines), unread=tuple(replace(line, text="", certainty=0.0) for line in unread))


class _Nameless(Atlas):
    """Knows no class by its name."""

    def types_of(self, wanted: PageClass) -> dict[int, float]:
        return {}


class _Forgetful(Meaning):
    """Guesses what a class means as if no type bore its very name."""

    def name_cues(self, name: str, *, unnamed: bool = True) -> NDArray[np.float64]:
        return super().name_cues(name, unnamed=unnamed)


def observed(classifier: Classifier, store: SightStore, document: Path, pages: int) -> list[Sight]:
    observation: Observation | None = store.get(document, pages)
    if observation is None:
        try:
            observation = classifier.observe(document, pages=range(pages))
        except Exception as error:
            print(f"left out: {error}")
            return []
        store.put(document, pages, observation)
    return [page for page in observation.pages if isinstance(page, Sight)]


def to_weights(vector: NDArray[np.float64], temperature: float = 1.0) -> Weights:
    features = vector[: len(FEATURES)]
    return Weights(features, float(vector[OUTSIDE]), float(vector[OWN_WORDS]), float(vector[NOTHING]), temperature)


def logits(weights: Weights, example: Example, by_type: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of the classes and `unknown`, and each score's gradient by the weights (its evidence row, mostly).

    `by_type`: `weigh` of what is known; tasks that ask about the same page share it.
    """
    scores = score(by_type, weigh(example.own, weights), example.brief, weights)
    rows = np.zeros((len(scores.classes) + 1, len(NAMES)))
    for number, known in enumerate(scores.types):
        rows[number, : len(FEATURES)] = example.known[known] if known >= 0 else example.own[number]
        rows[number, : len(FEATURES)] += example.own[number] - example.own[scores.beside[number]]
        rows[number, OWN_WORDS] = known < 0
    if scores.rival >= 0:
        rows[-1, : len(FEATURES)] = example.known[scores.rival]
        rows[-1, OUTSIDE] = -1
    else:
        rows[-1, NOTHING] = 1
    return np.append(scores.classes, scores.unknown), rows


def all_logits(
    vector: NDArray[np.float64], found: Sequence[Example]
) -> Iterator[tuple[Example, NDArray[np.float64], NDArray[np.float64]]]:
    """Each example with its `logits`."""
    weights = to_weights(vector)
    by_page: dict[int, NDArray[np.float64]] = {}
    for example in found:
        if id(example.known) not in by_page:
            by_page[id(example.known)] = weigh(example.known, weights)
        yield example, *logits(weights, example, by_page[id(example.known)])


def fit(found: Sequence[Example], start: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """The weights that make the right answers likeliest. `start`: where the search begins; None: at the prior."""
    prior = np.array([PRIOR.get(name, LOOK_PRIOR) for name in NAMES])

    def loss(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(vector)
        for example, raw, rows in all_logits(vector, found):
            shares = _softmax(raw)
            likelihood = shares[example.right].sum() + 1e-12
            total -= np.log(likelihood)
            slope = shares.copy()
            slope[example.right] -= shares[example.right] / likelihood
            gradient += slope @ rows
        drawn = vector - prior
        return total / len(found) + STRENGTH * drawn @ drawn, gradient / len(found) + 2 * STRENGTH * drawn

    return np.asarray(minimize(loss, prior if start is None else start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x)


def _softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(raw - raw.max())
    return np.asarray(raised / raised.sum())


def held_out(found: Sequence[Example]) -> list[NDArray[np.float64]]:
    """Scores of each example under weights fitted on the other folds' sources."""
    sources = sorted({example.source for example in found})
    random.Random(0).shuffle(sources)
    fold = {source: number % FOLDS for number, source in enumerate(sources)}
    vectors = [fit([example for example in found if fold[example.source] != number]) for number in range(FOLDS)]
    raw: dict[int, NDArray[np.float64]] = {}
    for number, vector in enumerate(vectors):
        left_out = [example for example in found if fold[example.source] == number]
        raw |= {id(example): scores for example, scores, _ in all_logits(vector, left_out)}
    return [raw[id(example)] for example in found]


def best_temperature(found: Sequence[Example], raw: Sequence[NDArray[np.float64]]) -> float:
    """The divisor of the held-out scores under which the right answers are likeliest (Guo et al. 2017, arXiv 1706.04599)."""

    def loss(temperature: float) -> float:
        return -sum(
            float(np.log(_softmax(each / temperature)[example.right].sum() + 1e-12))
            for example, each in zip(found, raw, strict=True)
        )

    return float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x)


def report(name: str, pairs: Sequence[tuple[Example, NDArray[np.float64]]]) -> None:
    right = sum(int(np.argmax(raw)) in example.right for example, raw in pairs)
    loss = -sum(float(np.log(_softmax(raw)[example.right].sum() + 1e-12)) for example, raw in pairs)
    print(f"  {name:10} {right}/{len(pairs)} = {right / len(pairs):.4f} right, log loss {loss / len(pairs):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sights", type=Path, required=True, help="where what was seen of the pages is kept")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {WEIGHTS_FILE.name}")
    args = parser.parse_args()
    pages_file = args.tasks.parent / "pages.jsonl"
    sources = {row["file"]: row["source"] for row in map(json.loads, pages_file.read_text(encoding="utf-8").splitlines())}
    make = Examples(args.data, args.sights, sources)
    tasks = load_tasks(args.tasks)
    found = [example for regime in get_args(Regime) for example in make.of(tasks, regime=regime)]
    raw = held_out(found)
    temperature = best_temperature(found, raw)
    print("each page alone, held out by source:")
    for regime in get_args(Regime):
        report(regime, [pair for pair in zip(found, raw, strict=True) if pair[0].regime == regime])
    vector = fit(found)
    print(f"temperature {temperature:.3f}; weights fitted on everything:")
    for name, weight in zip(NAMES, vector, strict=True):
        print(f"  {name:14} {weight:6.2f}" + (" *" if name in (*CUES, *LIKENESS) else ""))
    if args.write:
        weights = {name: round(float(weight), 4) for name, weight in zip(NAMES, vector, strict=True)}
        WEIGHTS_FILE.write_text(json.dumps({**weights, "temperature": round(temperature, 4)}, indent=1) + "\n", encoding="utf-8")
        write_checksums(WEIGHTS_FILE.parent)


if __name__ == "__main__":
    main()
