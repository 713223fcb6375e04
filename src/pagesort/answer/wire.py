"""The answer as JSON, byte for byte what the HTTP door sends and `--json` prints, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pagesort.types import Answer, Box, Candidate, Clue, Facts, Metadata, Part, PrintedNumber, Verdict


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """JSON-ready. Keys stand in the order in which the hosted product sends them, our additions after them."""
    return {
        "classification": [_verdict_to_dict(verdict) for verdict in answer.classification],
        "metadata": asdict(answer.metadata),
        "documents": [_part_to_dict(part) for part in answer.documents],
    }


def answer_to_json(answer: Answer, *, indent: int | None = None) -> str:
    return json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=indent)


def answer_from_dict(data: Mapping[str, Any]) -> Answer:
    """The inverse of `answer_to_dict`."""
    return Answer(
        tuple(_verdict_from_dict(item) for item in data["classification"]),
        tuple(_part_from_dict(item) for item in data["documents"]),
        Metadata(**data["metadata"]),
    )


def _verdict_to_dict(verdict: Verdict) -> dict[str, Any]:
    return {
        "class": verdict.name,
        "reason": verdict.reason,
        "suggested_class": verdict.suggested_class,
        "page": verdict.page,
        "confidence": verdict.confidence,
        "candidates": [{"class": candidate.name, "score": candidate.score} for candidate in verdict.candidates],
        "evidence": [{**clue._asdict(), "box": clue.box._asdict()} for clue in verdict.evidence],
        "fault": verdict.fault,
        **asdict(verdict.facts),
    }


def _verdict_from_dict(item: Mapping[str, Any]) -> Verdict:
    candidates = tuple(Candidate(each["class"], each["score"]) for each in item["candidates"])
    return Verdict(
        page=item["page"],
        name=item["class"],
        reason=item["reason"],
        suggested_class=item["suggested_class"],
        confidence=item["confidence"],
        candidates=candidates,
        fault=item["fault"],
        facts=_facts_from_dict(item),
        evidence=tuple(Clue(each["text"], each["kind"], Box(**each["box"])) for each in item["evidence"]),
    )


def _facts_from_dict(item: Mapping[str, Any]) -> Facts:
    printed = PrintedNumber(**item["printed_page"]) if item["printed_page"] else None
    return Facts(item["blank"], item["duplicate_of"], item["rotation"], printed, item["two_up"])


def _part_to_dict(part: Part) -> dict[str, Any]:
    return {"class": part.name, "pages": list(part.pages), "confidence": part.confidence, "reason": part.reason}


def _part_from_dict(item: Mapping[str, Any]) -> Part:
    return Part(item["class"], tuple(item["pages"]), item["confidence"], item["reason"])
