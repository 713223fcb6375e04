"""A sheet of paper to draw on: text, paragraphs, tables and form fields, measured in points from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

GREY = HexColor("#666666")
PALE = HexColor("#eceff3")
MARGIN = 60.0


class Paper:
    """One page of a canvas. A `with` block draws the page and turns it over at the end."""

    def __init__(self, canvas: Canvas, size: tuple[float, float] = LETTER, font: str = "Helvetica") -> None:
        self.canvas = canvas
        self.width, self.height = size
        self.font = font
        canvas.setPageSize(size)

    def __enter__(self) -> Paper:
        return self

    def __exit__(self, *_: object) -> None:
        self.canvas.showPage()

    def text(
        self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False, align: str = "left", color: Color = black
    ) -> float:
        """One line, its baseline at `y`; returns the y of a next line below."""
        self.canvas.setFont(self._face(bold), size)
        self.canvas.setFillColor(color)
        draw = {"left": self.canvas.drawString, "right": self.canvas.drawRightString, "center": self.canvas.drawCentredString}[
            align
        ]
        draw(x, self.height - y, text)
        return y + size * 1.35

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 10, *, align: str = "left", color: Color = black
    ) -> float:
        for line in lines:
            y = self.text(x, y, line, size, align=align, color=color)
        return y

    def paragraph(self, x: float, y: float, width: float, text: str, size: float = 10, *, justify: bool = False) -> float:
        """Wrapped text whose top is at `y`; returns where it ends. Knows `<b>` and `<i>`."""
        style = ParagraphStyle(
            "body", fontName=self.font, fontSize=size, leading=size * 1.4, alignment=TA_JUSTIFY if justify else TA_LEFT
        )
        flowing = Paragraph(text, style)
        _, height = flowing.wrapOn(self.canvas, width, self.height)
        flowing.drawOn(self.canvas, x, self.height - y - height)
        return y + float(height)

    def table(self, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], *, size: float = 9) -> float:
        """A table whose top is at `y`: first row the heading, first column to the left, the others to the right."""
        table = Table([list(row) for row in rows], colWidths=list(widths), rowHeights=size * 1.9)
        style: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), self.font, size),
            ("FONT", (0, 0), (-1, 0), self._face(True), size),
            ("BACKGROUND", (0, 0), (-1, 0), PALE),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, black),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, GREY),
        ]
        table.setStyle(TableStyle(style))
        _, height = table.wrapOn(self.canvas, self.width, self.height)
        table.drawOn(self.canvas, x, self.height - y - height)
        return y + float(height)

    def field(self, x: float, y: float, width: float, height: float, label: str, value: str = "") -> None:
        """A box of a form: a tiny label in its upper left corner, the value typed below it."""
        self.canvas.setStrokeColor(black)
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x, self.height - y - height, width, height)
        self.text(x + 3, y + 7.5, label, 6)
        self.text(x + 6, y + height - 5, value, 10)

    def rule(self, y: float, x: float = MARGIN, right: float | None = None, thickness: float = 0.8) -> None:
        self.canvas.setStrokeColor(black)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x, self.height - y, self.width - MARGIN if right is None else right, self.height - y)

    def block(self, x: float, y: float, width: float, height: float, color: Color) -> None:
        """A filled rectangle."""
        self.canvas.setFillColor(color)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)

    def banner(self, text: str, color: Color, height: float = 54) -> None:
        """A coloured band over the top of the page with a name in it."""
        self.block(0, 0, self.width, height, color)
        self.text(MARGIN, height / 2 + 7, text, 20, bold=True, color=white)

    def signature(self, x: float, y: float, seed: int) -> None:
        """A scribble of a pen."""
        path = self.canvas.beginPath()
        base = self.height - y
        path.moveTo(x, base)
        for step in range(1, 8):
            up = 6 + (seed * 7 + step * 11) % 13
            path.curveTo(x + step * 14 - 10, base + up, x + step * 14 - 4, base - up / 2, x + step * 14, base + (seed + step) % 4)
        self.canvas.setStrokeColor(HexColor("#1b2f6b"))
        self.canvas.setLineWidth(1.2)
        self.canvas.drawPath(path)

    def _face(self, bold: bool) -> str:
        if not bold:
            return self.font
        return {"Times-Roman": "Times-Bold"}.get(self.font, f"{self.font}-Bold")
