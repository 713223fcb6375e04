"""`python -m benchmarks.scans TASKS --data FOLDER`: scanned pages, read as far as judging needs, against all of their text.

What that costs in right answers, what it saves in time, and whether pages are turned the right way up. Baseline for the time
is full-page RapidOCR with its defaults, on the same pages at 150 dpi.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import rapidocr
from rich.console import Console
from rich.table import Table

from benchmarks.cases import OCR_DPI
from pagesort import Classifier
from pagesort.evaluation import Material, gather
from pagesort.evaluation.tasks import Task
from pagesort.flow import Observation
from pagesort.read import Opener
from pagesort.see import Ocr
from pagesort.see.look import READING_SIDE
from pagesort.see.reading import read
from pagesort.types import Answer, Fault, Image, Sight

BATCHES = 5
"""The tasks are measured in so many batches, each by all rivals in turn; the figure is the median of the batches' ratios."""

ROTATED = 30
ANGLES = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Scan:
    """A task, and its document seen whole, which has no page with a text layer."""

    task: Task
    path: Path
    whole: Observation

    @property
    def pages(self) -> list[int]:
        return [page.page for page in self.whole.pages]


def find_scans(material: Material, data: Path) -> list[Scan]:
    """The tasks whose pages all had to be drawn."""
    return [
        Scan(task, data / task.file, whole)
        for task in material.tasks
        if isinstance(whole := material.seen[task.file], Observation) and all(map(_drawn_at_all, whole.pages))
    ]


def _drawn_at_all(page: Sight | Fault) -> bool:
    return isinstance(page, Sight) and page.origin != "text layer"


def accuracy(scans: Sequence[Scan], classifier: Classifier) -> dict[str, float]:
    """Pages answered right after reading all of them, and after reading what judging needs."""
    right = {"all read": 0, "read as needed": 0}
    pages = 0
    for scan in scans:
        answer = _classify(classifier, scan)
        linked = classifier.decide(scan.whole, scan.task.classes)
        for page in scan.task.expected:
            pages += 1
            for name, verdicts in (("all read", linked.verdicts), ("read as needed", answer.classification)):
                chosen = next(each.name for each in verdicts if each.page == page)
                right[name] += scan.task.accepts(page, chosen)
    return {"pages": pages, **right, "points lost": 100 * (right["all read"] - right["read as needed"]) / pages}


def _classify(classifier: Classifier, scan: Scan) -> Answer:
    return classifier.classify(scan.path, scan.task.classes, pages=scan.pages)


def speed(scans: Sequence[Scan], classifier: Classifier, opener: Opener) -> dict[str, float]:
    """Seconds per page of the whole answer and of full-page OCR, and how many times as fast the former is.

    Both keep all cores busy: the baseline by the threads of its engine, we by as many documents at once as there are cores, as
    a server gets them; most scans are single pages.
    """
    engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})
    pages = {id(scan): list(_drawn(scan, opener)) for scan in scans}
    ours: list[float] = []
    theirs: list[float] = []
    with ThreadPoolExecutor(os.cpu_count()) as clients:
        for first in range(min(BATCHES, len(scans))):
            batch = scans[first::BATCHES]
            started = time.perf_counter()
            list(clients.map(partial(_classify, classifier), batch))
            halfway = time.perf_counter()
            for image in (image for scan in batch for image in pages[id(scan)]):
                engine(image[:, :, ::-1])
            ours.append(halfway - started)
            theirs.append(time.perf_counter() - halfway)
    count = sum(len(pages[id(scan)]) for scan in scans)
    return {
        "pages": count,
        "whole answer": sum(ours) / count,
        "full-page OCR": sum(theirs) / count,
        "times as fast": median(other / own for own, other in zip(ours, theirs, strict=True)),
    }


def _drawn(scan: Scan, opener: Opener) -> Iterator[Image]:
    """The pages as the baseline gets them, drawn beforehand: at 150 dpi, pictures as they are up to A4 at 150 dpi."""
    with opener.open(scan.path, None, None) as document:
        for number in scan.pages:
            page = document.page(number)
            yield page.render(round(min(max(page.size) / 72 * OCR_DPI, READING_SIDE)))


def rotation(scans: Sequence[Scan], opener: Opener) -> dict[str, float]:
    """Of pages that lie the right way up, turned by every angle: how many are turned back. A page that is not read upright
    at first is taken as it was read: what counts is that all four angles agree."""
    ocr = Ocr()
    files = list({scan.path: scan for scan in scans}.values())
    images = [image for scan in files[:: max(1, len(files) // ROTATED)] for image in _drawn(scan, opener)][:ROTATED]
    right = 0
    for image in images:
        start = _way_up(image, ocr)
        right += sum(
            _way_up(np.ascontiguousarray(np.rot90(image, angle // 90)), ocr) == (start + angle) % 360 for angle in ANGLES
        )
    return {"pages": len(images), "angles": len(images) * len(ANGLES), "right": right}


def _way_up(image: Image, ocr: Ocr) -> int:
    return read(image, ocr, lambda reading: 1.0).rotation


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    parser.add_argument("tasks", type=Path, metavar="TASKS", help="tasks with known answers, JSON Lines")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="where the tasks' file names start from")
    parser.add_argument("--sights", type=Path, metavar="FILE", help="keep what was read of each page in FILE and reuse it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th scan (default: all)")
    args = parser.parse_args()
    with Classifier() as classifier, closing(Opener(classifier.options)) as opener:
        scans = find_scans(gather(args.tasks, args.data, classifier, sights=args.sights), args.data)[:: args.every]
        steps: dict[str, Callable[[], dict[str, float]]] = {
            "accuracy": lambda: accuracy(scans, classifier),
            "rotation": lambda: rotation(scans, opener),
            "speed": lambda: speed(scans, classifier, opener),
        }
        figures = {}
        for name, measure in steps.items():
            print(f"measuring: {name} ...", file=sys.stderr)
            figures[name] = measure()
    for name, found in figures.items():
        table = Table("scans: " + name, "figure", box=None, pad_edge=False)
        for what, figure in found.items():
            table.add_row(what, f"{figure:.2f}" if figure % 1 else f"{figure:.0f}")
        Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
