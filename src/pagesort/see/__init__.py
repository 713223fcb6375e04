"""Live page → `Sight`: what can be observed of one page; nothing is judged yet."""

from pagesort.see.look import Drawn, look
from pagesort.see.ocr import Ocr
from pagesort.see.text import as_sight

__all__ = ["Drawn", "Ocr", "as_sight", "look"]
