"""Fits what each kind of evidence counts, by maximum likelihood over labelled pages, and says how well it generalises.

    python -m train.judge TASKS.jsonl ... --sights FILE [--write]

Each task counts four times: as it is; with scanned pages read in part, as far as they are when in use; as if no type bore
the names it asks for; and with the knowledge of those types taken away, as if nobody had described them yet. The latter two
teach what a guessed meaning, a class's own words and the encoder are worth.

A few dozen weights, one for each kind of evidence and none for any single type, class or phrase: there is nothing in them
by which a document could be remembered. They are drawn towards a prior set by hand (`PRIOR`), and every figure printed comes from
folds by source: pages of one source are judged by weights fitted without it. `--write` stores the weights fitted on everything,
one that is set by hand (`SET`), and the temperature that makes the held-out probabilities honest.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from pagesort.evaluation.store import SightStore
from pagesort.evaluation.tasks import PAGES_FILE, Task, load_page_facts, load_tasks
from pagesort.flow import Classifier, Observation
from pagesort.judge.brief import Brief, make_brief
from pagesort.judge.embedded import Weights, knowledge, meaning, score, speller
from pagesort.judge.encoder import Encoder
from pagesort.judge.evidence import CUES, FEATURES, LIKENESS, Index, PageText
from pagesort.judge.knowledge import page_types
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

LIKELIEST = 200
"""Types outside the list that may decide a page, by the prior; the others are left out, which is ten times as fast."""

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
    "words": 6.0,
    "more words": 6.0,
    "own words in common": 2.0,
    "names it goes by": 0.2,
    "title likeness": 2.0,
    "text likeness": 2.0,
    "uncovered": -1.0,
    "undescribed": 1.0,
    "outside": 0.8,
    "outside unheard": 0.5,
    "own words": -0.5,
    "nothing": 0.5,
    # Looks that settle the matter where they are seen; labelled pages that show them are too few to learn it from.
    "handwritten": 5.0,
    "mrz of a book": 3.0,
    "mrz of a card": 3.0,
    "staves": 4.0,
}
LOOK_PRIOR = 0.8
SET = {"undescribed": 2.0}
"""Weights that are not fitted. Classes that nobody knows by name are rarer on the labelled pages than in the world: where the
likeliest there is 1.1, hardly an answer changes up to 2.0, but more of those with the knowledge of the classes taken away."""
NAMES = (*FEATURES, "outside", "outside unheard", "own words", "nothing")
OUTSIDE, UNHEARD, OWN_WORDS, NOTHING = range(len(FEATURES), len(NAMES))


@dataclass(frozen=True, slots=True)
class Example:
    """One scored page of one task."""

    file: str
    source: str
    rows: NDArray[np.intp]
    """The types that may decide: those that the classes mean, and the likeliest others. In order."""
    known: NDArray[np.float64]
    """rows x features"""
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

    def __init__(self, sights: Path) -> None:
        self._store = SightStore(sights)
        self._encoder = Encoder()
        self._desk = cache(self._make_desk)
        self._text = cache(lambda sight: PageText(sight, speller))
        self._forgetful = cache(lambda: _Forgetful(page_types(), self._encoder))

    def of(self, path: Path, *, regime: Regime) -> list[Example]:
        """Every scored page of that file's tasks that can be read, as evidence."""
        tasks, facts = load_tasks(path), load_page_facts(path.parent / PAGES_FILE)
        sources = {file: each.source or file for (file, _), each in facts.items()}
        lengths: dict[str, int] = {}
        for task in tasks:
            lengths[task.file] = max(lengths.get(task.file, 0), max(task.expected) + 1)
        found: list[Example] = []
        with Classifier() as classifier:
            for task in tasks:
                pages = observed(classifier, self._store, path.parent / task.file, lengths[task.file])
                wanted = [sight for sight in pages if sight.page in task.expected and not sight.blank]
                if regime == "partly read":
                    wanted = [sight for sight in wanted if sight.origin == "ocr"]
                found += [self._example(task, sight, regime, sources.get(task.file, task.file)) for sight in wanted]
        return found

    def _example(self, task: Task, sight: Sight, regime: Regime, source: str) -> Example:
        seen = partly_read(sight) if regime == "partly read" else sight
        desk, text = self._desk(task.classes, regime), self._text(seen)
        known = desk.index.look_up(text).features
        names = [*(each.name for each in task.classes), UNKNOWN]
        right = [number for number, name in enumerate(names) if task.accepts(sight.page, name)]
        own = desk.brief.look_up_own(text)
        desk.brief.look_up_likeness(text, own)
        return make_example(task.file, source, known, own.features, desk.brief, right, regime)

    def _make_desk(self, classes: tuple[PageClass, ...], regime: Regime) -> Desk:
        index, atlas = knowledge()
        if regime == "renamed":
            return Desk(index, make_brief(classes, _Nameless(index.types), index, self._forgetful))
        if regime == "uncovered":
            asked = {number for each in classes for number in atlas.types_of(each)}
            left = [each for number, each in enumerate(index.types) if number not in asked]
            index, atlas = Index(left), Atlas(left)
            return Desk(index, make_brief(classes, atlas, index, cache(lambda: Meaning(index.types, self._encoder))))
        return Desk(index, make_brief(classes, atlas, index, meaning))


