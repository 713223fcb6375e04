from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pagesort import errors
from pagesort.doors.cli import main
from pagesort.errors import EXIT_DOCUMENT, EXIT_OK, EXIT_PARTIAL, EXIT_USAGE

CLASSES = ["--class", "invoice", "--class", "bank statement=Monthly statement of a bank account"]
METADATA = ["filename", "org_id", "page_count", "duration_ms", "credit_usage", "job_id", "version", "model_hash"]


def classes_of(answer: dict[str, Any]) -> list[str]:
    return [page["class"] for page in answer["classification"]]


def run(*argv: object) -> int:
    return main(["classify", *map(str, argv)])


def test_one_document_is_one_indented_response(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bundle, *CLASSES) == EXIT_OK
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert captured.out == json.dumps(answer, indent=2, ensure_ascii=False) + "\n"
    assert captured.err == ""
    assert list(answer) == ["classification", "metadata", "documents"]
    assert list(answer["metadata"]) == METADATA
    assert answer["metadata"]["filename"] == "bundle.pdf"
    assert classes_of(answer) == ["invoice", "bank statement"]
    assert [page["page"] for page in answer["classification"]] == [0, 1]


def test_several_documents_are_lines_in_their_order(invoice: Path, bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bundle, invoice, bundle, *CLASSES) == EXIT_OK
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["metadata"]["filename"] for answer in answers] == ["bundle.pdf", "invoice.pdf", "bundle.pdf"]
    assert [answer["metadata"]["page_count"] for answer in answers] == [2, 1, 2]


def test_a_bad_document_keeps_its_line_and_stops_no_other(
    invoice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    missing = tmp_path / "missing.pdf"
    assert run(empty, invoice, missing, *CLASSES) == EXIT_DOCUMENT
    captured = capsys.readouterr()
    first, second, third = map(json.loads, captured.out.splitlines())
    assert list(first) == ["error", "filename"]
    assert first["filename"] == str(empty)
    assert first["error"]["code"] == errors.EmptyDocument.code
    assert classes_of(second) == ["invoice"]
    assert third["error"]["code"] == errors.DocumentNotFound.code
    told = captured.err.splitlines()
    assert len(told) == 2
    assert told[0].startswith("pagesort: ") and "empty.pdf" in told[0] and first["error"]["message"] in told[0]
    assert "missing.pdf" in told[1]


def test_a_single_bad_document_leaves_stdout_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.pdf"
    text.write_text("<?xml version='1.0'?>")
    assert run(text, *CLASSES) == EXIT_DOCUMENT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "text.pdf" in captured.err


def test_a_protected_document_opens_with_its_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pen = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption("open sesame"))
    pen.drawString(72, 700, "Invoice number 1001")
    pen.save()
    assert run(tmp_path / "a.pdf", *CLASSES) == EXIT_DOCUMENT
    assert "a.pdf is protected by a password" in capsys.readouterr().err
    assert run(tmp_path / "a.pdf", *CLASSES, "--password", "open sesame") == EXIT_OK


def test_a_page_that_cannot_be_read(partial: Path, invoice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(partial, *CLASSES) == EXIT_PARTIAL
    captured = capsys.readouterr()
    assert classes_of(json.loads(captured.out)) == ["invoice", "unknown"]
    assert "partial.pdf: could not read page 2;" in captured.err
    assert run(partial, invoice, *CLASSES) == EXIT_PARTIAL
    assert run(partial, tmp_path / "missing.pdf", *CLASSES) == EXIT_DOCUMENT


def test_pages_are_counted_from_one_and_keep_their_numbers(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bundle, *CLASSES, "--pages", "2") == EXIT_OK
    answer = json.loads(capsys.readouterr().out)
    assert [(page["page"], page["class"]) for page in answer["classification"]] == [(1, "bank statement")]


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ([], "--class NAME or --classes FILE"),
        (["--class", "a", "--class", "A"], "repeats"),
        (["--class", "a", "--pages", "7"], "bundle.pdf: pages: "),
        (["--class", "a", "--pages", "two"], "pages: "),
        (["--class", "a", "--model", "gpt"], "classify-latest"),
        (["--class", "a", "-o", "no/such/folder/out.json"], "--output"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_errors(flags: Sequence[str], told: str, bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bundle, *flags) == EXIT_USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert told in captured.err


def test_a_bad_setting_is_a_usage_error(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAGESORT_MAX_PAGES", "many")
    assert run(bundle, *CLASSES) == EXIT_USAGE
    assert "PAGESORT_MAX_PAGES" in capsys.readouterr().err


def test_output_goes_to_a_file(bundle: Path, invoice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.json"
    assert run(bundle, *CLASSES, "-o", output) == EXIT_OK
    assert capsys.readouterr().out == ""
    assert classes_of(json.loads(output.read_text(encoding="utf-8"))) == ["invoice", "bank statement"]
    assert run(bundle, invoice, *CLASSES, "-o", output, "--table") == EXIT_OK
    assert "bundle.pdf: 2 pages" in capsys.readouterr().out
    assert len(output.read_text(encoding="utf-8").splitlines()) == 2


def test_a_document_is_never_overwritten(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = bundle.read_bytes()
    assert run(bundle, *CLASSES, "-o", bundle) == EXIT_USAGE
    assert "overwritten" in capsys.readouterr().err
    assert bundle.read_bytes() == before


def test_a_document_from_stdin(bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(bundle.read_bytes())))
    assert run("-", *CLASSES) == EXIT_OK
    answer = json.loads(capsys.readouterr().out)
    assert answer["metadata"]["filename"] == "stdin"
    assert len(answer["classification"]) == 2


def test_class_file_and_flags_together(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "classes.yaml"
    path.write_text("- invoice\n")
    assert run(bundle, "--classes", path, "--class", "bank statement") == EXIT_OK
    assert classes_of(json.loads(capsys.readouterr().out)) == ["invoice", "bank statement"]


def test_the_table_counts_from_one_and_names_the_suggestion(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bundle, "--class", "invoice", "--table") == EXIT_OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("bundle.pdf: 2 pages, ")
    assert max(map(len, lines)) <= 80
    first = next(line for line in lines if line.lstrip().startswith("1 "))
    assert "invoice" in first and "%" in first
    second = next(line for line in lines if line.lstrip().startswith("2 "))
    assert "unknown" in second
    assert any("maybe: bank" in line for line in lines)


def test_a_name_that_steers_the_terminal_is_shown_plain(make_pdf: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_pdf("red\x1b[31m[bold].pdf", "INVOICE")
    assert run(path, *CLASSES, "--table") == EXIT_OK
    assert run(path.with_name("gone\x1b[31m.pdf"), *CLASSES, "--table") == EXIT_DOCUMENT
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "red [31m[bold].pdf" in captured.out


def test_a_file_name_that_is_not_text_still_makes_json(make_pdf: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_pdf("b\udcff.pdf", "INVOICE")
    assert run(path, *CLASSES) == EXIT_OK
    assert json.loads(capsys.readouterr().out)["metadata"]["filename"] == "b\udcff.pdf"
