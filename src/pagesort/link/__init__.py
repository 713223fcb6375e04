"""Verdicts of single pages → verdicts of pages in context, and the documents they form. Pure functions over plain values."""

from pagesort.link.linking import Linking, link

__all__ = ["Linking", "link"]
