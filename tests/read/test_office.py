"""Office documents become pages, by a LibreOffice that runs nothing, fetches nothing and never holds anybody up."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pagesort.errors import DocumentTooLarge, EncryptedDocument, UnreadableDocument, UnsupportedDocument
from pagesort.options import Options
from pagesort.read.office import find_office, install, server
from samples import office
from tests.read.opening import OPTIONS, open_document, opener

REQUIRED = bool(os.environ.get("PAGESORT_REQUIRE_OFFICE"))
needs_office = pytest.mark.skipif(find_office() is None and not REQUIRED, reason="LibreOffice is not installed")
pytestmark = [needs_office, pytest.mark.slow]

SAMPLES: dict[str, Callable[[], bytes]] = {
    "docx": office.docx,
    "odt": office.odt,
    "rtf": office.rtf,
    "odp": lambda: office.odp(1),
    "doc": lambda: office.converted("doc"),
    "ppt": lambda: office.converted("ppt"),
    "pptx": lambda: office.converted("pptx"),
}


def texts(data: bytes, page: int = 0, password: str | None = None) -> list[str]:
    with open_document(data, filename="holiday.jpg", password=password) as document:
        return [line.text for line in document.page(page).text_layer() or ()]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_office_format_is_read_whatever_it_is_called(name: str) -> None:
    found = texts(SAMPLES[name]())
    assert found[0].startswith(office.TITLE)
    assert set(office.LINES) <= set(found)


def test_a_slide_is_a_page_and_a_page_break_breaks() -> None:
    with open_document(office.odp(3)) as document:
        assert document.page_count == 3
        assert [(page.text_layer() or ())[0].text for page in map(document.page, range(3))] == [f"INVOICE {n}" for n in (1, 2, 3)]
    data = office.docx(office.page_break() + office.paragraph("Second page"))
    with open_document(data) as document:
        assert document.page_count == 2
    assert texts(data, 1) == ["Second page"]


def test_libreoffice_stays_warm_and_documents_take_turns() -> None:
    texts(office.docx())
    first = running()
    with ThreadPoolExecutor(4) as threads:
        assert len({tuple(found) for found in threads.map(texts, [office.docx()] * 6)}) == 1
    assert running() == first


def running() -> int:
    process = opener(OPTIONS)._office._running
    assert process
    return process.pid


def test_after_being_killed_it_is_started_again() -> None:
    texts(office.docx())
    os.killpg(running(), 9)
    assert set(office.LINES) <= set(texts(office.docx()))


@pytest.mark.parametrize(
    "data",
    [
        office.archive({"word/document.xml": "<w:document"}),
        office.archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "?"}, stored="mimetype"),
        office.docx()[:-200],
        SAMPLES["rtf"]()[:6],
    ],
    ids=["no parts", "no content", "cut short", "hardly begun"],
)
def test_broken_documents(data: bytes) -> None:
    try:
        with open_document(data, filename="offer.docx") as document:
            assert document.page_count >= 1  # LibreOffice mends what it can
    except (UnreadableDocument, UnsupportedDocument) as error:
        assert "offer.docx" in str(error)


def test_an_archive_that_unpacks_to_too_much_is_refused_before_libreoffice_sees_it() -> None:
    bomb = office.archive({"word/document.xml": bytes(50_000_000)})
    with (
        pytest.raises(DocumentTooLarge, match=r"unpacks to 50,000,000 bytes; at most 1,000,000.*PAGESORT_MAX_UNPACKED"),
        open_document(bomb, Options(workers=2, max_unpacked=1_000_000)),
    ):
        pass


def test_a_conversion_that_takes_too_long_is_ended_with_everything_it_started() -> None:
    options = Options(workers=2, office_timeout=0.05)
    with (
        pytest.raises(UnreadableDocument, match=r"longer than 0.05 seconds to convert; raise PAGESORT_OFFICE_TIMEOUT"),
        open_document(office.docx(), options),
    ):
        pass
    assert (opener(options)._office._running, opener(options)._office._folder) == (None, None)


@pytest.mark.parametrize(("name", "password"), [("docx", "sesame"), ("odt", "sesame"), ("doc", "sesame")])
def test_protected_documents_open_with_their_password_alone(name: str, password: str) -> None:
    found = find_office()
    assert found
    data = office.protected(name, password, found.python)
    with pytest.raises(EncryptedDocument, match=r"holiday.jpg is protected by a password"):
        texts(data)
    with pytest.raises(EncryptedDocument, match=r"does not open with the password given"):
        texts(data, password="barley")
    assert set(office.LINES) <= set(texts(data, password=password))


@pytest.fixture
def visited() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the paths it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = Thread(target=httpd.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", paths
        httpd.shutdown()
        thread.join()


@pytest.mark.parametrize("namespace", [True, False], ids=["as it runs here", "where the network cannot be cut off"])
def test_nothing_a_document_links_to_is_fetched(
    namespace: bool, visited: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, paths = visited
    found = find_office()
    assert found
    if not namespace:
        without = install.Installation(found.soffice, found.python, ())
        monkeypatch.setattr(server, "find_office", lambda: without)
    options = Options(workers=2, office_timeout=60.5 + namespace)
    for data in (office.docx_with_remote_picture(f"{url}/picture.png"), office.odt_with_remote_parts(url)):
        with open_document(data, options) as document:
            assert document.page_count >= 1
    assert paths == []


def test_macros_do_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    with open_document(office.odt_with_macro(mark)) as document:
        assert document.page_count == 1
    time.sleep(0.2)
    assert not mark.exists()


def test_nothing_is_left_beside_the_document_or_behind(tmp_path: Path) -> None:
    (tmp_path / "offer.docx").write_bytes(office.docx())
    with open_document(tmp_path / "offer.docx") as document:
        assert document.name == "offer.docx"
        assert [each.name for each in tmp_path.iterdir()] == ["offer.docx"]
