"""PDF files made on the spot, page by page, with a few drawing commands each."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], object]

WIDTH, HEIGHT = 400.0, 600.0


def pdf(*pages: Draw, **options: Any) -> bytes:
    """A PDF of 400 x 600 points, each page drawn by one function (Helvetica 12 to begin with)."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True, **options)
    for draw in pages:
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text_page(*lines: str) -> Draw:
    """A page with these lines from the top, 20 points apart."""

    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            canvas.drawString(50, HEIGHT - 50 - 20 * index, line)

    return draw


def scan_page(image: Pillow.Image) -> Draw:
    """A page that is nothing but a picture."""
    return lambda canvas: canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
