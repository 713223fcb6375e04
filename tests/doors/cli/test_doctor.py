from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from pagesort.doors.cli import doctor, main
from pagesort.errors import EXIT_MISSING, EXIT_OK

PYPROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_a_working_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == EXIT_OK
    text = capsys.readouterr().out
    assert "self-check" in text
    assert "missing" not in text
    assert "broken" not in text


def test_as_json_with_a_base_module_and_an_extra_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "BASE_MODULES", {"numpy": "no_such_module"})
    monkeypatch.setattr(doctor, "EXTRA_MODULES", {"http": {"fastapi": "no_such_module"}})
    assert main(["doctor", "--json"]) == EXIT_MISSING
    report = json.loads(capsys.readouterr().out)
    found = {check["name"]: check for check in report["checks"]}
    assert not report["ok"]
    assert (found["numpy"]["state"], found["numpy"]["required"]) == ("missing", True)
    assert (found["extra: http"]["state"], found["extra: http"]["required"]) == ("missing", False)
    assert found["extra: http"]["fix"] == 'pip install "pagesort[http]"'
    assert found["self-check"]["state"] == "ok"


def test_a_missing_extra_alone_is_no_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "EXTRA_MODULES", {"http": {"fastapi": "no_such_module"}})
    assert main(["doctor"]) == EXIT_OK
    assert 'install with: pip install "pagesort[http]"' in capsys.readouterr().out


def test_a_check_that_fails_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def explode() -> doctor.Check:
        raise RuntimeError("out of order")

    monkeypatch.setattr(doctor, "_codecs", explode)
    assert main(["doctor"]) != EXIT_OK
    text = capsys.readouterr().out
    assert "RuntimeError: out of order" in text
    assert "self-check" in text


def test_weights_are_held_against_their_checksums(tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(b"weights")
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(b'weights').hexdigest()}  a.onnx\n")
    assert doctor.check_weights(tmp_path).state == "ok"
    (tmp_path / "a.onnx").write_bytes(b"other weights")
    assert doctor.check_weights(tmp_path).state == "broken"
    (tmp_path / "a.onnx").unlink()
    assert doctor.check_weights(tmp_path).state == "broken"
    (tmp_path / "SHA256SUMS").unlink()
    assert doctor.check_weights(tmp_path).state == "missing"


def test_every_dependency_and_extra_is_examined() -> None:
    def names(requirements: list[str]) -> set[str]:
        return {requirement.partition(">")[0].lower() for requirement in requirements}

    assert {name.lower() for name in doctor.BASE_MODULES} == names(PYPROJECT["dependencies"])
    extras = {extra: names(requirements) for extra, requirements in PYPROJECT["optional-dependencies"].items()}
    assert {extra: set(modules) for extra, modules in doctor.EXTRA_MODULES.items()} == extras
