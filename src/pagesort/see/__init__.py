"""A live page → a plain `Sight`: what can be observed, nothing judged."""

from pagesort.see.look import look
from pagesort.see.ocr import Ocr

__all__ = ["Ocr", "look"]
