"""The running application: error bodies, keys, limits, clients that leave, many at once."""

from __future__ import annotations

import io
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from pagesort import errors
from pagesort.doors.http.errors import _location
from pagesort.flow import Classifier, Progress
from pagesort.types import Answer
from tests.serving import MAX_BYTES, OPTIONS, BrokenClassifier, invoice_pdf, serving

PATH = "/v1/ade/classify"
CLASSES = {"classes": '["invoice", "passport"]'}


def connected(server: str) -> socket.socket:
    address = urlsplit(server)
    return socket.create_connection((address.hostname or "", address.port or 0), timeout=10)


def assert_is_error(response: httpx.Response, status: int, code: str) -> None:
    body = response.json()
    assert response.headers["content-type"] == "application/json"
    assert (response.status_code, body["code"]) == (status, code)
    assert set(body) == {"code", "message", "detail", "error"}
    assert body["message"] == body["error"] and body["message"]
    if status == 422:
        assert all(set(each) == {"loc", "msg", "type"} and each["loc"][0] == "body" for each in body["detail"])
    else:
        assert body["detail"] == body["message"]


def test_unknown_paths_and_methods(server: str) -> None:
    assert_is_error(httpx.post(f"{server}/v1/ade/parse"), 404, "not_found")
    assert_is_error(httpx.get(f"{server}/docs-assets/none.js"), 404, "not_found")
    refused = httpx.get(f"{server}{PATH}")
    assert_is_error(refused, 405, "method_not_allowed")
    assert refused.headers["allow"] == "POST"


def test_bodies_that_are_no_form(server: str) -> None:
    assert_is_error(httpx.post(f"{server}{PATH}", json={"classes": ["a"]}), 415, "unsupported_media_type")
    assert_is_error(httpx.post(f"{server}{PATH}", data=CLASSES), 415, "unsupported_media_type")
    assert_is_error(httpx.post(f"{server}{PATH}"), 415, "unsupported_media_type")
    broken = httpx.post(f"{server}{PATH}", content=b"junk", headers={"content-type": "multipart/form-data; boundary=x"})
    assert_is_error(broken, 422, "validation_error")
    assert broken.json()["detail"][0]["loc"] == ["body"]


def test_missing_classes_are_told_as_the_hosted_product_tells_them(server: str, invoice: bytes) -> None:
    response = httpx.post(f"{server}{PATH}", files={"document": ("a.pdf", invoice)})

    assert_is_error(response, 422, "validation_error")
    detail = response.json()["detail"][0]
    assert (detail["loc"], detail["type"]) == (["body", "classes"], "missing")
    assert detail["msg"].startswith("Field required")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_document"), (b"<?xml version='1.0'?>", "unsupported_format"), (b"%PDF-1.7\nbroken", "unreadable_document")],
)
def test_documents_that_cannot_be_read(server: str, content: bytes, code: str) -> None:
    assert_is_error(httpx.post(f"{server}{PATH}", data=CLASSES, files={"document": ("a.pdf", content)}), 415, code)


def test_a_protected_document_opens_with_its_password(server: str) -> None:
    file = io.BytesIO()
    pen = canvas.Canvas(file, encrypt=StandardEncryption("open sesame"))
    pen.drawString(72, 700, "Invoice number 1001")
    pen.save()
    sent = {"document": ("a.pdf", file.getvalue())}

    assert_is_error(httpx.post(f"{server}{PATH}", data=CLASSES, files=sent), 415, "encrypted_document")
    wrong = httpx.post(f"{server}{PATH}", data={**CLASSES, "password": "barley"}, files=sent)
    assert_is_error(wrong, 415, "encrypted_document")
    right = httpx.post(f"{server}{PATH}", data={**CLASSES, "password": "open sesame"}, files=sent, timeout=60)
    assert right.status_code == 200 and right.json()["metadata"]["page_count"] == 1


def test_an_unknown_model_lists_the_known_ones(server: str, invoice: bytes) -> None:
    response = httpx.post(f"{server}{PATH}", data={**CLASSES, "model": "classify-1999"}, files={"document": ("a.pdf", invoice)})

    assert_is_error(response, 400, "unknown_model_version")
    assert "classify-latest" in response.json()["message"]


def test_a_local_path_as_address_is_not_opened(server: str) -> None:
    response = httpx.post(f"{server}{PATH}", files={"classes": (None, '["a"]'), "document_url": (None, "/etc/hostname")})

    assert_is_error(response, 400, "invalid_url")


