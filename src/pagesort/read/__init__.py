"""Bytes → pages. Any supported file; owns every live handle."""

from pagesort.read.open import Source, open_document
from pagesort.read.selection import PagesInput, select_pages

__all__ = ["PagesInput", "Source", "open_document", "select_pages"]
