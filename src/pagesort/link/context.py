"""Pages judged in the light of their neighbours, and put together to documents.

The classes of a file's pages form a chain: a page goes on with the document of the page before it, and then has its class,
or starts a new one. How likely it goes on is told by what the two pages show (`cues`); the classes are told by the judge.
Forward-backward smoothing of that chain gives each page's class, and each seam, given all pages (Rabiner, "A tutorial on
hidden Markov models", Proc. IEEE 77, 1989). A page with strong evidence of its own keeps its class; one that says nothing
takes that of the document it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pagesort.types import UNKNOWN, Candidate, Verdict, is_catch_all

OWN_EVIDENCE = 0.8
"""A page this sure of its class by itself keeps it, whatever its neighbours are."""

OWN_TITLE = 0.5
"""A page that bears a title keeps its class from here on."""

PLAINLY = 0.85
"""A page that goes on this surely is a part of its document even if by itself it would be something outside the list: the
terms on the back of an invoice."""

SAME_AGAIN = 0.5
"""How often a new document is of the class of the one before it: two pay stubs in a row."""

_FLOOR = 1e-4
"""No class is ever impossible: one page's certainty must not silence all others."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Pages in their context."""

    verdicts: list[Verdict]
    starts: list[float]
    """For each page, how likely a new document starts with it, 0..1."""


def smooth(verdicts: Sequence[Verdict], stays: Sequence[float]) -> Chain:
    """`stays`: for each page, how likely it goes on with the document of the page before it; the first is not looked at."""
    names = sorted({candidate.name for verdict in verdicts for candidate in verdict.candidates})
    shares = _shares(verdicts, names)
    forward, backward = _passes(shares, stays)
    posteriors = _normal(forward * backward)
    starts = [1.0, *_starts(forward[:-1], (shares * backward)[1:], np.array(stays[1:])).tolist()]
    revised: list[Verdict] = []
    for page, verdict in enumerate(verdicts):
        revised.append(_revised(verdict, names, posteriors[page], revised, verdicts[page + 1 : page + 2], 1 - starts[page]))
    return Chain(revised, starts)


def _shares(verdicts: Sequence[Verdict], names: Sequence[str]) -> NDArray[np.float64]:
    """pages x names: what the judge says of each page, in sum 1."""
    by_name = (dict(verdict.candidates) for verdict in verdicts)
    return _normal(np.maximum(np.array([[scores.get(name, 0.0) for name in names] for scores in by_name]), _FLOOR))


def _passes(shares: NDArray[np.float64], stays: Sequence[float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """pages x classes: what the pages up to each say of its class, and what the pages after it say."""
    forward, backward = np.ones_like(shares), np.ones_like(shares)
    forward[0] = shares[0]
    for page in range(1, len(shares)):
        _advance(forward[page - 1], stays[page], forward[page])
        forward[page] *= shares[page]
        forward[page] /= forward[page].sum()
    for page in range(len(shares) - 2, -1, -1):
        _advance(backward[page + 1] * shares[page + 1], stays[page + 1], backward[page])
        backward[page] /= backward[page].sum()
    return forward, backward


def _advance(weights: NDArray[np.float64], stay: float, to: NDArray[np.float64]) -> None:
    """One page on, written to `to`: a document that goes on keeps its class; a new one has the same again, or any."""
    np.multiply(weights, stay + (1 - stay) * SAME_AGAIN, out=to)
    to += (1 - stay) * (1 - SAME_AGAIN) / len(weights) * weights.sum()


def _starts(before: NDArray[np.float64], after: NDArray[np.float64], stay: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely a new document starts between two pages, of which all that is known on either side speaks; for each pair, a
    row of `before` and `after`."""
    alike = (before * after).sum(axis=1)
    afresh = (1 - stay) * (SAME_AGAIN * alike + (1 - SAME_AGAIN) * before.sum(axis=1) * after.mean(axis=1))
    return np.asarray(afresh / (afresh + stay * alike))


def _normal(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row in sum 1."""
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _revised(
    verdict: Verdict,
    names: Sequence[str],
    shares: NDArray[np.float64],
    before: Sequence[Verdict],
    after: Sequence[Verdict],
    goes_on: float,
) -> Verdict:
    """The verdict with its context taken in; where that changes its class, the reason says so.

    A page that becomes unknown by its neighbours is suggested to be what they are.
    """
    ranking = sorted((-share, name != verdict.name, name) for share, name in zip(shares.tolist(), names, strict=True))
    candidates = tuple([Candidate(name, round(-share, 4)) for share, _, name in ranking])  # a tie changes nothing
    best = candidates[0]
    revised = replace(verdict, confidence=best.score, candidates=candidates)
    if best.name == verdict.name:
        return revised
    if _keeps(verdict, goes_on):
        return verdict
    continued = bool(before) and before[-1].name == best.name
    which = f"Continues page {before[-1].page + 1}" if continued else "Belongs to the pages after it"
    neighbour = next(iter(before[-1:] if continued else after), None)
    return replace(
        revised,
        name=best.name,
        suggested_class=neighbour.suggested_class if neighbour and best.name == UNKNOWN else None,
        reason=f"{which}; on its own it would be {verdict.name!r}. {verdict.reason}",
    )


def _keeps(verdict: Verdict, goes_on: float) -> bool:
    """Whether a page's own evidence outweighs its context: it is sure, or it bears a title of its own."""
    sure = verdict.confidence is not None and verdict.confidence >= OWN_EVIDENCE
    likely = verdict.confidence is not None and verdict.confidence >= OWN_TITLE
    titled = likely and any(clue.kind == "title" for clue in verdict.evidence)
    return (sure or titled) and not (is_catch_all(verdict.name) and goes_on >= PLAINLY)
