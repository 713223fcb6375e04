"""Downloads from a real server on this machine, and all the places a URL must not lead to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from pagesort.errors import DocumentTooLarge, EmptyDocument, UrlNotFetched
from pagesort.options import Options
from pagesort.read import url as url_module
from pagesort.read.url import is_public
from tests.read.opening import open_document
from tests.read.pdfs import pdf, text_page

LETTER = pdf(text_page("Dear Mrs. Winter"))
LOCAL = Options(allow_private_urls=True, url_timeout=5)


class Handler(BaseHTTPRequestHandler):
    """Answers as the query asks: ?status=, ?to= (redirect), ?hops=, ?name=, ?slow=, or the letter."""

    def do_GET(self) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        if "to" in query:
            return self.answer(302, {"Location": query["to"]})
        if hops := int(query.get("hops", "0")):
            return self.answer(307, {"Location": f"/letter.pdf?hops={hops - 1}"})
        if "status" in query:
            return self.answer(int(query["status"]), body=b"internal secret")
        if "slow" in query:
            return self.drip()
        if "endless" in query:
            return self.pour(float(query["endless"]))
        headers = {"Content-Disposition": query["name"]} if "name" in query else {}
        self.answer(200, headers, b"" if "empty" in query else LETTER)

    def answer(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A header line now and then: no single read takes long, all of them never end."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        try:
            for number in range(100):
                self.wfile.write(b"X-%d: x\r\n" % number)
                time.sleep(0.05)
        except OSError:
            return  # the client has had enough, which is the point

    def pour(self, pause: float) -> None:
        """A body of no stated length that never ends, a little at a time."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        try:
            for _ in range(10_000):
                self.wfile.write(bytes(1000))
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()
        thread.join()


def name_of(url: str, options: Options = LOCAL) -> str:
    with open_document(url, options) as document:
        assert document.page_count == 1
        return document.name


def test_a_document_behind_a_url(server: str) -> None:
    assert name_of(f"{server}/files/letter.pdf?token=1#page=2") == "letter.pdf"
    assert name_of(f"{server}/l%C3%A9ttre.pdf") == "léttre.pdf"
    assert name_of(f"{server}/léttre 1.pdf".replace(" ", "%20")) == "léttre 1.pdf"
    assert name_of(server) == "document"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="bill.pdf"', "bill.pdf"),
        ("attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf", "résumé.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\bill.pdf"', "bill.pdf"),
        ("inline", "letter.pdf"),
    ],
)
def test_the_name_the_server_gives_is_no_path(server: str, header: str, name: str) -> None:
    assert name_of(f"{server}/letter.pdf?name={quote(header)}") == name


def test_private_addresses_are_refused(server: str) -> None:
    port = urlsplit(server).port
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "2130706433"):
        with pytest.raises(UrlNotFetched, match=r"private.*PAGESORT_ALLOW_PRIVATE_URLS"):
            name_of(f"http://{host}:{port}/letter.pdf", Options(url_timeout=5))


INSIDE = """
    127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 fe80::1 fc00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1
"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_outside(address: str) -> None:
    assert is_public(address)


def test_the_address_that_was_checked_is_the_one_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers differently the second time gains nothing: it is asked once for each connection."""
    asked: list[str] = []

    def answer(host: str, port: int, **options: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(url_module, "_addresses", answer)
    assert name_of(f"http://rebinding.example:{urlsplit(server).port}/letter.pdf") == "letter.pdf"
    assert asked == ["rebinding.example"]


def test_redirects_are_followed_three_times(server: str) -> None:
    assert name_of(f"{server}/a?hops=3") == "letter.pdf"
    with pytest.raises(UrlNotFetched, match="redirected more than 3 times"):
        name_of(f"{server}/a?hops=4")


def test_a_redirect_is_checked_like_the_url_itself(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = url_module.is_public
    # The server stands for one outside; the address it sends us to is as private as ever.
    monkeypatch.setattr(url_module, "is_public", lambda address: address == "127.0.0.1" or real(address))
    for target in ("http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://10.0.0.1/"):
        with pytest.raises(UrlNotFetched, match="private"):
            name_of(f"{server}/a?to={target}", Options(url_timeout=5))
    with pytest.raises(UrlNotFetched, match="redirects to something that is not a URL"):
        name_of(f"{server}/a?to=http://[::1/", Options(url_timeout=5))
    with pytest.raises(UrlNotFetched, match="only http and https"):
        name_of(f"{server}/a?to=file:///etc/passwd", Options(url_timeout=5))


@pytest.mark.parametrize("status", [404, 403, 500, 206, 304])
def test_anything_but_200(server: str, status: int) -> None:
    with pytest.raises(UrlNotFetched, match=f"HTTP status {status}") as caught:
        name_of(f"{server}/letter.pdf?status={status}&token=abc")
    assert "secret" not in str(caught.value) and "token" not in str(caught.value)


def test_a_server_that_never_ends_is_left_in_time(server: str) -> None:
    started = time.monotonic()
    with pytest.raises(UrlNotFetched, match=r"longer than 0.4 seconds.*PAGESORT_URL_TIMEOUT"):
        name_of(f"{server}/letter.pdf?slow=1", Options(allow_private_urls=True, url_timeout=0.4))
    assert time.monotonic() - started < 3


def test_a_body_that_never_ends_is_left_at_the_limit_of_size_or_time(server: str) -> None:
    with pytest.raises(DocumentTooLarge, match="larger than the 50,000 bytes"):
        name_of(f"{server}/letter.pdf?endless=0", Options(allow_private_urls=True, max_bytes=50_000))
    started = time.monotonic()
    with pytest.raises(UrlNotFetched, match=r"longer than 0.4 seconds"):
        name_of(f"{server}/letter.pdf?endless=0.05", Options(allow_private_urls=True, url_timeout=0.4))
    assert time.monotonic() - started < 3


def test_sizes(server: str) -> None:
    with pytest.raises(DocumentTooLarge, match=r"larger than the 100 bytes.*PAGESORT_MAX_BYTES"):
        name_of(f"{server}/letter.pdf", Options(allow_private_urls=True, max_bytes=100))
    with pytest.raises(EmptyDocument):
        name_of(f"{server}/letter.pdf?empty=1")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://", "needs a host name"),
        ("http:///a.pdf", "needs a host name"),
        ("http://exa mple.com/a.pdf", "no spaces"),
        ("http://example.com:99999/a.pdf", "not a URL"),
        ("http://[::1/a.pdf", "not a URL"),
        ("http://user:hunter2@example.com/a.pdf", "is not sent"),
        ("http://" + "a" * 70 + ".example/a.pdf", "not a host name"),
        ("gopher://example.com/a.pdf", "only http and https"),
        ("http://no-such-host.invalid/a.pdf", "not a known host name"),
    ],
)
def test_urls_that_are_none(url: str, why: str) -> None:
    with pytest.raises(UrlNotFetched, match=why) as caught:
        name_of(url)
    assert "hunter2" not in str(caught.value)


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UrlNotFetched, match="nobody answers"):
        name_of(f"http://127.0.0.1:{port}/a.pdf")


def test_something_that_is_no_web_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=talk)
        thread.start()
        with pytest.raises(UrlNotFetched, match="does not speak HTTP"):
            name_of(f"http://127.0.0.1:{listener.getsockname()[1]}/a.pdf")
        thread.join()
