"""`python -m benchmarks.accuracy TASKS --data FOLDER --sights FILE -o docs/accuracy.md`: every figure, on one page.

Beside the page comes `reliability.svg`. What stands there are figures and names of classes, trades and page types; nothing of
the documents.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.accuracy.measure import measure, tell
from benchmarks.accuracy.page import render
from benchmarks.accuracy.plot import reliability_plot
from pagesort import Classifier
from pagesort.evaluation.score import reliability

PLOT = "reliability.svg"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("tasks", type=Path, help="tasks with known answers, as for pagesort eval")
    parser.add_argument("--data", type=Path, required=True, help="folder the tasks' file names start from")
    parser.add_argument("--sights", type=Path, required=True, help="where what was seen of the pages is kept")
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/accuracy.md"), help="the page (default: %(default)s)")
    args = parser.parse_args()
    with Classifier() as classifier:
        figures = measure(args.tasks, args.data, args.sights, classifier)
    args.output.write_text(render(figures, PLOT), encoding="utf-8")
    plot = reliability_plot(reliability(figures.held_out.scored))
    args.output.with_name(PLOT).write_text(plot, encoding="utf-8")
    tell(f"wrote {args.output}; SLOPE, OFFSET of link.certainty by these pages: {figures.line[0]:.2f}, {figures.line[1]:.2f}")


if __name__ == "__main__":
    main()
