"""Bytes → live pages: what the file is, and its pages one by one."""

from pagesort.read.open import Source, open_document
from pagesort.read.selection import PagesInput, select_pages

__all__ = ["PagesInput", "Source", "open_document", "select_pages"]
