"""Whole requests over a bare socket, written the ways that clients in use are known to write them."""

from __future__ import annotations

import http.client
import io
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

PATH = "/v1/ade/classify"
BOUNDARY = "----form-4711"


class _Received:
    """What `http.client` needs of a socket in order to read a response."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream

    def makefile(self, *_: object) -> io.BufferedIOBase:
        return self._stream


def send(server: str, request: bytes) -> tuple[int, http.client.HTTPMessage, Any]:
    """Status, headers and JSON of the response to exactly these bytes."""
    address = urlsplit(server)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=30) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as stream:
            response = http.client.HTTPResponse(_Received(stream))  # type: ignore[arg-type]
            response.begin()
            return response.status, response.headers, json.loads(response.read())


def part(disposition: str, value: bytes, *headers: str) -> bytes:
    lines = [f"--{BOUNDARY}", f"Content-Disposition: form-data; {disposition}", *headers, "", ""]
    return "\r\n".join(lines).encode() + value + b"\r\n"


def post(*parts: bytes, headers: str = "Accept: application/json") -> bytes:
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def chunked(*chunks: bytes) -> bytes:
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    return head.encode() + b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks) + b"0\r\n\r\n"


def document(invoice: bytes, name: str = 'filename="march.pdf"', *headers: str) -> bytes:
    return part(f'name="document"; {name}', invoice, *(headers or ("Content-Type: application/pdf",)))


INDEXED = (
    part('name="classes[0][class]"', b"invoice")
    + part('name="classes[0][description]"', 'A bill, with "quotes" & ünïcode'.encode())
    + part('name="classes[1][class]"', b"passport")
)
AS_JSON = part('name="classes"', b'[{"class": "invoice", "description": "\\u00fcber"}, {"class": "passport"}]')
AS_RAW_JSON = part('name="classes"', '[{"class":"invoice","description":"über"},{"class":"passport"}]'.encode())
LATEST = part('name="model"', b"classify-latest")


def assert_invoice(answer: Any, filename: str = "march.pdf") -> None:
    assert [(page["class"], page["page"]) for page in answer["classification"]] == [("invoice", 0)]
    assert answer["metadata"]["filename"] == filename


@pytest.mark.parametrize("classes", [INDEXED, AS_JSON, AS_RAW_JSON], ids=["indexed", "escaped json", "raw json"])
def test_either_form_of_the_class_list_before_or_after_the_document(server: str, invoice: bytes, classes: bytes) -> None:
    for request in (post(classes, LATEST, document(invoice)), post(document(invoice), LATEST, classes)):
        status, headers, answer = send(server, request)

        assert (status, headers["content-type"]) == (200, "application/json")
        assert_invoice(answer)


def test_the_fields_of_the_answer_stand_in_the_order_of_the_hosted_product(server: str, invoice: bytes) -> None:
    _, _, answer = send(server, post(INDEXED, document(invoice)))

    assert list(answer["classification"][0])[:4] == ["class", "reason", "suggested_class", "page"]
    wire = ["filename", "org_id", "page_count", "duration_ms", "credit_usage", "job_id", "version"]
    assert list(answer["metadata"]) == [*wire, "model_hash"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('filename="rechnung märz %22neu%22.pdf"', 'rechnung märz "neu".pdf'),
        ('filename="rechnung \\"neu\\".pdf"', 'rechnung "neu".pdf'),
        ('filename="../../etc/rechnung.pdf"', "rechnung.pdf"),
        ("filename=bare.pdf", "bare.pdf"),
        ('filename="a;b.pdf"', "a;b.pdf"),
        ('filename="upload"', "upload"),
    ],
)
def test_file_names_as_clients_write_them(server: str, invoice: bytes, name: str, shown: str) -> None:
    _, _, answer = send(server, post(INDEXED, document(invoice, name)))

    assert_invoice(answer, shown)


@pytest.mark.parametrize("header", ["X-None: ", "Content-Type: application/octet-stream", "Content-Type: image/jpeg"])
def test_the_content_decides_what_a_document_is(server: str, invoice: bytes, header: str) -> None:
    _, _, answer = send(server, post(INDEXED, document(invoice, 'filename="march.jpg"', header)))

    assert_invoice(answer, "march.jpg")


def test_a_document_in_a_text_part(server: str, invoice: bytes) -> None:
    _, _, answer = send(server, post(INDEXED, part('name="document"', invoice)))

    assert_invoice(answer, "upload")


def test_line_breaks_in_values_arrive_as_crlf_or_lf(server: str, invoice: bytes) -> None:
    for newline in (b"\r\n", b"\n"):
        classes = part('name="classes[0][class]"', b"invoice") + part(
            'name="classes[0][description]"', newline.join([b"A bill.", b"Says what is due.  "])
        )
        _, _, answer = send(server, post(classes, document(invoice)))

        assert_invoice(answer)


def test_a_body_in_chunks_cut_at_odd_places(server: str, invoice: bytes) -> None:
    body = INDEXED + document(invoice, 'filename="upload"') + f"--{BOUNDARY}--\r\n".encode()
    _, _, answer = send(server, chunked(*[body[start : start + 17] for start in range(0, len(body), 17)]))

    assert_invoice(answer, "upload")


def test_a_stream_that_was_spent_on_the_first_try_is_a_clear_415(server: str) -> None:
    body = INDEXED + document(b"", 'filename="upload"') + f"--{BOUNDARY}--\r\n".encode()
    status, _, answer = send(server, chunked(body))

    assert (status, answer["code"]) == (415, "empty_document")


def test_classes_as_plain_names_keep_numbers_and_truth_values_as_text(server: str, invoice: bytes) -> None:
    names = [b"invoice", b"5", b"true"]
    classes = b"".join(part(f'name="classes[{index}]"', name) for index, name in enumerate(names))
    _, _, answer = send(server, post(classes, document(invoice)))

    assert_invoice(answer)


def test_names_come_back_exactly_as_they_were_sent(server: str, invoice: bytes) -> None:
    name = '请款单 "A" — café'
    _, _, answer = send(server, post(part('name="classes[0][class]"', name.encode()), document(invoice)))

    assert answer["classification"][0]["class"] in {name, "unknown"}
    assert {candidate["class"] for candidate in answer["classification"][0]["candidates"]} == {name, "unknown"}


def test_an_empty_name_is_named_by_its_place(server: str, invoice: bytes) -> None:
    classes = part('name="classes[0][class]"', b"invoice") + part('name="classes[1][class]"', b"")
    status, _, answer = send(server, post(classes, document(invoice)))

    assert (status, answer["code"]) == (422, "validation_error")
    assert answer["detail"][0]["loc"] == ["body", "classes", 1, "class"]


def test_five_thousand_classes_are_refused_as_such_in_either_form(server: str, invoice: bytes) -> None:
    indexed = b"".join(
        part(f'name="classes[{index}][class]"', b"c%d" % index) + part(f'name="classes[{index}][description]"', b"d")
        for index in range(5000)
    )
    as_json = part('name="classes"', json.dumps([f"c{index}" for index in range(5000)]).encode())
    for classes in (indexed, as_json):
        status, _, answer = send(server, post(classes, document(invoice)))

        assert status == 422
        assert answer["detail"][0]["loc"] == ["body", "classes"]
        assert "5000" in answer["message"] and "1000" in answer["message"]


def test_a_thousand_classes_with_descriptions_are_accepted(server: str, invoice: bytes) -> None:
    classes = [{"class": f"kind {index}", "description": "ü" * 200} for index in range(1000)]
    status, _, _ = send(server, post(part('name="classes"', json.dumps(classes).encode()), document(invoice)))

    assert status == 200


def test_half_a_character_is_refused_as_it_could_never_be_answered(server: str, invoice: bytes) -> None:
    status, _, answer = send(server, post(part('name="classes"', b'["a\\ud800"]'), document(invoice)))

    assert (status, answer["detail"][0]["loc"]) == (422, ["body", "classes", 0, "class"])


def test_pages_limit_the_work_and_keep_their_numbers(server: str) -> None:
    from tests.serving import invoice_pdf

    status, _, answer = send(server, post(INDEXED, part('name="pages"', b"2,4-5"), document(invoice_pdf(5))))

    assert status == 200
    assert [page["page"] for page in answer["classification"]] == [1, 3, 4]


def test_requests_follow_each_other_on_one_connection_even_after_an_early_refusal(server: str, invoice: bytes) -> None:
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=30)
    try:
        for body_type, status in (("application/json", 415), (f"multipart/form-data; boundary={BOUNDARY}", 200)):
            body = INDEXED + document(invoice) + f"--{BOUNDARY}--\r\n".encode()
            connection.request("POST", PATH, body, {"Content-Type": body_type})
            response = connection.getresponse()
            response.read()
            assert response.status == status
    finally:
        connection.close()
