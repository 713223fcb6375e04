"""What a class's description says that the class is, thing by thing; what it says that the class is not is left out."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")
_NAMED = r"[A-Z]{1,4}[-_ ]?\d+\w*|\w+_\w+"
# A whole sentence that sends pages elsewhere: "Commitments go to D131", "signed ones stay in B2", "those are type_h".
_ELSEWHERE = re.compile(
    r"\b(?:go(?:es)?|belongs?|filed) (?:in|into|to|under|here|there|elsewhere)\b"
    rf"|\b(?:stays?|are|is|see) (?:in |under )?(?:{_NAMED})"
    r"|\b(?:are|is) not\b|\b(?:has|have) (?:its|their) own\b|^\W*(?:not|never|no|nothing|kein\w*|nicht|pas|no son)\b",
    re.I,
)
_NOT = r"(?:but |sondern |mais )?(?:not|never|no|without|kein\w*|nicht|ohne|pas|sans|sin|senza|niet|geen|zonder)\b"
_SAVE = r"(?:excluding|excludes?|excl\.|except|other than|unless|außer|sauf|hors|excepto|tranne|eccetto|behalve)\b"
# From there on a sentence tells what is not meant: "reports by the inspector, not by our own contractors".
_BUT = re.compile(rf"[,(:–—-]\s*{_NOT}.*|\(?\b{_SAVE}.*", re.I)
_NEGATION = re.compile(rf"^\W*(?:{_NOT}|{_SAVE})", re.I)
_PART = re.compile(
    r"\s*(?:[,;:|/()]|\.(?:\s|$)|\s[-–—]\s"
    r"|\b(?:and|or|with|und|oder|mit|et|ou|avec|y|e|con|en|including|incl|such as|like)\b\.?)\s*",
    re.I,
)


def affirmed(description: str) -> str:
    """The description without what it rules out: "a bill for freight, not for duties" is "a bill for freight"."""
    kept = (_BUT.sub("", each).strip() for each in _SENTENCE.split(description) if not _ELSEWHERE.search(each))
    return " ".join(each for each in kept if each)


def ruled_out(description: str) -> list[str]:
    """The things that the class is not: "without schedules", "pay stubs are not VOEs" → schedules, pay stubs."""
    found: list[str] = []
    for sentence in _SENTENCE.split(description):
        elsewhere = _ELSEWHERE.search(sentence)
        found += [sentence[: elsewhere.start()]] if elsewhere else [match[0] for match in _BUT.finditer(sentence)]
    return [_NEGATION.sub("", part).strip() for part in _listed("; ".join(found))]


def parts(description: str) -> list[str]:
    """The things that the description lists: "CVs, GCP certificates (signed)" → CVs, GCP certificates, signed."""
    return _listed(affirmed(description))


def _listed(text: str) -> list[str]:
    found = (part.strip(" .'\"") for part in _PART.split(text))
    return list(dict.fromkeys(part for part in found if len(part) > 1))
