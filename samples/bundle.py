"""The mixed bundle of the demo: `python -m samples.bundle OUT.pdf [--truth OUT.json] [--seed N]`.

A stack of papers as it comes out of an envelope: some pages are born digital, some are scans without a text layer.
"""

from __future__ import annotations

import argparse
import io
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.degrade import DAMAGE
from samples.documents import draw, make, new_canvas, pictures

DPI = 150


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of a bundle: what it is, how many pages it has, the class it belongs to, and how it was spoiled."""

    kind: str
    answer: str
    pages: int = 1
    damage: str | None = None


CLASSES: list[str | dict[str, str]] = [
    "letter",
    "invoice",
    {"class": "bank statement", "description": "Monthly statement of a bank account"},
    "pay stub",
    "receipt",
    "identity card",
    "contract",
    "blank page",
]
"""What the demo asks for. One page of the bundle fits none of them."""

DEMO = (
    Sheet("letter", "letter"),
    Sheet("invoice", "invoice"),
    Sheet("bank statement", "bank statement", pages=2),
    Sheet("pay stub", "pay stub"),
    Sheet("receipt", "receipt", damage="scan"),
    Sheet("identity card", "identity card", damage="scan"),
    Sheet("blank page", "blank page"),
    Sheet("contract", "contract"),
    Sheet("lab report", "unknown"),
    Sheet("invoice", "invoice", damage="scan"),
)


def build(sheets: tuple[Sheet, ...] = DEMO, seed: int = 0) -> bytes:
    """The bundle as a PDF file. Each sheet gets a seed of its own, so that two invoices are two different ones."""
    stream = io.BytesIO()
    canvas = new_canvas(stream)
    for place, sheet in enumerate(sheets):
        if sheet.damage is None:
            draw(canvas, sheet.kind, seed + place)
        else:
            _draw_spoiled(canvas, sheet.kind, sheet.damage, seed + place)
    canvas.save()
    return stream.getvalue()


def truth(sheets: tuple[Sheet, ...] = DEMO) -> list[str]:
    """The right class of every page, in page order."""
    return [sheet.answer for sheet in sheets for _ in range(sheet.pages)]


def scanned(kind: str, damage: str = "scan", seed: int = 0) -> bytes:
    """One document as a PDF file of pictures, without a text layer."""
    stream = io.BytesIO()
    canvas = new_canvas(stream)
    _draw_spoiled(canvas, kind, damage, seed)
    canvas.save()
    return stream.getvalue()


def _draw_spoiled(canvas: Canvas, kind: str, damage: str, seed: int) -> None:
    for picture in pictures(make(kind, seed), DPI):
        spoiled = Image.fromarray(DAMAGE[damage](picture, seed))
        jpeg = io.BytesIO()
        spoiled.save(jpeg, "JPEG", quality=70)
        size = picture.shape[1] * 72 / DPI, picture.shape[0] * 72 / DPI
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *size)
        canvas.showPage()


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.bundle", description="Write the mixed bundle of the demo.")
    parser.add_argument("out", type=Path, metavar="OUT.pdf")
    parser.add_argument("--truth", type=Path, metavar="OUT.json", help="also write the classes and each page's right one")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other names and amounts (default: %(default)s)")
    args = parser.parse_args(argv)
    args.out.write_bytes(build(seed=args.seed))
    if args.truth:
        args.truth.write_text(json.dumps({"classes": CLASSES, "expected": truth()}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
