"""An endpoint that documents are sent to: a real HTTP server on this machine, which fails as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Fault = Callable[[int], tuple[int, dict[str, str]] | None]
"""The number of a request, from 0 → the status and headers it is refused with; None: it is taken."""


@dataclass
class Receiver:
    """What came in."""

    url: str = ""
    requests: int = 0
    keys: list[str] = field(default_factory=list)
    """The idempotency key of every request, refused or not."""
    taken: dict[str, bytes] = field(default_factory=dict)
    """Key → the document."""
    repeated: int = 0
    """Requests taken whose key had been taken before."""
    forms: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def receiving(fault: Fault = lambda number: None) -> Iterator[Receiver]:
    received, lock = Receiver(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                number, received.requests = received.requests, received.requests + 1
                key = self.headers["Idempotency-Key"]
                received.keys.append(key)
                received.headers.append(dict(self.headers))
                refused = fault(number)
                if refused is None:
                    received.repeated += key in received.taken
                    received.taken[key] = self.parsed(body)
            status, headers = refused or (200, {"Content-Type": "application/json"})
            answer = json.dumps({"number": number}).encode() if refused is None else b"not now"
            if status == 0:  # hang up
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def parsed(self, body: bytes) -> bytes:
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            parts = {
                part.get_param("name", header="content-disposition"): part
                for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts()
            }
            received.forms.append(
                {str(name): part.get_filename() or part.get_content() for name, part in parts.items() if part is not None}
            )
            return bytes(parts["document"].get_payload(decode=True))

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        received.url = f"http://127.0.0.1:{server.server_port}/v1/parse"
        try:
            yield received
        finally:
            server.shutdown()
            thread.join()
