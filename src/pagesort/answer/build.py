"""Putting the answer together."""

from __future__ import annotations

import uuid
from dataclasses import replace

from pagesort.types import UNKNOWN, Answer, Fault, Judge, Linked, Metadata, Verdict

SHOWN_CANDIDATES = 5
"""Runners-up beyond this are noise to a reader."""


def build_answer(name: str, linked: Linked, judge: Judge, seconds: float) -> Answer:
    """The response for one document, judged by `judge`. Nothing is billed: `credit_usage` is 0, `org_id` is None."""
    metadata = Metadata(
        filename=name,
        org_id=None,
        page_count=len(linked.verdicts),
        duration_ms=round(seconds * 1000),
        credit_usage=0.0,
        job_id=f"classify-{uuid.uuid4().hex}",
        version=judge.version,
        model_hash=judge.model_hash,
    )
    shown = (replace(verdict, candidates=verdict.candidates[:SHOWN_CANDIDATES]) for verdict in linked.verdicts)
    return Answer(tuple(shown), linked.documents, metadata)


def fault_verdict(fault: Fault) -> Verdict:
    """What a page that could not be read is answered with."""
    return Verdict(fault.page, UNKNOWN, fault.message, fault=fault.code)
