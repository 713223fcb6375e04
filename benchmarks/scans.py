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
from pathlib import Path
from statistics import median

import numpy as np
import rapidocr
from rich.console import Console
from rich.table import Table

from benchmarks.cases import OCR_DPI
from pagesort import Classifier
from pagesort.evaluation.tasks import Task, load_tasks
from pagesort.flow import Observation
from pagesort.read import Opener
from pagesort.see import Ocr
from pagesort.see.look import READING_SIDE
from pagesort.see.reading import Reading, read
from pagesort.types import Answer, Image, Sight

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


def find_scans(tasks: Sequence[Task], data: Path, classifier: Classifier) -> list[Scan]:
    """The tasks whose pages all had to be drawn."""
    seen: dict[str, Observation] = {}
    lengths: dict[str, int] = {}
    for task in tasks:
        lengths[task.file] = max(lengths.get(task.file, 0), *(page + 1 for page in task.expected))
    for number, (file, pages) in enumerate(lengths.items()):
        print(f"\rreading {number + 1}/{len(lengths)}", end="", file=sys.stderr)
        seen[file] = classifier.observe(data / file, pages=range(pages))
    print(file=sys.stderr)
    whole = {
        file: each
        for file, each in seen.items()
        if all(isinstance(page, Sight) and page.origin != "text layer" for page in each.pages)
    }
    return [Scan(task, data / task.file, whole[task.file]) for task in tasks if task.file in whole]


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
    classes = [{"class": each.name, "description": each.description} for each in scan.task.classes]
    return classifier.classify(scan.path, classes, pages=scan.pages)


def speed(scans: Sequence[Scan], classifier: Classifier, opener: Opener) -> dict[str, float]:
    """Seconds per page of the whole answer and of full-page OCR, and how many times as fast the former is.

    Both keep all cores busy: the baseline by the threads of its engine, we by as many documents at once as there are cores, as
    a server gets them; most scans are single pages.
    """
    clients = ThreadPoolExecutor(os.cpu_count())
    engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})
    pages = {id(scan): list(_drawn(scan, opener)) for scan in scans}
    ours = theirs = 0.0
    ratios: list[float] = []
    for first in range(min(BATCHES, len(scans))):
        batch = scans[first::BATCHES]
        mine = _seconds(lambda batch=batch: list(clients.map(lambda scan: _classify(classifier, scan), batch)))  # type: ignore[misc]
        other = _seconds(lambda batch=batch: [engine(image[:, :, ::-1]) for scan in batch for image in pages[id(scan)]])  # type: ignore[misc]
        ours, theirs, ratios = ours + mine, theirs + other, [*ratios, other / mine]
    count = sum(len(pages[id(scan)]) for scan in scans)
    return {"pages": count, "whole answer": ours / count, "full-page OCR": theirs / count, "times as fast": median(ratios)}


def _drawn(scan: Scan, opener: Opener) -> Iterator[Image]:
    """The pages as the baseline gets them, drawn beforehand: at 150 dpi, pictures as they are up to A4 at 150 dpi."""
    with opener.open(scan.path, None, None) as document:
        for number in scan.pages:
            page = document.page(number)
            yield page.render(round(min(max(page.size) / 72 * OCR_DPI, READING_SIDE)))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def rotation(scans: Sequence[Scan], opener: Opener) -> dict[str, float]:
    """Of pages that lie the right way up, turned by every angle: how many are turned back. A page that is not read upright
    at first is taken as it was read: what counts is that all four angles agree."""
    ocr = Ocr()
    unread = {scan.path: scan for scan in scans}.values()
    images = [image for scan in list(unread)[:: max(1, len(unread) // ROTATED)] for image in _drawn(scan, opener)][:ROTATED]
    right = 0
    for image in images:
        start = _way_up(image, ocr)
        right += sum(
            _way_up(np.ascontiguousarray(np.rot90(image, angle // 90)), ocr) == (start + angle) % 360 for angle in ANGLES
        )
    return {"pages": len(images), "angles": len(images) * len(ANGLES), "right": right}


def _way_up(image: Image, ocr: Ocr) -> int:
    def sure(reading: Reading) -> float:
        return 1.0

    return read(image, ocr, sure).rotation


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    parser.add_argument("tasks", type=Path, metavar="TASKS", help="tasks with known answers, JSON Lines")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="where the tasks' file names start from")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th task (default: all)")
    args = parser.parse_args()
    with Classifier() as classifier, closing(Opener(classifier.options)) as opener:
        scans = find_scans(load_tasks(args.tasks)[:: args.every], args.data, classifier)
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
