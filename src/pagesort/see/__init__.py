"""Live page → `Sight`: what can be observed of one page; nothing is judged yet."""

from pagesort.see.look import look
from pagesort.see.ocr import Ocr

__all__ = ["Ocr", "look"]
