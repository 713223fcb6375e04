"""Judging a page where it is read: what is carried over to the reading processes, so that all cores judge side by side."""

from __future__ import annotations

from dataclasses import dataclass

from pagesort.see.text import text_sight
from pagesort.types import JudgeSight, Page, Verdict

PRELOAD = ("pagesort.early", "pagesort.judge.loaded")
"""Modules that the reading processes need for it."""


@dataclass(frozen=True, slots=True)
class EarlyJudge:
    """Judges a page by its text, where that is to be trusted. Can be pickled if `judge` can."""

    judge: JudgeSight

    def __call__(self, page: Page) -> Verdict | None:
        """None where the page must be drawn first. Raises `PageUnreadable`."""
        sight = text_sight(page)
        return self.judge(sight) if sight else None
