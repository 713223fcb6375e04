"""Generalisation, tested: the tasks of a file turned into others that ask the same pages in another way.

A variant is a pure function from tasks to passes; a new one is a function in this folder and one line in `VARIANTS`.
What people call classes and how they describe them is data: `classes/*.yaml` and `other_classes.yaml`.
"""

from pagesort.evaluation.variants.close import close_pairs
from pagesort.evaluation.variants.described import described, narrowed, redirected
from pagesort.evaluation.variants.lists import few, many
from pagesort.evaluation.variants.nested import broad_and_narrow
from pagesort.evaluation.variants.passes import Pass, Variant
from pagesort.evaluation.variants.renamed import renamed
from pagesort.evaluation.variants.uncovered import uncovered

__all__ = ["VARIANTS", "Pass", "Variant"]

VARIANTS: dict[str, Variant] = {
    "renamed": renamed,
    "described": described,
    "narrowed": narrowed,
    "redirected": redirected,
    "uncovered": uncovered,
    "few": few,
    "many": many,
    "broad_and_narrow": broad_and_narrow,
    "close_pairs": close_pairs,
}
