"""A bundle cut into files: every page in exactly one of them, under names that are safe."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort import Answer, Classifier
from pagesort.errors import InvalidRequest
from pagesort.send import Names, Piece
from pagesort.send.names import safe
from samples.bundle import CLASSES, build, truth
from samples.documents import make
from tests.read.opening import open_document

BUNDLE = build()


@pytest.fixture(scope="module")
def answer(classifier: Classifier) -> Answer:
    return classifier.classify(BUNDLE, CLASSES, filename="bundle.pdf")


def pages_of(path: Path) -> list[list[str]]:
    with open_document(path) as document:
        layers = [document.page(number).text_layer() for number in range(document.page_count)]
        return [[line.text for line in layer or ()] for layer in layers]


def test_one_file_for_each_document_and_a_manifest(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    shipment = classifier.split(BUNDLE, answer, tmp_path)
    assert [parcel.file for parcel in shipment.parcels] == [
        "bundle-01-letter.pdf",
        "bundle-02-invoice.pdf",
        "bundle-03-bank-statement.pdf",
        "bundle-04-pay-stub.pdf",
        "bundle-05-receipt.pdf",
        "bundle-06-identity-card.pdf",
        "bundle-07-contract.pdf",
        "bundle-08-unknown.pdf",
        "bundle-09-invoice.pdf",
    ]
    (tmp_path / "whole.pdf").write_bytes(BUNDLE)
    whole = pages_of(tmp_path / "whole.pdf")
    assert [page for parcel in shipment.parcels for page in pages_of(tmp_path / str(parcel.file))] == whole
    assert json.loads((tmp_path / "bundle-manifest.json").read_bytes()) == shipment.to_dict()


def test_one_file_for_each_class(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    shipment = classifier.split(BUNDLE, answer, tmp_path, by="class", name="{class}/{stem}", exclude=["unknown", "letter"])
    files = {parcel.piece.name: parcel.file for parcel in shipment.parcels}
    assert files["invoice"] == "invoice/bundle.pdf" and files["unknown"] is None
    assert next(parcel.piece.pages for parcel in shipment.parcels if parcel.piece.name == "invoice") == (1, 10)
    assert sorted(page for parcel in shipment.parcels for page in parcel.piece.pages) == list(range(len(truth())))
    assert shipment.pages("dropped") == 2


def test_a_second_run_changes_nothing_and_nothing_is_overwritten(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    other = tmp_path / "bundle-01-letter.pdf"
    other.write_text("somebody else's")
    first = classifier.split(BUNDLE, answer, tmp_path)
    assert first.parcels[0].file == "bundle-01-letter-2.pdf"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.pdf")}
    assert classifier.split(BUNDLE, answer, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.pdf")} == before
    assert other.read_text() == "somebody else's"
    assert not list(tmp_path.glob("*.part"))


def test_manifests_of_two_files_of_one_name_stand_side_by_side(classifier: Classifier, tmp_path: Path) -> None:
    for kind in ("letter", "invoice"):
        answer = classifier.classify(make(kind), [kind], filename="scan.pdf")
        classifier.split(make(kind), answer, tmp_path, name="{stem}")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["scan-2.pdf", "scan-manifest-2.json", "scan-manifest.json", "scan.pdf"]


def test_an_answer_to_another_document_is_refused(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="has 1; it is another's"):
        classifier.split(make("letter"), answer, tmp_path)


def test_a_folder_that_cannot_be_written_to(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InvalidRequest, match="nothing can be written"):
        classifier.split(BUNDLE, answer, tmp_path / "file")


@pytest.mark.parametrize(
    "pattern", ["", "/etc/{stem}", "a//b", "../{stem}", "{stem.__class__}", "{0}", "{stem!r}", "{", "{class:9}", "{number:99999}"]
)
def test_patterns_that_make_no_sense(pattern: str) -> None:
    with pytest.raises(InvalidRequest, match="name"):
        Names(pattern)


NASTY = ["../../etc/passwd", "con", "NUL.txt", "a/b\\c:d*e?f", ".hidden", "-rf", "发票", "x" * 500, "é" * 300, " ", "\0", "..."]


@given(st.text() | st.sampled_from(NASTY))
def test_a_name_is_one_part_of_a_path_whatever_it_is_made_of(text: str) -> None:
    name = safe(text)
    assert name == PurePosixPath(name).name and "\\" not in name and "\0" not in name
    assert name[0] not in "-." and name[-1] not in "-." and len(name.encode()) <= 121
    assert name.casefold() not in {"con", "nul", "prn", "aux", "com1"}


@given(st.lists(st.sampled_from(["invoice", "Invoice", "in/voice", "in:voice", "发票"]), min_size=1, max_size=8))
def test_no_name_is_given_out_twice(classes: list[str]) -> None:
    names = Names("{class}")
    given_out = [str(names.name(Piece(1, name, (0,), None, ""), "a.pdf")).casefold() for name in classes]
    assert len(set(given_out)) == len(given_out)
