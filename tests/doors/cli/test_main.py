from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pagesort import __version__, errors
from pagesort.doors.cli import EXIT_CODES, SUBCOMMANDS, main
from pagesort.errors import EXIT_OK, EXIT_USAGE, PagesortError

HEAVY = {
    "numpy",
    "onnxruntime",
    "rapidocr",
    "cv2",
    "PIL",
    "pypdfium2",
    "rich",
    "yaml",
    "tokenizers",
    "fastapi",
    "uvicorn",
    "httpcore",
    "urllib3",
}
DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("argv", [["--help"], ["--version"], *[[name, "--help"] for name in SUBCOMMANDS]], ids=" ".join)
def test_help_waits_for_nothing_heavy(argv: list[str]) -> None:
    code = f"import sys; from pagesort.doors.cli import main; main({argv!r}); print('loaded:', *sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ran.stdout.partition("loaded:")[2].split()}
    assert not loaded & HEAVY


def test_help_lists_every_subcommand_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == EXIT_OK
    text = capsys.readouterr().out
    assert all(name in text for name in SUBCOMMANDS)
    assert all(f"{code:3}  {meaning}" in text for code, meaning in EXIT_CODES.items())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == EXIT_OK
    assert capsys.readouterr().out == f"pagesort {__version__}\n"


@pytest.mark.parametrize("argv", [[], ["frobnicate"], ["classify"], ["classify", "a.pdf", "--frobnicate"]], ids=" ".join)
def test_what_makes_no_sense_is_a_usage_error(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == EXIT_USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage: pagesort" in captured.err


def test_python_m_pagesort() -> None:
    ran = subprocess.run([sys.executable, "-m", "pagesort", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"pagesort {__version__}\n"


def test_every_exit_code_has_a_meaning_and_the_docs_tell_it() -> None:
    declared = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    carried = {each.exit_code for each in vars(errors).values() if isinstance(each, type) and issubclass(each, PagesortError)}
    assert carried <= declared <= set(EXIT_CODES)
    rows = dict(re.findall(r"^\| (\d+) \| (.+?) \|$", (DOCS / "cli.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert rows == {str(code): meaning for code, meaning in EXIT_CODES.items()}
