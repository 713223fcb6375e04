"""Office files become PDF files, by LibreOffice in a process group of its own."""

from pagesort.read.office.install import INSTALL, find_office
from pagesort.read.office.server import Office

__all__ = ["INSTALL", "Office", "find_office"]
