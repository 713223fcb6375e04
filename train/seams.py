"""Fits what each cue of a page's continuing the one before it counts, by logistic regression over pairs of pages.

    python -m train.seams PAGES.jsonl --data FOLDER --sights FILE [--write]

Pairs that belong together are labelled pages that continue their neighbour. Pairs that do not are pages of one file that
start a new document, and the last page of one file before the first of another, half of them from the same source, whose
papers look alike. The weights are drawn towards a prior set by hand (`PRIOR`), and every figure printed is of pairs whose
sources the weights had not seen. `--write` stores the weights fitted on everything.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pagesort.evaluation.store import SightStore
from pagesort.flow import Classifier
from pagesort.link.cues import CUES, cues
from pagesort.link.traits import Traits
from pagesort.types import Sight
from train.judge import observed

WEIGHTS_FILE = Path(__file__).parent.parent / "src/pagesort/link/seams.json"
FOLDS = 5
STRENGTH = 0.01
STRANGERS = 3
"""Pages of other documents that each first page is put behind."""

PRIOR = {
    "next number": 3.0,
    "number out of turn": -1.0,
    "first number": -3.0,
    "other total": -2.0,
    "running lines": 1.5,
    "other running lines": -1.0,
    "identifiers": 1.5,
    "other identifiers": -0.5,
    "heading of a table": 1.5,
    "words in common": 2.0,
    "the same again": -6.0,
    "slide after slide": 1.0,
    "other paper": -1.0,
    "other type": -0.5,
    "other edge": -0.5,
    "sentence goes on": 1.5,
    "title": -1.0,
    "greeting": -1.0,
    "after a closing": -1.0,
    "picture beside text": -1.0,
}


@dataclass(frozen=True, slots=True)
class Pair:
    cues: NDArray[np.float64]
    continues: bool
    sources: frozenset[str]
    """One source, or two where the pages come from different ones."""


def pairs(rows: Sequence[dict[str, Any]], sights: dict[tuple[str, int], Sight]) -> Iterator[Pair]:
    chooser = random.Random(0)
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["file"], row["page"])):
        if (row["file"], row["page"]) in sights:
            by_file[row["file"]].append(row)
    lasts = [pages[-1] for pages in by_file.values()]
    for pages in by_file.values():
        for before, page in pairwise(pages):
            if page["page"] == before["page"] + 1 and page.get("continuation") is not None:
                yield _pair(before, page, sights, page["continuation"])
        same = [each for each in lasts if each["source"] == pages[0]["source"] and each["file"] != pages[0]["file"]]
        others = [each for each in lasts if each["source"] != pages[0]["source"]]
        for before in (*chooser.sample(same, min(STRANGERS, len(same))), *chooser.sample(others, STRANGERS)):
            yield _pair(before, pages[0], sights, False)


def _pair(before: dict[str, Any], page: dict[str, Any], sights: dict[tuple[str, int], Sight], continues: bool) -> Pair:
    first, second = sights[before["file"], before["page"]], sights[page["file"], page["page"]]
    numbers = cues(Traits(first), Traits(replace(second, page=first.page + 1)))
    return Pair(numbers, continues, frozenset({before["source"], page["source"]}))


def fit(found: Sequence[Pair]) -> NDArray[np.float64]:
    """The weights that make the labels likeliest; both kinds of pair weigh the same, however many there are."""
    x = np.array([pair.cues for pair in found])
    y = np.array([pair.continues for pair in found], dtype=np.float64)
    weight = np.where(y == 1, 0.5 / y.sum(), 0.5 / (1 - y).sum())
    prior = np.array([PRIOR.get(cue, 0.0) for cue in CUES])

    def loss(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = x @ vector
        shares = 1 / (1 + np.exp(-odds))
        drawn = vector - prior
        total = float(weight @ (np.logaddexp(0, odds) - y * odds)) + STRENGTH * float(drawn @ drawn)
        return total, x.T @ (weight * (shares - y)) + 2 * STRENGTH * drawn

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def report(found: Sequence[Pair]) -> None:
    sources = sorted({source for pair in found for source in pair.sources})
    random.Random(0).shuffle(sources)
    fold = {source: number % FOLDS for number, source in enumerate(sources)}
    right = {True: [0, 0], False: [0, 0]}
    for number in range(FOLDS):
        vector = fit([pair for pair in found if all(fold[source] != number for source in pair.sources)])
        for pair in found:
            if max(fold[source] for source in pair.sources) == number:
                right[pair.continues][0] += (pair.cues @ vector > 0) == pair.continues
                right[pair.continues][1] += 1
    for kind, name in ((True, "pages that continue"), (False, "pages that start afresh")):
        print(f"  {name:24} {right[kind][0]}/{right[kind][1]} = {right[kind][0] / right[kind][1]:.1%} told, held out by source")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sights", type=Path, required=True, help="where what was seen of the pages is kept")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {WEIGHTS_FILE.name}")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.pages.read_text(encoding="utf-8").splitlines()]
    sights: dict[tuple[str, int], Sight] = {}
    store = SightStore(args.sights)
    with Classifier() as classifier:
        for file in sorted({row["file"] for row in rows}):
            length = max(row["page"] for row in rows if row["file"] == file) + 1
            sights |= {(file, sight.page): sight for sight in observed(classifier, store, args.data / file, length)}
    found = list(pairs(rows, sights))
    report(found)
    vector = fit(found)
    weights = {cue: round(float(weight), 3) for cue, weight in zip(CUES, vector, strict=True)}
    for cue, weight in weights.items():
        print(f"  {cue:24} {weight:6.2f}")
    if args.write:
        WEIGHTS_FILE.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
