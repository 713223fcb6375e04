from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

INVOICE = "INVOICE|Invoice number 1001|Invoice date: 2 March|Bill to: Ada Example|Subtotal 40.00|Total amount due 40.00"
STATEMENT = "BANK STATEMENT|Account number 12345|Opening balance 10.00|Deposits and withdrawals|Closing balance 12.00"

MakePdf = Callable[..., Path]


def pdf_bytes(*pages: str) -> bytes:
    """One page for each text; "|" starts a new line, the first of which is the title."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=True)
    for page in pages:
        for row, line in enumerate(page.split("|")):
            canvas.setFont("Helvetica", 11 if row else 22)
            canvas.drawString(72, 760 - 30 * row, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_with_broken_page() -> bytes:
    """Two pages, the second of which the page tree only promises."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        "<< /Length 120 >>\nstream\n"
        + "BT /F 24 Tf 72 760 Td (INVOICE) Tj 0 -40 Td (Invoice number 1001, total amount due) Tj ET".ljust(120)
        + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = "%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Writes a PDF of that name with those pages; returns its path."""

    def make(name: str, *pages: str) -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_bytes(*pages))
        return path

    return make


@pytest.fixture
def invoice(make_pdf: MakePdf) -> Path:
    return make_pdf("invoice.pdf", INVOICE)


@pytest.fixture
def bundle(make_pdf: MakePdf) -> Path:
    return make_pdf("bundle.pdf", INVOICE, STATEMENT)


@pytest.fixture
def partial(tmp_path: Path) -> Path:
    """A PDF whose second page cannot be read."""
    path = tmp_path / "partial.pdf"
    path.write_bytes(pdf_with_broken_page())
    return path
