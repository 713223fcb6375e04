"""Running servers and small documents, for the tests of the HTTP door and of the official clients."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import uvicorn
from reportlab.pdfgen import canvas

from pagesort.doors.http import create_app
from pagesort.flow import Classifier
from pagesort.options import Options
from pagesort.types import Answer

OPTIONS = Options(allow_private_urls=True)
"""The tests' documents lie on this machine."""

KEY = "right-key"
"""What a server that asks for a key is told to accept."""

MAX_BYTES = 50_000
"""The limit of a server that takes small documents only."""

CLASSES = [
    {"class": "invoice", "description": 'A bill, with "quotes" & ünïcode'},
    {"class": "passport"},
]

INVOICE = (
    "Invoice number 1001",
    "Invoice date 2 March 2026",
    "Bill to: Ottilie Brandt",
    "Amount due 40.00 EUR",
    "Payment terms 14 days",
)


def invoice_pdf(pages: int = 1) -> bytes:
    """An invoice that nobody could take for a passport, as often as asked."""
    file = io.BytesIO()
    pen = canvas.Canvas(file)
    for _ in range(pages):
        pen.setFont("Helvetica-Bold", 28)
        pen.drawString(72, 760, "INVOICE")
        pen.setFont("Helvetica", 12)
        for row, line in enumerate(INVOICE):
            pen.drawString(72, 700 - 18 * row, line)
        pen.showPage()
    pen.save()
    return file.getvalue()


class BrokenClassifier(Classifier):
    """Fails as no classifier should, with an exception that is not one of ours, the first `failures` times."""

    def __init__(self, failures: int = 1_000_000) -> None:
        super().__init__(options=OPTIONS)
        self.failures = failures
        self.calls = 0

    def classify(self, *args: Any, **named: Any) -> Answer:
        self.calls += 1
        if self.calls <= self.failures:
            raise RuntimeError("secret of the inside")
        return super().classify(*args, **named)


@contextmanager
def serving(classifier: Classifier, api_keys: frozenset[str] = frozenset()) -> Iterator[str]:
    """A running server; the value is its base URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(classifier, api_keys), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """The files of a folder over HTTP; the value is the base URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
