"""`pagesort eval`: a thin door over `pagesort.evaluation`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import pagesort
from pagesort.doors.cli.settings import add_knowledge_flag, options_of

ALL = "all"


def attach(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tasks", type=Path, metavar="TASKS", help="tasks with known answers, JSON Lines")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder the tasks' file names start from (default: that of TASKS)"
    )
    parser.add_argument("--sights", type=Path, metavar="FILE", help="keep what was read of each page in FILE and reuse it")
    parser.add_argument("--model", metavar="NAME", help="model snapshot or alias (default: the latest)")
    add_knowledge_flag(parser)
    parser.add_argument("--trade", metavar="NAME", help="only the tasks of that trade")
    parser.add_argument(
        "--variant", action="append", default=[], metavar="NAME", help="also a variant of the tasks, or 'all'; repeatable"
    )
    parser.add_argument(
        "--documents", action="store_true", help="also how well documents are told apart, and what context is worth"
    )
    parser.add_argument("--mistakes", type=int, default=20, metavar="N", help="mistakes to list (default: %(default)s)")


def main(args: argparse.Namespace) -> int:
    """Figures for people, then one line of JSON, both on stdout."""
    from rich.console import Console

    from pagesort.doors.cli.table import ProgressBar
    from pagesort.errors import EXIT_OK
    from pagesort.evaluation import assess, contexts, gather, render, render_contexts, render_seams, render_variants, seams, vary
    from pagesort.evaluation.report import rounded

    names = _variants(args.variant)
    data = args.data or args.tasks.parent
    with pagesort.Classifier(args.model, options=options_of(args)) as classifier:
        with ProgressBar(str(args.tasks)) as progress:
            material = gather(args.tasks, data, classifier, sights=args.sights, trade=args.trade, progress=progress)
        report = assess(material, classifier)
        outcomes = [vary(material, classifier, name, report) for name in names]
        found = seams(material, classifier.decide) if args.documents else {}
        around = contexts(material, classifier.decide) if args.documents else {}
    console = Console()
    console.print(render(report, mistakes=args.mistakes))
    figures = report.to_dict()
    if outcomes:
        console.print(render_variants(outcomes, args.mistakes))
        figures["variants"] = {outcome.name: outcome.to_dict() for outcome in outcomes}
    if found:
        console.print(render_seams(found))
        console.print(render_contexts(around))
        figures["context"] = {kind: asdict(each) for kind, each in around.items()}
        figures["documents"] = {kind: {rule: rounded(each.f1) for rule, each in rules.items()} for kind, rules in found.items()}
    print(json.dumps(figures, ensure_ascii=False))
    return EXIT_OK


def _variants(names: list[str]) -> list[str]:
    """The variants asked for, each once. Raises `InvalidRequest` for a name that is none."""
    from pagesort.errors import InvalidRequest
    from pagesort.evaluation import VARIANTS

    for name in names:
        if name not in (*VARIANTS, ALL):
            raise InvalidRequest("--variant", f"there is no variant {name!r}; there are: {', '.join(VARIANTS)}, and {ALL!r}")
    return list(VARIANTS) if ALL in names else list(dict.fromkeys(names))