def test_an_unexpected_error_is_logged_and_not_shown(invoice: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with BrokenClassifier() as classifier, serving(classifier) as broken, caplog.at_level(logging.ERROR):
        response = httpx.post(f"{broken}{PATH}", data=CLASSES, files={"document": ("a.pdf", invoice)})

        assert_is_error(response, 500, "internal_error")
        assert "secret" not in response.text
        assert "x-should-retry" not in response.headers
        assert httpx.get(f"{broken}/healthz").status_code == 200
    assert "secret of the inside" in caplog.text


def test_a_lack_in_the_installation_is_not_worth_a_retry(invoice: bytes) -> None:
    class Incomplete(Classifier):
        def classify(self, *_: Any, **__: Any) -> NoReturn:
            raise errors.MissingExtra('needs more: pip install "pagesort[more]"')

    with Incomplete(options=OPTIONS) as classifier, serving(classifier) as server:
        response = httpx.post(f"{server}{PATH}", data=CLASSES, files={"document": ("a.pdf", invoice)})

    assert_is_error(response, 500, "missing_extra")
    assert response.headers["x-should-retry"] == "false"


@pytest.mark.parametrize(
    ("field", "location"),
    [
        ("classes", ["body", "classes"]),
        ("classes[3].class", ["body", "classes", 3, "class"]),
        ("classes[0][class]", ["body", "classes", 0, "class"]),
        ("document_url", ["body", "document_url"]),
        ("body", ["body"]),
    ],
)
def test_fields_become_locations(field: str, location: list[str | int]) -> None:
    assert _location(field) == location


KEYS = frozenset({"first-key", "zweiter-schlüssel"})


@pytest.fixture(scope="module")
def guarded(classifier: Classifier) -> Iterator[str]:
    with serving(classifier, KEYS) as base_url:
        yield base_url


@pytest.mark.parametrize(
    "header",
    [
        ("Authorization", "Bearer first-key"),
        ("authorization", "bearer  first-key"),
        ("Authorization", "Basic first-key"),
        ("apikey", "first-key"),
        ("Authorization", "Bearer zweiter-schlüssel"),
    ],
)
def test_a_key_in_any_of_the_known_headers_is_accepted(guarded: str, invoice: bytes, header: tuple[str, str]) -> None:
    headers = [(header[0].encode(), header[1].encode())]
    response = httpx.post(f"{guarded}{PATH}", data=CLASSES, files={"document": ("a.pdf", invoice)}, headers=headers)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer first"}, {"Authorization": "Bearer"}, {"apikey": ""}, {"Authorization": "first-key"}],
)
def test_any_other_key_is_refused(guarded: str, invoice: bytes, headers: dict[str, str]) -> None:
    response = httpx.post(f"{guarded}{PATH}", data=CLASSES, files={"document": ("a.pdf", invoice)}, headers=headers)

    assert_is_error(response, 401, "invalid_api_key")
    assert response.headers["www-authenticate"] == "Bearer"


def test_health_and_description_need_no_key(guarded: str) -> None:
    assert httpx.get(f"{guarded}/healthz").json()["status"] == "ok"
    assert httpx.get(f"{guarded}/openapi.json").status_code == 200


def test_too_large_documents_are_refused_with_and_without_an_announced_length(invoice: bytes) -> None:
    with Classifier(options=replace(OPTIONS, max_bytes=MAX_BYTES)) as classifier, serving(classifier) as server:
        large = b"%PDF-1.7" + b"x" * 40_000_000
        assert_is_error(httpx.post(f"{server}{PATH}", data=CLASSES, files={"document": ("a.pdf", large)}), 413, "size_exceeded")

        def stream() -> Iterator[bytes]:
            yield b'--XX\r\nContent-Disposition: form-data; name="document"; filename="a.pdf"\r\n\r\n'
            for _ in range(100):
                yield b"x" * 10_000

        streamed = httpx.post(f"{server}{PATH}", content=stream(), headers={"content-type": "multipart/form-data; boundary=XX"})
        assert_is_error(streamed, 413, "size_exceeded")
        assert httpx.post(f"{server}{PATH}", data=CLASSES, files={"document": ("a.pdf", invoice)}).status_code == 200


def test_a_client_that_leaves_in_the_middle_of_its_upload_harms_nobody(server: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        with connected(server) as connection:
            head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: 9999"
            connection.sendall(head.encode() + b"\r\n\r\n--XX\r\n")
        time.sleep(0.2)
        assert httpx.get(f"{server}/healthz").status_code == 200
    assert not caplog.records


def test_work_stops_after_the_page_in_progress_once_the_client_has_left() -> None:
    class Watched(Classifier):
        looked_at = 0
        begun, left, ended = threading.Event(), threading.Event(), threading.Event()

        def classify(self, *args: Any, progress: Progress | None = None, **named: Any) -> Answer:
            def watch(done: int, total: int) -> None:
                self.looked_at = done
                self.begun.set()
                self.left.wait(10)
                time.sleep(0.02)
                assert progress
                progress(done, total)

            try:
                return super().classify(*args, progress=watch, **named)
            finally:
                self.ended.set()

    classifier = Watched(options=OPTIONS)
    ask = httpx.Request("POST", f"http://x{PATH}", data=CLASSES, files={"document": ("a.pdf", invoice_pdf(60))})
    head = b"".join(name + b": " + value + b"\r\n" for name, value in ask.headers.raw)
    with classifier, serving(classifier) as server:
        with connected(server) as connection:
            connection.sendall(f"POST {PATH} HTTP/1.1\r\n".encode() + head + b"\r\n" + ask.read())
            assert classifier.begun.wait(10)
        classifier.left.set()
        assert classifier.ended.wait(10)

    assert 0 < classifier.looked_at < 60


def test_more_requests_than_are_worked_on_at_once_are_all_answered(server: str, invoice: bytes) -> None:
    def ask(number: int) -> str:
        response = httpx.post(f"{server}{PATH}", data=CLASSES, files={"document": (f"{number}.pdf", invoice)}, timeout=60)
        return str(response.json()["metadata"]["filename"])

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(ask, range(12))) == [f"{number}.pdf" for number in range(12)]


def test_the_body_of_every_error_is_json_in_utf8(server: str, invoice: bytes) -> None:
    response = httpx.post(f"{server}{PATH}", data={"classes": '["é", "É"]'}, files={"document": ("a.pdf", invoice)})

    assert_is_error(response, 422, "validation_error")
    assert "É" in json.loads(response.content.decode("utf-8"))["message"]
