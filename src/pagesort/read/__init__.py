"""Bytes → live pages: what the file is, and its pages one by one."""

from pagesort.read.open import Opener, Source
from pagesort.read.selection import PagesInput, select_pages
from pagesort.read.spool import SpoolFile

__all__ = ["Opener", "PagesInput", "Source", "SpoolFile", "select_pages"]
