"""The robustness run in short: some of the bombs, and a few broken files of every type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks import robustness
from pagesort import Classifier
from pagesort.read.office import find_office
from samples.hostile.bombs import BOMBS
from samples.hostile.mutate import mutants
from samples.seeds import seeds

QUICK = (
    *("pixels: png", "pixels: jpeg", "pixels: gif", "pixels: bmp", "pixels: tiff", "pixels: tiff in a loop", "pixels: webp"),
    *("pixels: ppm", "pixels: tga", "pixels: pcx", "pixels: dcx", "pixels: psd", "pixels: dds", "pixels: jp2", "pixels: icns"),
    *("pixels: heic", "pixels: avif", "document: html nested", "document: mail nested", "document: text of form feeds"),
    *("pdf: 100,000 pages", "pdf: 2 billion pages claimed", "pdf: deep page tree", "pdf: form in itself", "pdf: glyph in itself"),
    *(
        "pdf: looping xref",
        "pdf: object stream in itself",
        "pdf: mask of itself",
        "pdf: deep dictionaries",
        "pdf: page of no number",
    ),
    *("pdf: picture of 10 gigapixels", "pdf: jbig2 claims", "pdf: page without size", "pdf: shading without end"),
)
"""Bombs that are made and defused in a moment."""


@pytest.fixture(scope="module")
def classifier() -> Iterator[Classifier]:
    with Classifier(options=robustness.OPTIONS) as shared:
        yield shared


@pytest.mark.slow
def test_bombs_are_defused(classifier: Classifier) -> None:
    tally = robustness.run(((name, BOMBS[name]()) for name in QUICK), robustness.classifying(classifier))
    assert (tally.crashes, tally.hangs) == ([], [])
    assert tally.outcomes["size_exceeded"] >= 10


@pytest.mark.slow
def test_broken_files_are_answered_or_refused(classifier: Classifier) -> None:
    sound = seeds(with_office=find_office() is not None)
    tally = robustness.run(robustness.broken(len(sound), seed=2, sound=sound), robustness.classifying(classifier))
    assert (tally.crashes, tally.hangs) == ([], [])
    assert tally.outcomes.total() == len(sound)


@pytest.mark.slow
def test_sound_files_of_every_type_are_answered() -> None:
    sound = seeds(with_office=find_office() is not None)
    with Classifier() as patient:
        tally = robustness.run(iter(sound.items()), robustness.classifying(patient))
    assert tally.outcomes == {"answer": len(sound)}


def test_broken_files_are_the_same_each_time() -> None:
    sound = [b"%PDF-1.7 0 1 2 3" * 20, bytes(range(256)) * 4]
    first, again, other = (list(mutants(sound, 40, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert sum(data in sound for _, _, data in first) < 10