def make_example(
    file: str,
    source: str,
    known: NDArray[np.float64],
    own: NDArray[np.float64],
    brief: Brief,
    right: list[int],
    regime: Regime,
) -> Example:
    """`known`: all types x features; what is kept of it are the types that may decide."""
    by_type, outside = known @ prior()[: len(FEATURES)], brief.outside
    likeliest = np.argsort(-(by_type[outside.types] + outside.log_degrees))[:LIKELIEST]
    rows = np.unique(np.concatenate([*(each.types for each in brief.means), outside.types[likeliest]]))
    # The encoder is not needed any more, and cannot be handed to another process.
    return Example(file, source, rows, known[rows], own, replace(brief, meaning=None), right, regime)


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
    return Weights(
        features, float(vector[OUTSIDE]), float(vector[UNHEARD]), float(vector[OWN_WORDS]), float(vector[NOTHING]), temperature
    )


def logits(weights: Weights, example: Example) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of the classes and `unknown`, and each score's gradient by the weights (its evidence row, mostly)."""
    brief = example.brief
    by_type = np.full(max(each.types.max(initial=-1) for each in (*brief.means, brief.outside)) + 1, -np.inf)
    by_type[example.rows] = example.known @ weights.features
    scores = score(by_type, example.own @ weights.features, example.brief, weights)
    rows = np.zeros((len(scores.classes) + 1, len(NAMES)))
    for number, known in enumerate(scores.types):
        rows[number, : len(FEATURES)] = _row(example, known) if known >= 0 else example.own[number]
        rows[number, : len(FEATURES)] += example.own[number] - example.own[scores.beside[number]]
        rows[number, OWN_WORDS] = known < 0
    if scores.rival >= 0:
        rows[-1, : len(FEATURES)] = _row(example, scores.rival)
        rows[-1, OUTSIDE] = -1
        rows[-1, UNHEARD] = -example.brief.share_uncovered
    else:
        rows[-1, NOTHING] = 1
    return np.append(scores.classes, scores.unknown), rows


def _row(example: Example, number: int) -> NDArray[np.float64]:
    return np.asarray(example.known[np.searchsorted(example.rows, number)])


def prior() -> NDArray[np.float64]:
    return np.array([PRIOR.get(name, LOOK_PRIOR) for name in NAMES])


def fit(found: Sequence[Example], start: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """The weights that make the right answers likeliest. `start`: where the search begins; None: at the prior."""

    def loss(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient, weights = 0.0, np.zeros_like(vector), to_weights(vector)
        for example in found:
            raw, rows = logits(weights, example)
            shares = _softmax(raw)
            likelihood = shares[example.right].sum() + 1e-12
            total -= np.log(likelihood)
            slope = shares.copy()
            slope[example.right] -= shares[example.right] / likelihood
            gradient += slope @ rows
        drawn = vector - prior()
        return float(total / len(found) + STRENGTH * (drawn @ drawn)), gradient / len(found) + 2 * STRENGTH * drawn

    return np.asarray(minimize(loss, prior() if start is None else start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x)


def _softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(raw - raw.max())
    return np.asarray(raised / raised.sum())


def held_out(found: Sequence[Example]) -> list[NDArray[np.float64]]:
    """Scores of each example under weights fitted on the other folds' sources."""
    sources = sorted({example.source for example in found})
    random.Random(0).shuffle(sources)
    fold = {source: number % FOLDS for number, source in enumerate(sources)}
    _left[:] = [[each for each in found if fold[each.source] != number] for number in range(FOLDS)]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        weights = [to_weights(vector) for vector in pool.map(_fit_left, range(FOLDS))]
    return [logits(weights[fold[example.source]], example)[0] for example in found]


_left: list[list[Example]] = []
"""What each fold is fitted on; forked processes have it without its being handed over."""


def _fit_left(number: int) -> NDArray[np.float64]:
    return fit(_left[number])


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
    parser.add_argument("tasks", type=Path, nargs="+", help="task files; beside each lie its documents and a pages.jsonl")
    parser.add_argument("--sights", type=Path, required=True, help="where what was seen of the pages is kept")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {WEIGHTS_FILE.name}")
    args = parser.parse_args()
    make = Examples(args.sights)
    found = [example for path in args.tasks for regime in get_args(Regime) for example in make.of(path, regime=regime)]
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
        weights = {name: round(float(weight), 4) for name, weight in zip(NAMES, vector, strict=True)} | SET
        WEIGHTS_FILE.write_text(json.dumps({**weights, "temperature": round(temperature, 4)}, indent=1) + "\n", encoding="utf-8")
        write_checksums(WEIGHTS_FILE.parent)


if __name__ == "__main__":
    main()
