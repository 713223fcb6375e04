"""A machine without LibreOffice: everything else works, and the error says how to get it."""

from __future__ import annotations

import pytest

from pagesort.errors import UnsupportedDocument
from pagesort.read.office import server
from samples import office
from tests.read.opening import open_document
from tests.read.pdfs import pdf, text_page


@pytest.mark.parametrize("data", [office.docx(), office.odt(), office.odp(), office.rtf()])
def test_office_documents_are_refused_with_the_install_line(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "find_office", lambda: None)
    with (
        pytest.raises(UnsupportedDocument, match=r"offer.bin .*LibreOffice.*apt-get install .*libreoffice-writer.*to PDF"),
        open_document(data, filename="offer.bin"),
    ):
        pass
    with open_document(pdf(text_page("Hello"))) as document:
        assert document.page_count == 1
