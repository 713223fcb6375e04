"""Every kind of document there is a drawing for, by the name people call it.

>>> pdf = make("bank statement", seed=3)
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from samples import money, papers, trade
from samples.cast import Cast

Draw = Callable[[Canvas, Cast], None]
"""Draws one document, page by page."""

DOCUMENTS: dict[str, Draw] = {
    "letter": papers.letter,
    "invoice": trade.invoice,
    "german invoice": trade.german_invoice,
    "purchase order": trade.purchase_order,
    "receipt": trade.receipt,
    "bank statement": money.bank_statement,
    "pay stub": money.pay_stub,
    "tax form": money.wage_form,
    "contract": papers.contract,
    "lab report": papers.lab_report,
    "resume": papers.resume,
    "identity card": papers.id_card,
    "blank page": papers.blank_page,
}


def new_canvas(stream: io.BytesIO) -> Canvas:
    """A canvas that writes no time stamp: the same drawing gives the same bytes."""
    return Canvas(stream, invariant=1, pageCompression=1)


def draw(canvas: Canvas, kind: str, seed: int) -> None:
    """Draw one document into a canvas. Raises KeyError where there is no drawing of that kind."""
    DOCUMENTS[kind](canvas, Cast(f"{kind} {seed}"))


def make(kind: str, seed: int = 0) -> bytes:
    """One document as a PDF file with a text layer."""
    stream = io.BytesIO()
    canvas = new_canvas(stream)
    draw(canvas, kind, seed)
    canvas.save()
    return stream.getvalue()


def torn(pdf: bytes, page: int) -> bytes:
    """The file with the object of one page (from 0) wiped out; everything else stays where it was.

    Knows the files of `new_canvas` only: the page objects stand in page order and are the only ones with a MediaBox.
    """
    found = list(re.finditer(rb"\d+ 0 obj\n(<<\n/Contents.*?>>)\nendobj", pdf, re.DOTALL))[page]
    return pdf[: found.start(1)] + b"null".ljust(len(found[1])) + pdf[found.end(1) :]


def pictures(pdf: bytes, dpi: int = 150) -> list[NDArray[np.uint8]]:
    """The pages of a PDF as pictures, height x width x 3, RGB."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, rev_byteorder=True).to_numpy().copy() for page in document]
