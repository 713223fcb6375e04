"""Folds by source: what is chosen or fitted on some documents is measured on documents that look different."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from pagesort.evaluation.tasks import PageFacts

FOLDS = 5


def fold_of(files: Iterable[str], facts: Mapping[tuple[str, int], PageFacts]) -> dict[str, int]:
    """File → number of its fold. All files of one source share a fold; a file whose source nobody told is its own."""
    told = {file: each.source for (file, _), each in facts.items() if each.source}
    source_of = {file: told.get(file, file) for file in files}
    sources = sorted(set(source_of.values()))
    random.Random(0).shuffle(sources)
    number_of = {source: number % FOLDS for number, source in enumerate(sources)}
    return {file: number_of[source] for file, source in source_of.items()}
