"""The shape of the project: what is public, what is documented, how long files are, what the lock files hold."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest

import pagesort
from pagesort import errors
from pagesort.doors.cli import SUBCOMMANDS
from pagesort.errors import PagesortError
from pagesort.options import PREFIX, Options

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "pagesort"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ERRORS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, PagesortError)]
FAMILIES = {errors.DocumentError}
"""Classes that stand for their children and share a code with one of them."""
MOST_LINES = 450
MACHINE_PATHS = re.compile(r"/(?:work|tmp/w|root)/|\.\./shared")


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def modules() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the project, as git sees it; all files where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    for path in [ROOT / name for name in names] or [*ROOT.glob("*.*"), *PACKAGE.rglob("*"), *(ROOT / "docs").iterdir()]:
        try:
            if path.is_file() and path != Path(__file__):
                yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a model or a picture
            continue


@pytest.mark.parametrize("name", [name for name in modules() if name != "pagesort.__main__"])
def test_all_is_sorted_and_true(name: str) -> None:
    module = importlib.import_module(name)
    public = getattr(module, "__all__", None)
    if public is None:
        return
    assert public == sorted(public, key=lambda each: (not each.isupper(), not each[0].isupper(), each)), (
        "constants, classes, functions"
    )
    assert all(getattr(module, each) is not None for each in public)


def test_the_public_names_are_what_the_package_promises_to_type_checkers() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(pagesort.__all__) == imported - {"annotations", "TYPE_CHECKING", "Any"}
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pagesort.nothing


def test_every_error_has_its_own_code_and_is_documented() -> None:
    codes = [each.code for each in ERRORS if each not in FAMILIES]
    assert len(codes) == len(set(codes))
    text = doc("errors.md")
    rows = {row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \| `(\w+)` \| (\d+) \| (\d) \|", text, re.MULTILINE)}
    expected = {each.__name__: (each.code, str(each.status), str(each.exit_code)) for each in ERRORS if each not in FAMILIES}
    assert rows == expected
    assert errors.__doc__ and all(each.__name__ in errors.__doc__ for each in ERRORS), "the tree at the top of errors.py"


def test_every_setting_is_documented_with_its_variable_and_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `PAGESORT_\w+` \| (\S+) \|", doc("settings.md"), re.MULTILINE))
    defaults = Options()
    assert rows == {field.name: shown(getattr(defaults, field.name)) for field in fields(Options)}
    assert all(f"`{PREFIX}{field.name.upper()}`" in doc("settings.md") for field in fields(Options))
    source = (PACKAGE / "options.py").read_text(encoding="utf-8")
    assert all(f"`{PREFIX}{name}`" in doc("settings.md") for name in re.findall(r'PREFIX \+ "(\w+)"', source))


def shown(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return f"{value:,}"


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_and_flag_is_documented(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    pagesort_cli = importlib.import_module("pagesort.doors.cli")
    pagesort_cli.main([name, "--help"])
    flags = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    section = re.search(rf"^## pagesort {name}$(.+?)(?=^## |\Z)", doc("cli.md"), re.MULTILINE | re.DOTALL)
    assert section, f"docs/cli.md has no section on {name}"
    assert {flag for flag in flags if f"`{flag}" not in section[1]} == set()


def test_only_options_reads_the_environment() -> None:
    readers = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if re.search(r'os\.environ(?!\["\w+"\] = )|getenv', path.read_text(encoding="utf-8"))
    }
    assert readers == {"options.py"}


def test_onnxruntime_is_kept_from_reporting_home_before_anything_can_load_it() -> None:
    code = "import pagesort, os, sys; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "1 False\n"


def test_the_changelog_and_the_version_agree() -> None:
    newest = re.search(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest and newest[1] == pagesort.__version__ == PYPROJECT["project"]["version"]


def test_no_file_is_too_long() -> None:
    folders = [ROOT / name for name in ("src", "tests", "samples", "benchmarks", "train", "scripts")]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES and "node_modules" not in name} == {}


def test_nothing_names_a_place_on_a_developers_machine() -> None:
    assert [str(path.relative_to(ROOT)) for path, text in texts() if MACHINE_PATHS.search(text)] == []


def test_the_locks_cover_what_is_asked_for_and_nothing_unwanted() -> None:
    project, groups = PYPROJECT["project"], PYPROJECT["dependency-groups"]
    everything = locked("requirements.lock")
    runtime = locked("requirements-run.lock")
    assert names(project["dependencies"]) <= set(runtime)
    assert names([*project["dependencies"], *chain(*project["optional-dependencies"].values()), *groups["dev"]]) <= set(
        everything
    )
    assert runtime.items() <= everything.items(), "the same versions in both"
    assert not {"torch", "uv"} & set(everything)


def locked(name: str) -> dict[str, str]:
    """Package → version. Every one is pinned by hash, and no address of a registry is written down."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text and "index-url" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    return {package.lower(): version for package, version in (re.match(r"([\w.-]+)==(\S+)", entry).groups() for entry in entries)}  # type: ignore[union-attr]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}
