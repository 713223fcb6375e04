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

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pagesort.judge.knowledge import page_types
from pagesort.judge.meaning import (
    DESCRIPTION_CUES,
    NAME_CUES,
    VECTORS,
    Meaning,
    MeaningWeights,
    described,
    fingerprint,
)
from pagesort.judge.shipped import WEIGHTS
from train.checksums import write_checksums

WEIGHTS_FILE = WEIGHTS / "meaning.json"
NAMES_OF_A_TYPE = 5
DRAWN_TO_ZERO = 0.0005

Query = tuple[NDArray[np.float64], int, float]
"""types x cues, the type meant, and how often people ask for it: as often as it has names."""


def name_queries(meaning: Meaning, numbers: Sequence[int]) -> list[Query]:
    chooser = random.Random(0)
    found: list[Query] = []
    for number in numbers:
        names = chooser.sample(meaning.types[number].names, min(NAMES_OF_A_TYPE, len(meaning.types[number].names)))
        often = len(meaning.types[number].names) / max(len(names), 1)
        found += [(meaning.name_cues(name, unnamed=True), number, often) for name in names]
    return found


def description_queries(meaning: Meaning, numbers: Sequence[int]) -> list[Query]:
    asked = [(number, meaning.types[number]) for number in numbers]
    return [
        (meaning.description_cues(each.description, undescribed=True), number, 1.0 + len(each.names)) for number, each in asked
    ]


def fit(found: Sequence[Query]) -> NDArray[np.float64]:
    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(weights)
        for cues, right, often in found:
            shares = _softmax(cues @ weights)
            total -= often * np.log(shares[right] + 1e-12)
            gradient += often * (shares @ cues - cues[right])
        count = sum(often for _, _, often in found)
        return total / count + DRAWN_TO_ZERO * weights @ weights, gradient / count + 2 * DRAWN_TO_ZERO * weights

    return np.asarray(minimize(loss, np.full(found[0][0].shape[1], 5.0), jac=True, method="L-BFGS-B").x)


def _softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(raw - raw.max())
    return np.asarray(raised / raised.sum())


def report(name: str, found: Sequence[Query], weights: NDArray[np.float64]) -> None:
    scored = [(cues @ weights, right, often) for cues, right, often in found]
    ranks = [(int((scores > scores[right]).sum()), often) for scores, right, often in scored]
    asked = sum(often for _, often in ranks)
    first, three = (sum(often for rank, often in ranks if rank < count) / asked for count in (1, 3))
    print(f"  {name:14} {len(found)} queries: {first:.1%} first, {three:.1%} among the first three")


def write_vectors(meaning: Meaning) -> None:
    """The encoder's vectors of all names and descriptions, in half precision: a fifth of a second instead of seconds to have."""
    texts = [text for each in meaning.types for text in (each.name, described(each))]
    vectors = meaning.encoder.encode(texts).astype(np.float16)
    fingerprints = np.array([fingerprint(text) for text in texts], np.uint64)
    np.savez(WEIGHTS / VECTORS, fingerprints=fingerprints, vectors=vectors)


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
        write_vectors(meaning)
        WEIGHTS_FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        write_checksums(WEIGHTS_FILE.parent)


if __name__ == "__main__":
    main()
