"""Fits how the cues to what a class means are weighed, on the knowledge itself; needs no documents.

    python -m train.meaning [--write]

Each other name of a type, taken out of the knowledge, must lead back to the type; so must each description, under a name
that says nothing. Half of the types are fitted on, the other half tell how well it works.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pagesort.judge.knowledge import page_types
from pagesort.judge.meaning import DESCRIPTION_CUES, NAME_CUES, Meaning, MeaningWeights
from train.checksums import write_checksums

WEIGHTS_FILE = Path(__file__).parent.parent / "src/pagesort/judge/weights/meaning.json"
NAMES_OF_A_TYPE = 5
DRAWN_TO_ZERO = 0.0005

Query = tuple[NDArray[np.float64], int]
"""types x cues, and the type meant."""


def name_queries(meaning: Meaning, numbers: Sequence[int]) -> list[Query]:
    chooser = random.Random(0)
    found: list[Query] = []
    for number in numbers:
        names = chooser.sample(meaning.types[number].names, min(NAMES_OF_A_TYPE, len(meaning.types[number].names)))
        found += [(meaning.name_cues(name, unnamed=True), number) for name in names]
    return found


def description_queries(meaning: Meaning, numbers: Sequence[int]) -> list[Query]:
    return [(meaning.description_cues(meaning.types[number].description, undescribed=True), number) for number in numbers]


def fit(found: Sequence[Query]) -> NDArray[np.float64]:
    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(weights)
        for cues, right in found:
            shares = _softmax(cues @ weights)
            total -= np.log(shares[right] + 1e-12)
            gradient += shares @ cues - cues[right]
        count = len(found)
        return total / count + DRAWN_TO_ZERO * weights @ weights, gradient / count + 2 * DRAWN_TO_ZERO * weights

    return np.asarray(minimize(loss, np.full(found[0][0].shape[1], 5.0), jac=True, method="L-BFGS-B").x)


def _softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(raw - raw.max())
    return np.asarray(raised / raised.sum())


def report(name: str, found: Sequence[Query], weights: NDArray[np.float64]) -> None:
    scored = [(cues @ weights, right) for cues, right in found]
    ranks = [int((scores > scores[right]).sum()) for scores, right in scored]
    first, three = (sum(rank < count for rank in ranks) / len(ranks) for count in (1, 3))
    print(f"  {name:14} {len(found)} queries: {first:.1%} first, {three:.1%} among the first three")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"store the weights in {WEIGHTS_FILE.name}")
    args = parser.parse_args()
    types = page_types()
    meaning = Meaning(types, weights=MeaningWeights(np.ones(len(NAME_CUES)), np.ones(len(DESCRIPTION_CUES))))
    order = [number for number in random.Random(1).sample(range(len(types)), len(types)) if not types[number].umbrella]
    data: dict[str, float] = {}
    print("types that were not fitted on:")
    for title, make, cues in (
        ("other names", name_queries, NAME_CUES),
        ("descriptions", description_queries, DESCRIPTION_CUES),
    ):
        fitted, tested = make(meaning, order[::2]), make(meaning, order[1::2])
        report(title, tested, fit(fitted))
        weights = fit([*fitted, *tested])
        data |= {cue: round(float(weight), 4) for cue, weight in zip(cues, weights, strict=True)}
    for cue, weight in data.items():
        print(f"  {cue:34} {weight:6.2f}")
    if args.write:
        WEIGHTS_FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        write_checksums(WEIGHTS_FILE.parent)


if __name__ == "__main__":
    main()
