"""`pagesort eval`: a thin door over `pagesort.evaluation`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pagesort


def attach(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tasks", type=Path, metavar="TASKS", help="tasks with known answers, JSON Lines")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder the tasks' file names start from (default: that of TASKS)"
    )
    parser.add_argument("--sights", type=Path, metavar="FILE", help="keep what was read of each page in FILE and reuse it")
    parser.add_argument("--model", metavar="NAME", help="model snapshot or alias (default: the latest)")
    parser.add_argument("--trade", metavar="NAME", help="only the tasks of that trade")
    parser.add_argument("--mistakes", type=int, default=20, metavar="N", help="mistakes to list (default: %(default)s)")


def main(args: argparse.Namespace) -> int:
    """Figures for people, then one line of JSON, both on stdout."""
    from rich.console import Console

    from pagesort.doors.cli.table import ProgressBar
    from pagesort.errors import EXIT_OK
    from pagesort.evaluation import render, run

    data = args.data or args.tasks.parent
    with pagesort.Classifier(args.model) as classifier, ProgressBar(str(args.tasks)) as progress:
        report = run(args.tasks, data, classifier, sights=args.sights, trade=args.trade, progress=progress)
    Console().print(render(report, mistakes=args.mistakes))
    print(json.dumps(report.to_dict(), ensure_ascii=False))
    return EXIT_OK
