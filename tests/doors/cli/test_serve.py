"""`pagesort serve` as a process: where it listens, what it prints, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from pagesort.doors.cli import main
from pagesort.errors import EXIT_MISSING, EXIT_USAGE
from pagesort.options import api_keys_from_env
from tests.serving import invoice_pdf


@contextmanager
def served(**environ: str) -> Iterator[tuple[str, str, subprocess.Popen[str]]]:
    """Base URL, greeting and process of a server on a free port."""
    command = [sys.executable, "-m", "pagesort", "serve", "--port", "0"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env={**os.environ, **environ}, **streams) as process:  # type: ignore[call-overload]
        try:
            greeting = process.stderr.readline() + process.stderr.readline()
            address = re.search(r"http://[^/\s]+:\d+", greeting)
            assert address, greeting + process.stderr.read()
            yield address.group(), greeting, process
        finally:
            process.kill()


@pytest.mark.slow
def test_it_answers_with_keys_from_the_environment_and_ends_in_good_order() -> None:
    with served(PAGESORT_API_KEYS="one, two") as (base_url, greeting, process):
        ask = {"data": {"classes": '["invoice", "passport"]'}, "files": {"document": ("a.pdf", invoice_pdf())}}
        refused = httpx.post(f"{base_url}/v1/ade/classify", **ask)  # type: ignore[arg-type]
        answered = httpx.post(f"{base_url}/v1/ade/classify", **ask, headers={"Authorization": "Bearer two"})  # type: ignore[arg-type]
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=20)

    assert refused.status_code == 401
    assert answered.json()["classification"][0]["class"] == "invoice"
    assert process.returncode == 0
    assert stdout == ""
    assert f'base_url="{base_url}"' in greeting and f'baseURL: "{base_url}"' in greeting
    assert "Traceback" not in stderr


def test_a_taken_port_is_a_usage_error_that_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port]) == EXIT_USAGE

    assert f"port {port}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "flags", [["--port", "99999"], ["--host", "256.0.0.1"], ["--port", "http"], ["--model", "classify-1999"]]
)
def test_senseless_flags_are_usage_errors(flags: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *flags]) == EXIT_USAGE
    assert capsys.readouterr().err


def test_without_the_extra_the_install_line_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for module in [name for name in sys.modules if name.startswith("pagesort.doors.http")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "uvicorn", None)

    assert main(["serve"]) == EXIT_MISSING
    assert 'pip install "pagesort[http]"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "keys"), [(None, set()), ("", set()), (" , ", set()), ("one", {"one"}), ("one, two,,", {"one", "two"})]
)
def test_keys_are_separated_by_commas(value: str | None, keys: set[str]) -> None:
    assert api_keys_from_env({} if value is None else {"PAGESORT_API_KEYS": value}) == keys
