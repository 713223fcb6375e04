"""The pages of `written/`, which were written without sight of the model, as documents and tasks for `pagesort eval`.

    python -m samples.written written/held build/held

Each YAML file of `written/` is one customer: classes in the customer's own words, and pages whose right class is known.
See written/README.md for their form.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pagesort.types import UNKNOWN


def write(customers: Path, out: Path) -> int:
    """A file for each page in `out`, beside `tasks.jsonl` and `pages.jsonl`; the number of pages."""
    out.mkdir(parents=True, exist_ok=True)
    tasks: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    for path in sorted(customers.glob("*.yaml")):
        customer = yaml.safe_load(path.read_text(encoding="utf-8"))
        classes = [_class(each) for each in customer["classes"]]
        for number, page in enumerate(customer["pages"]):
            file = f"{path.stem}-{number:02}.md"
            (out / file).write_text(page["text"], encoding="utf-8")
            task = {"id": f"{path.stem}:{number}", "file": file, "trade": path.stem.rpartition("-")[0], "classes": classes}
            tasks.append({**task, "expected": {"0": UNKNOWN if page["class"] is None else str(page["class"])}})
            fact = {"file": file, "page": 0, "label": page["type"], "kind": "digital"}
            facts.append({**fact, "continuation": not page["first"], "source": path.stem})
    for name, rows in (("tasks.jsonl", tasks), ("pages.jsonl", facts)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / name).write_text("".join(lines), encoding="utf-8")
    return len(tasks)


def _class(given: Mapping[str, Any]) -> dict[str, str]:
    described = {"description": str(given["description"])} if given.get("description") else {}
    return {"class": str(given["name"]), **described}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.written", description="Pages of written/ as documents and tasks.")
    parser.add_argument("customers", type=Path, metavar="FOLDER", help="folder of customers' YAML files")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder to write to")
    args = parser.parse_args()
    print(f"{write(args.customers, args.out)} pages in {args.out}")


if __name__ == "__main__":
    main()
