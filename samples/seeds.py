"""One sound file of every type that is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from samples import images, office, texts
from samples.documents import make

OFFICE: Mapping[str, Callable[[], bytes]] = {
    "docx": office.docx,
    "odt": office.odt,
    "rtf": office.rtf,
    "odp": partial(office.odp, 1),
    "doc": partial(office.converted, "doc"),
    "ppt": partial(office.converted, "ppt"),
    "pptx": partial(office.converted, "pptx"),
}
"""Those that need LibreOffice to be read, and some of them to be made."""


def seeds(*, with_office: bool = True) -> dict[str, bytes]:
    """The files, by their usual suffix or a name that says more."""
    made = {
        "pdf": make("invoice"),
        "pdf form": form(),
        "pdf protected": protected(),
        **images.samples(),
        **texts.samples(),
    }
    return {**made, **{name: create() for name, create in OFFICE.items()}} if with_office else made


def form() -> bytes:
    """A PDF with a picture and filled-in fields."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.drawInlineImage(images.picture(), 50, 400, 300, 300)
    canvas.acroForm.textfield(name="name", value="Ada Winter", x=50, y=300, width=250, height=30)
    canvas.acroForm.checkbox(name="agreed", checked=True, x=50, y=250)
    canvas.save()
    return file.getvalue()


def protected() -> bytes:
    """A PDF that anyone may open, though its contents are encrypted."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1, encrypt=StandardEncryption("", "owner"))
    for row, line in enumerate((office.TITLE, *office.LINES)):
        canvas.drawString(72, 700 - 20 * row, line)
    canvas.save()
    return file.getvalue()
