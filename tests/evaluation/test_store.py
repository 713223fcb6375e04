from pathlib import Path

import pytest

from pagesort.evaluation import store
from pagesort.evaluation.store import SightStore
from pagesort.flow import Observation
from pagesort.types import Fault, Line, Sight

SEEN = Observation(
    "a.pdf",
    (
        Sight(
            0,
            612.0,
            792.0,
            (Line("Größe 甲 \u2028 \ud800", 0.1, 1 / 3, 0.5, 0.4, 0.02), Line("b", 0, 0, 1, 1, 0.1, 0.9)),
            "ocr",
            0.05,
        ),
        Fault(1, "page_unreadable", "broken"),
    ),
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"some bytes")
    return path


def test_what_is_kept_comes_back_equal(tmp_path: Path, document: Path) -> None:
    SightStore(tmp_path / "sights").put(document, 2, SEEN)
    assert SightStore(tmp_path / "sights").get(document, 2) == SEEN


def test_other_bytes_or_other_pages_are_not_kept(tmp_path: Path, document: Path) -> None:
    SightStore(tmp_path / "sights").put(document, 2, SEEN)
    assert SightStore(tmp_path / "sights").get(document, 3) is None
    document.write_bytes(b"other bytes")
    assert SightStore(tmp_path / "sights").get(document, 2) is None


def test_another_reader_drops_what_is_kept(tmp_path: Path, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SightStore(tmp_path / "sights").put(document, 2, SEEN)
    monkeypatch.setattr(store, "reader_fingerprint", lambda: "another")
    assert SightStore(tmp_path / "sights").get(document, 2) is None
    assert (tmp_path / "sights").read_text() == ""


def test_a_line_cut_off_costs_that_line_alone(tmp_path: Path, document: Path) -> None:
    SightStore(tmp_path / "sights").put(document, 2, SEEN)
    with (tmp_path / "sights").open("a", encoding="utf-8") as file:
        file.write('{"key": "')
    kept = SightStore(tmp_path / "sights")
    assert kept.get(document, 2) == SEEN
    kept.put(document, 3, SEEN)
    assert SightStore(tmp_path / "sights").get(document, 3) == SEEN


def test_without_a_file_nothing_is_kept(document: Path) -> None:
    kept = SightStore(None)
    kept.put(document, 2, SEEN)
    assert kept.get(document, 2) is None
