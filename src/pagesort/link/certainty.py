"""How sure an answer may be, after all: the confidence that comes out of evidence and context, made honest.

Evidence and neighbours are weighed as if each were a witness of its own, which they are not: pages of a document share
their faults. So confidence comes out too high at the top, and too low where a page's chances are spread over many wrong
classes. A straight line in log-odds sets both right: Platt, "Probabilistic outputs for support vector machines", 1999.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from pagesort.types import Candidate, Verdict

SLOPE, OFFSET = 0.65, 0.50
"""Fitted by `benchmarks.accuracy` to pages of sources that the judge's weights had not seen, in context."""
LEAST_DOUBT = 1e-3
"""Nothing is surer than this; log-odds would have no end."""


def calibrated(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with confidences that are probabilities; classes and their order stay. That a page is blank is sure."""
    return [
        verdict if verdict.facts.blank or verdict.confidence is None else _calibrated(verdict, verdict.confidence)
        for verdict in verdicts
    ]


def certainty(confidence: float, slope: float = SLOPE, offset: float = OFFSET) -> float:
    """Confidence as weighed, 0..1 → probability that the answer is right."""
    return 1 / (1 + math.exp(-(slope * log_odds(confidence) + offset)))


def log_odds(confidence: float) -> float:
    """Of a confidence kept off 0 and 1."""
    kept = min(max(confidence, LEAST_DOUBT), 1 - LEAST_DOUBT)
    return math.log(kept / (1 - kept))


def _calibrated(verdict: Verdict, confidence: float) -> Verdict:
    """The other candidates share what the answer leaves, in the proportions they had."""
    sure = certainty(confidence)
    rest = (1 - sure) / max(1 - confidence, 1e-9)
    candidates = tuple(
        Candidate(each.name, round(sure if each.name == verdict.name else each.score * rest, 4)) for each in verdict.candidates
    )
    return replace(verdict, confidence=round(sure, 4), candidates=candidates)
