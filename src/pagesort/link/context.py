"""Pages judged in the light of their neighbours.

The classes of a document's pages form a chain: a page mostly has the class of the page before it, and the more so the
more it looks like its continuation (`seams`). Forward-backward smoothing of that chain gives each page's class given
all pages (Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77, 1989). A page with strong evidence of its own
keeps its class; one that says nothing takes that of the document it belongs to.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pagesort.link.seams import continues
from pagesort.types import Candidate, Sight, Verdict

OWN_EVIDENCE = 0.8
"""A page this sure of its class by itself keeps it, whatever its neighbours are."""

_FLOOR = 1e-4
"""No class is ever impossible: one page's certainty must not silence all others."""


def link(sights: Sequence[Sight], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Verdicts in context; same length and order as `verdicts`. Blank pages decide nothing and keep their verdict."""
    chain = [number for number, sight in enumerate(sights) if not sight.blank and verdicts[number].confidence is not None]
    linked = list(verdicts)
    if len(chain) < 2:
        return linked
    names = sorted({candidate.name for number in chain for candidate in verdicts[number].candidates})
    shares = np.array([_shares(verdicts[number], names) for number in chain])
    stay = np.array([_stay(sights, before, number) for before, number in itertools.pairwise(chain)])
    smoothed = _smooth(shares, stay)
    for row, number in enumerate(chain):
        linked[number] = _revised(verdicts[number], names, smoothed[row], linked[:number])
    return linked


def _stay(sights: Sequence[Sight], before: int, number: int) -> float:
    """Blank pages in between do not part two pages: they are passed over."""
    gap = sights[number].page - sights[before].page - (number - before)
    follower = replace(sights[number], page=sights[before].page + 1) if gap == 0 else sights[number]
    return continues(sights[before], follower)


def _shares(verdict: Verdict, names: Sequence[str]) -> NDArray[np.float64]:
    scores = {candidate.name: candidate.score for candidate in verdict.candidates}
    shares = np.array([max(scores.get(name, 0.0), _FLOOR) for name in names])
    return _normal(shares)


def _smooth(shares: NDArray[np.float64], stay: NDArray[np.float64]) -> NDArray[np.float64]:
    """pages x classes shares, pages - 1 probabilities to stay → pages x classes posteriors."""
    pages, classes = shares.shape
    forward, backward = np.ones_like(shares), np.ones_like(shares)
    for page in range(pages):
        arriving = _step(forward[page - 1], stay[page - 1]) if page else np.full(classes, 1 / classes)
        forward[page] = _normal(arriving * shares[page])
    for page in range(pages - 2, -1, -1):
        backward[page] = _normal(_step(backward[page + 1] * shares[page + 1], stay[page]))
    return np.array([_normal(row) for row in forward * backward])


def _step(weights: NDArray[np.float64], stay: float) -> NDArray[np.float64]:
    """One page on: a document that goes on keeps its class, a new one may have any."""
    return np.asarray(stay * weights + (1 - stay) * weights.sum() / len(weights))


def _normal(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(weights / weights.sum())


def _revised(verdict: Verdict, names: Sequence[str], shares: NDArray[np.float64], before: Sequence[Verdict]) -> Verdict:
    """The verdict with its context taken in; where that changes its class, the reason says so."""
    ranking = np.argsort(-shares, kind="stable")
    candidates = tuple(Candidate(names[number], round(float(shares[number]), 4)) for number in ranking)
    best = candidates[0]
    revised = replace(verdict, confidence=best.score, candidates=candidates)
    if best.name == verdict.name:
        return revised
    if verdict.confidence is not None and verdict.confidence >= OWN_EVIDENCE:
        return verdict
    neighbour = next((page.page for page in reversed(before) if page.name == best.name), None)
    which = f"Continues page {neighbour + 1}" if neighbour is not None else "Belongs to the pages after it"
    return replace(
        revised,
        name=best.name,
        suggested_class=None,
        reason=f"{which}; on its own it would be {verdict.name!r}. {verdict.reason}",
    )
