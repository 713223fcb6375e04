"""Hand-made sights for tests of the stages after `see`."""

from __future__ import annotations

from collections.abc import Sequence

from pagesort.types import Line, Origin, Sight

A4 = (595.0, 842.0)


def sight(
    text: str, *, page: int = 0, size: tuple[float, float] = A4, origin: Origin = "text layer", ink: float | None = None
) -> Sight:
    """A page set line by line from the top. "# " starts a line in large type; cells are parted by " | "."""
    rows = [row for row in text.strip("\n").split("\n")] if text.strip() else []
    lines: list[Line] = []
    for number, row in enumerate(rows):
        if row.strip():
            lines += _row(row.strip(), 0.05 + 0.9 * number / max(len(rows), 20))
    return Sight(page, *size, tuple(lines), origin, ink)


def blank(page: int = 0) -> Sight:
    return Sight(page, *A4, (), "none", 0.0)


def _row(row: str, top: float) -> Sequence[Line]:
    height = 0.03 if row.startswith("# ") else 0.012
    cells = row.removeprefix("# ").split(" | ")
    width = 0.9 / len(cells)
    return [
        Line(cell, 0.05 + number * width, top, 0.05 + number * width + min(width * 0.9, 0.012 * len(cell)), top + height, height)
        for number, cell in enumerate(cells)
    ]


INVOICE = """
Northwind Fittings Ltd
# INVOICE
Invoice number: 20417 | Invoice date: 4 March 2026
Bill to: Harbour Bakery
Description | Qty | Unit price | Amount
Brass hinge | 4 | 3.20 | 12.80
Door handle | 2 | 14.50 | 29.00
Subtotal | | | 41.80
VAT 20% | | | 8.36
Amount due | | | 50.16
Payment terms: net 30
"""

BANK_STATEMENT = """
Alder Savings Bank
# Account Statement
Statement period: 1 May 2026 to 31 May 2026 | Account number: 0042 7781
Opening balance | | 1,204.11
Date | Description | Withdrawals | Deposits | Balance
02/05/2026 | Card payment | 24.10 | | 1,180.01
11/05/2026 | Salary | | 2,300.00 | 3,480.01
Closing balance | | 3,480.01
"""

RESUME = """
# Mara Lindqvist
mara@lindqvist.example | +46 555 0101
# Work Experience
2019 - 2024 Senior engineer, Polar Instruments
2015 - 2019 Engineer, Birch & Co
# Education
2015 M.Sc. Mechanical Engineering
# Skills
CAD, Python, thermodynamics
References available on request
"""
