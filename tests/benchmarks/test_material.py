from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.material import from_folder
from pagesort import Classifier
from samples.bundle import Sheet, build, scanned
from samples.documents import make


@pytest.fixture
def classifier() -> Iterator[Classifier]:
    with Classifier() as one:
        yield one


def test_files_are_told_apart_and_mixed_or_broken_ones_left_out(tmp_path: Path, classifier: Classifier) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "b.pdf").write_bytes(build((Sheet("letter", ""), Sheet("receipt", "", damage="scan"))))
    (tmp_path / "c.pdf").write_bytes(scanned("receipt"))
    (tmp_path / "d.pdf").write_bytes(make("letter"))
    found = from_folder(tmp_path, classifier)
    assert found.digital == (tmp_path / "d.pdf",) and found.scanned == (tmp_path / "c.pdf",)


def test_a_folder_without_scans_is_refused(tmp_path: Path, classifier: Classifier) -> None:
    (tmp_path / "d.pdf").write_bytes(make("letter"))
    with pytest.raises(SystemExit, match="scans"):
        from_folder(tmp_path, classifier)
