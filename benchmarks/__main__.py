"""`python -m benchmarks [--data FOLDER] [--repeats N]`: a table for people, then one line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import cases, material
from benchmarks.cases import Figures
from pagesort import Classifier

FEWEST_REPEATS = 5
_MEMORY = "peak memory"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure pagesort against known work on the same pages."
    )
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="PDF files to measure on (default: the project's own samples)"
    )
    parser.add_argument(
        "--repeats", type=int, default=FEWEST_REPEATS, metavar="N", help="runs behind each median, at least %(default)s"
    )
    args = parser.parse_args()
    if args.repeats < FEWEST_REPEATS:
        parser.error(f"--repeats: a median of fewer than {FEWEST_REPEATS} runs says little")
    with tempfile.TemporaryDirectory() as folder, Classifier() as classifier:
        documents = material.from_folder(args.data, classifier) if args.data else material.from_samples(Path(folder))
        figures = _measure(classifier, documents, args.repeats)
    _show(figures, f"Medians of {args.repeats} runs, {os.cpu_count()} cores")
    print(json.dumps(figures))


def _measure(classifier: Classifier, documents: material.Material, repeats: int) -> dict[str, Figures]:
    script = Path(sysconfig.get_path("scripts"), "pagesort")
    steps: dict[str, Callable[[], Figures]] = {
        "digital page": lambda: cases.digital_page(classifier, documents.digital, repeats),
        "page of a long digital document": lambda: cases.long_document(classifier, documents.digital, repeats),
        "scanned page": lambda: cases.scanned_page(classifier, documents.scanned, repeats),
        "cold start": lambda: cases.cold_start(documents.digital[0], repeats),
        "help": lambda: cases.help_text(script, repeats),
        "judge alone, per page": lambda: cases.judging(classifier, documents.digital, repeats),
        _MEMORY: lambda: cases.peak_memory(documents.digital[0], documents.scanned[0]),
    }
    figures: dict[str, Figures] = {}
    for name, step in steps.items():
        print(f"measuring: {name} ...", file=sys.stderr)
        figures[name] = step()
    return figures


def _show(figures: dict[str, Figures], title: str) -> None:
    """Each case with its own figure first, then what it is held against, and how many times as much it takes."""
    table = Table("case", "what", title=title, box=None, pad_edge=False)
    table.add_column("figure", justify="right")
    table.add_column("case / this", justify="right")
    for case, rivals in figures.items():
        own = next(iter(rivals.values()))
        for place, (name, figure) in enumerate(rivals.items()):
            shown = f"{figure:.0f} MB" if case == _MEMORY else f"{figure * 1000:.2f} ms"
            table.add_row("" if place else case, name, shown, f"{own / figure:.2f}" if place else "")
    Console().print(table)


if __name__ == "__main__":
    main()
