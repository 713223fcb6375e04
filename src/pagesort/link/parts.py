"""Pages in context → the documents that they form."""

from __future__ import annotations

from collections.abc import Sequence

from pagesort.link.traits import Traits
from pagesort.types import UNKNOWN, Part, Verdict

NEW = 0.65
"""A document starts where that is clearly likelier than not: cutting once too often is more work than once too rarely."""


def parts(verdicts: Sequence[Verdict], starts: Sequence[float | None], traits: Sequence[Traits | None]) -> tuple[Part, ...]:
    """The pages as documents: every page in exactly one, in order.

    `starts`: how likely a document starts with each page; None for a page that decides nothing and stays with the pages before
    it. `traits`: what each page shows; None for a page that could not be read.
    """
    groups: list[list[int]] = []
    for number, start in enumerate(starts):
        if not groups or (start is not None and (start > NEW or _other_class(verdicts, starts, groups[-1], number))):
            groups.append([number])
        else:
            groups[-1].append(number)
    return tuple(_part(group, verdicts, starts, traits) for group in groups)


def _other_class(verdicts: Sequence[Verdict], starts: Sequence[float | None], group: Sequence[int], number: int) -> bool:
    """Whether a page is of another class than the document before it; blank pages in front of it join any."""
    last = next((each for each in reversed(group) if starts[each] is not None), None)
    return last is not None and verdicts[last].name != verdicts[number].name


def _part(
    group: Sequence[int], verdicts: Sequence[Verdict], starts: Sequence[float | None], traits: Sequence[Traits | None]
) -> Part:
    deciding = [number for number in group if starts[number] is not None] or list(group)
    name = verdicts[deciding[-1]].name
    scored = [verdicts[number].confidence for number in deciding]
    known = [confidence for confidence in scored if confidence is not None]
    confidence = min(known, default=None)
    if confidence is not None:
        seams = [start if number == group[0] else 1 - start for number in group if (start := starts[number]) is not None]
        confidence = round(confidence * min(seams, default=1.0), 4)
    return Part(name, tuple(verdicts[number].page for number in group), confidence, _why(group[0], verdicts, starts, traits))


def _why(first: int, verdicts: Sequence[Verdict], starts: Sequence[float | None], traits: Sequence[Traits | None]) -> str:
    if first == 0:
        return "The first page."
    page, before = traits[first], traits[first - 1]
    if page is None or starts[first] is None:
        return f"Page {verdicts[first].page + 1} tells nothing of the page before it."
    signs = []
    if page.printed and page.printed.number == 1:
        signs.append("it bears the page number 1")
    if verdicts[first - 1].name != verdicts[first].name:
        was = verdicts[first - 1].name
        signs.append(f"the page before it is {'of no class' if was == UNKNOWN else repr(was)}")
    if page.title_size > 1.6:
        signs.append("it opens with a title")
    if page.greets:
        signs.append("it opens with a greeting")
    if before and before.running_lines and page.running_lines and not before.running_lines & page.running_lines:
        signs.append("its header and footer differ from those before")
    if before and before.identifiers and page.identifiers and not before.identifiers & page.identifiers:
        signs.append("it shares no number with the page before it")
    return f"Starts a new document: {', '.join(signs) or 'nothing ties it to the page before it'}."
