from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pagesort.doors.cli import main
from pagesort.errors import EXIT_DOCUMENT, EXIT_OK, EXIT_UNDELIVERED, EXIT_USAGE, EXIT_WARNINGS
from tests.send.receiver import receiving

CLASSES = ["--class", "invoice", "--class", "bank statement"]


def test_split_writes_files_and_prints_the_manifest(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["split", str(bundle), *CLASSES, "-o", str(out), "--name", "{class}-{first}", "--exclude", "invoice"]) == EXIT_OK
    manifest = json.loads(capsys.readouterr().out)
    assert [(each["class"], each["status"], each["file"]) for each in manifest["documents"]] == [
        ("invoice", "dropped", None),
        ("bank statement", "written", "bank-statement-2.pdf"),
    ]
    assert sorted(path.name for path in out.iterdir()) == ["bank-statement-2.pdf", "bundle-manifest.json"]


def test_one_bad_file_stops_no_other(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bundle.read_bytes())))
    out = tmp_path / "out"
    assert main(["split", "missing.pdf", "-", *CLASSES, "-o", str(out)]) == EXIT_DOCUMENT
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["filename"] == "missing.pdf" and first["error"]["code"] == "document_not_found"
    assert second["documents"][0]["file"] == "stdin-01-invoice.pdf"


def test_route_by_class_file_and_flag(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classes, statements = tmp_path / "classes.yaml", tmp_path / "statements"
    with receiving() as endpoint:
        classes.write_text(f"- class: invoice\n  route: {endpoint.url}\n- bank statement\n")
        argv = ["route", str(bundle), "--classes", str(classes), "-o", str(tmp_path / "out"), "--price", "0.5", "--table"]
        assert main(argv) == EXIT_OK
        told = capsys.readouterr().out
        assert "2 pages: 1 kept, 1 dropped, 0 failed; 0.5 saved at 0.5 a page" in told
        assert main([*argv, "--to", f"bank statement={statements}"]) == EXIT_OK
        assert "already delivered" in capsys.readouterr().out
    assert len(endpoint.taken) == 1 and endpoint.requests == 1
    assert [path.name for path in statements.iterdir()] == ["bundle-02-bank-statement.pdf"]


def test_what_could_not_be_delivered_is_told(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with receiving(lambda number: (422, {})) as endpoint:
        argv = ["route", str(bundle), *CLASSES, "--to", f"invoice={endpoint.url}", "-o", str(tmp_path / "out")]
        assert main(argv) == EXIT_UNDELIVERED
    captured = capsys.readouterr()
    assert "document 1 (invoice): " in captured.err and "HTTP status 422" in captured.err
    assert json.loads(captured.out)["documents"][0]["file"] == "failed/bundle-01-invoice.pdf"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["split", "--name", "{secret}"], "{secret} cannot be filled in"),
        (["split", "--exclude", "letter"], "there is no class 'letter'"),
        (["route"], "no class has a route"),
        (["route", "--to", "letter=a"], "there is no class 'letter'"),
        (["route", "--to", "invoice"], "must be CLASS=WHERE"),
    ],
)
def test_usage_errors_come_before_any_work(
    argv: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*argv, "missing.pdf", *CLASSES, "-o", str(tmp_path)]) == EXIT_USAGE
    assert told in capsys.readouterr().err


def test_lint_tells_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("- invoice\n- passport\n")
    bad.write_text("- bill\n- bank statment\n")
    assert main(["lint", str(good)]) == EXIT_OK
    assert capsys.readouterr().out == "2 classes, 0 warnings\n"
    assert main(["lint", str(good), str(bad)]) == EXIT_WARNINGS
    assert "fix: write 'bank statement'" in capsys.readouterr().out
    assert main(["lint", "--json", str(good), str(bad)]) == EXIT_WARNINGS
    findings = json.loads(capsys.readouterr().out)
    assert {tuple(each["classes"]) for each in findings} == {("invoice", "bill"), ("bank statment",)}
    assert set(findings[0]) == {"kind", "classes", "overlap", "measure", "message", "fix"}
