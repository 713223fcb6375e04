"""pagesort: what is each page of a document? Any classes, offline, on a CPU.

>>> import pagesort
>>> answer = pagesort.classify("bundle.pdf", ["invoice", {"class": "bank statement"}])
>>> answer.classification[0].name
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pagesort.errors import PagesortError
    from pagesort.flow import Classifier, classify
    from pagesort.judge.lint import Finding, lint
    from pagesort.options import Options
    from pagesort.send import Parcel, Shipment
    from pagesort.types import UNKNOWN, Answer, Box, Candidate, Clue, Metadata, PageClass, Verdict

__version__ = "0.1.0"

# The published builds of onnxruntime report to their maker unless this is set before they are first imported (Privacy.md
# inside its wheel). RapidOCR imports it too, so this is the one place that comes before every use.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = [
    "UNKNOWN",
    "Answer",
    "Box",
    "Candidate",
    "Classifier",
    "Clue",
    "Finding",
    "Metadata",
    "Options",
    "PageClass",
    "PagesortError",
    "Parcel",
    "Shipment",
    "Verdict",
    "classify",
    "lint",
]

_HOME = {
    "Classifier": "flow",
    "Finding": "judge.lint",
    "Options": "options",
    "PagesortError": "errors",
    "Parcel": "send",
    "Shipment": "send",
    "classify": "flow",
    "lint": "judge.lint",
}


def __getattr__(name: str) -> Any:
    """Import on first use: `pagesort --help` must not wait for numpy, onnxruntime and the models."""
    if name not in __all__:
        raise AttributeError(f"module 'pagesort' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"pagesort.{_HOME.get(name, 'types')}"), name)
