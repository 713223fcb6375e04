"""Verdicts of single pages → verdicts of pages in context, and the documents they form. Plain values in, plain values out."""

from pagesort.link.linking import Linking, link

__all__ = ["Linking", "link"]
