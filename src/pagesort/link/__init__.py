"""Verdicts of single pages → verdicts of pages in context. Pure functions over plain values."""

from pagesort.link.certainty import calibrated
from pagesort.link.context import link

__all__ = ["calibrated", "link"]
