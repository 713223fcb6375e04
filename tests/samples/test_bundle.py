import json
from pathlib import Path

import pypdfium2

from samples.bundle import CLASSES, DEMO, Sheet, build, main, scanned, truth


def test_the_bundle_follows_from_its_seed() -> None:
    sheets = (Sheet("letter", "letter"), Sheet("receipt", "receipt", damage="scan"))
    assert build(sheets, 3) == build(sheets, 3)
    assert build(sheets, 3) != build(sheets, 4)


def test_there_is_one_right_class_for_each_page() -> None:
    with pypdfium2.PdfDocument(build()) as document:
        assert len(document) == len(truth()) == sum(sheet.pages for sheet in DEMO)


def test_one_page_fits_no_class_and_every_class_occurs() -> None:
    names = {each if isinstance(each, str) else each["class"] for each in CLASSES}
    assert set(truth()) == names | {"unknown"} and truth().count("unknown") == 1


def test_scans_have_no_text_layer() -> None:
    with pypdfium2.PdfDocument(scanned("invoice")) as document:
        assert document[0].get_textpage().get_text_range() == ""


def test_the_command_writes_the_bundle_and_the_truth(tmp_path: Path) -> None:
    main([str(tmp_path / "out.pdf"), "--truth", str(tmp_path / "out.json"), "--seed", "2"])
    assert (tmp_path / "out.pdf").read_bytes() == build(seed=2)
    assert json.loads((tmp_path / "out.json").read_text()) == {"classes": CLASSES, "expected": truth()}
