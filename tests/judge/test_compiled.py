"""The knowledge indexed in advance: the same as made anew, and never taken where it is not whole and of this very code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pagesort.judge import compiled
from pagesort.judge.embedded import knowledge
from pagesort.judge.evidence import PageText
from pagesort.types import Line, PageClass, Sight

LINES = ("Pay slip", "Employee: Odile Varga", "Gross pay 3,120.00", "Net pay 2,204.50", "Year to date")
SIGHT = Sight(0, 595.0, 842.0, tuple(Line(text, 0.1, 0.1 * n, 0.6, 0.1 * n + 0.02, 0.02) for n, text in enumerate(LINES)), "ocr")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled.write(tmp_path_factory.mktemp("compiled") / "knowledge.pickle")


def test_it_says_the_same_as_what_is_made_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, atlas = knowledge()
    monkeypatch.setattr(compiled, "_made", lambda: pytest.fail("the file was not used"))
    index, loaded = compiled.load(file)
    text = PageText(SIGHT)
    assert np.array_equal(index.look_up(text).features, fresh.look_up(text).features)
    assert index.types == fresh.types
    for name in ("payslip", "tax form", "URLA or 1003", "Mietverträge"):
        assert loaded.types_of(PageClass(name)) == atlas.types_of(PageClass(name))


@pytest.mark.parametrize("harm", ["missing", "cut short", "of other knowledge"])
def test_what_cannot_be_trusted_is_made_anew(file: Path, tmp_path: Path, harm: str) -> None:
    content, other = file.read_bytes(), tmp_path / "other.pickle"
    if harm == "cut short":
        other.write_bytes(content[: len(content) // 2])
    elif harm == "of other knowledge":
        other.write_bytes(b"0" * 64 + content[64:])
    assert compiled.load(other)[0].types == knowledge()[0].types
