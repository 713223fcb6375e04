"""How far a scan is read, by what the judge said while it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from pagesort.doubts import SURE_OF_NONE, Doubts
from pagesort.see.reading import needed
from pagesort.types import UNKNOWN, PageClass, Sight, Verdict

SIGHT = Sight(0, 595.0, 842.0, (), "ocr")


@dataclass
class Says:
    """A judge that gives answers that were set down before, one after the other."""

    answers: list[tuple[str, float]]
    version: str = "said"
    model_hash: str = "none"

    def judge(self, sights: Sequence[Sight], classes: Sequence[PageClass]) -> list[Verdict]:
        name, confidence = self.answers.pop(0)
        return [Verdict(each.page, name, "said so", None, confidence) for each in sights]


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ([("invoice", 0.95)], 0.95),
        ([("letter", 0.6), ("invoice", 0.95)], 0.95),  # a guess may be given up
        ([(UNKNOWN, 0.97)], 0.84),  # what speaks for a class may still come
        ([("Other", 0.97)], 0.84),
        ([(UNKNOWN, 0.97), ("invoice", 0.95)], 0.0),  # one of the two was wrong, though as good as sure
        ([(UNKNOWN, 0.97), ("invoice", 0.95), ("invoice", 0.99)], 0.0),
    ],
)
def test_a_page_is_read_on_until_nothing_speaks_against_the_answer(answers: list[tuple[str, float]], last: float) -> None:
    doubts = Doubts(Says(list(answers)), [PageClass("invoice"), PageClass("letter")])
    assert [doubts.sure(SIGHT) for _ in answers][-1] == last


def test_a_page_is_unknown_only_after_32_lines() -> None:
    assert needed(31) > SURE_OF_NONE >= needed(32)
