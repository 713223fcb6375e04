"""`pagesort lint`: what is likely to go wrong with a class list, before any page is looked at."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pagesort.doors.cli.people import plain
from pagesort.errors import EXIT_OK, EXIT_WARNINGS

if TYPE_CHECKING:
    from pagesort.judge.lint import Finding


def attach(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("class_files", nargs="+", type=Path, metavar="FILE", help="class files; several count as one list")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


def main(args: argparse.Namespace) -> int:
    """Findings on stdout; `EXIT_WARNINGS` where there are any."""
    from pagesort.doors.cli.classfile import gather_classes
    from pagesort.judge.lint import MEASURES, lint
    from pagesort.options import Options

    classes = gather_classes(args.class_files, [], Options.from_env().max_classes).classes
    findings = lint(classes)
    if args.json:
        names = [each.name for each in classes]
        print(json.dumps([_to_dict(each, names, MEASURES[each.kind]) for each in findings], ensure_ascii=True, indent=2))
    else:
        for each in findings:
            _print(each)
        count = len(findings)
        print(f"{len(classes)} classes, {count} warning{'' if count == 1 else 's'}")
    return EXIT_WARNINGS if findings else EXIT_OK


def _to_dict(finding: Finding, names: list[str], measure: str) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "classes": [names[number] for number in finding.classes],
        "overlap": finding.overlap,
        "measure": measure,
        "message": finding.message,
        "fix": finding.fix,
    }


def _print(finding: Finding) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    text = f"{finding.kind} ({finding.overlap:.0%}): {plain(finding.message)}\n    fix: {plain(finding.fix)}"
    print(text.encode(encoding, "replace").decode(encoding))
