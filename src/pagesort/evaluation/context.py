"""What the pages around a page are worth: right answers with them and without them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pagesort.evaluation.documents import Decide, bundles
from pagesort.evaluation.run import Material
from pagesort.flow import Observation

KINDS = ("single pages", "bundles", "other documents")
"""Of files. Bundles hold more than one document; the other kinds do not, as far as is known."""


@dataclass(frozen=True, slots=True)
class Context:
    """Scored pages that could be read, and how many of them were answered right."""

    pages: int
    alone: int
    """Right where each page is judged as if it were all there is."""
    linked: int
    """Right where it is judged with the pages around it."""


def contexts(material: Material, decide: Decide) -> dict[str, Context]:
    """Right answers by `KINDS` of files."""
    bundled = {id(case.observation) for case in bundles(material)}
    tally: Counter[tuple[str, str]] = Counter()
    for task in material.tasks:
        seen = material.seen[task.file]
        if not isinstance(seen, Observation):
            continue
        kind = "bundles" if id(seen) in bundled else "single pages" if len(seen.pages) == 1 else "other documents"
        alone = [decide(Observation(seen.name, (page,)), task.classes).verdicts[0] for page in seen.pages]
        tally[kind, "pages"] += sum(verdict.page in task.expected and not verdict.fault for verdict in alone)
        for how, verdicts in (("alone", alone), ("linked", decide(seen, task.classes).verdicts)):
            scored = (verdict for verdict in verdicts if verdict.page in task.expected and not verdict.fault)
            tally[kind, how] += sum(task.accepts(verdict.page, verdict.name) for verdict in scored)
    return {kind: Context(tally[kind, "pages"], tally[kind, "alone"], tally[kind, "linked"]) for kind in KINDS}
