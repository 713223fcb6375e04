"""How pages look: what each look is measured by, on pages made here."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pagesort.judge.shape import LOOKS, shape
from pagesort.types import Picture, Sight
from tests.pages import INVOICE, sight

PICTURE = Picture(handwriting=0.0, photograph=0.0, colour=0.0, rules=0.0, staves=0.0, shade=0.0)


def looks(page: Sight) -> dict[str, float]:
    return dict(zip(LOOKS, shape(page).tolist(), strict=True))


def drawn(text: str, ink: float = 0.08, **seen: float) -> Sight:
    return replace(sight(text, origin="ocr", ink=ink), picture=replace(PICTURE, **seen))


@pytest.mark.parametrize(
    ("text", "book", "card"),
    [
        ("P<UTOLUNDGREN<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", 1, 0),
        ("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nLUNDGREN<<ANNA<MARIA<<<<<<<<<<", 0, 1),
        ("P < UTO LUNDGREN << ANNA < MARIA <<<<<<<<<<<<<", 1, 0),
        ("PAGE <<1>> OF 3", 0, 0),
    ],
)
def test_lines_for_machines_tell_a_passport_from_a_card(text: str, book: float, card: float) -> None:
    found = looks(sight(text))
    assert (found["mrz of a book"], found["mrz of a card"]) == (book, card)
    assert found["mrz"] == max(book, card)


@pytest.mark.parametrize(
    ("text", "expected"), [("04/03/2026 18:42:07", True), ("6:15 PM", True), ("4 March 2026 | 12.80", False)]
)
def test_a_time_of_day_is_what_tills_print(text: str, expected: bool) -> None:
    assert (looks(sight(text))["clock"] > 0) == expected


def test_what_nobody_looked_at_is_not_taken_for_absent() -> None:
    unseen = looks(sight(INVOICE))
    assert math.isnan(unseen["photograph"])
    assert math.isnan(unseen["colour"])
    assert not any(math.isnan(value) for value in looks(drawn(INVOICE)).values())


def test_what_the_picture_shows_is_a_look() -> None:
    seen = looks(drawn(INVOICE, handwriting=0.9, photograph=0.5, colour=0.5, rules=40, staves=6, shade=1))
    assert seen["handwritten"] == 0.9
    assert {seen[look] for look in ("photograph", "colour", "form", "staves", "dark")} == {1.0}


def test_a_stamp_on_a_back_is_next_to_nothing() -> None:
    assert looks(drawn("RECEIVED\n18 March 2026", ink=0.012))["empty"] == 1.0
    assert looks(drawn(INVOICE))["empty"] == 0.0
    assert looks(sight(INVOICE))["empty"] < 0.5


def test_scripts_without_spaces_are_not_short_of_words() -> None:
    prose = "他在这家公司工作了五年，负责产品的设计和开发，并且带领一个团队。"
    found = looks(sight("\n".join([prose] * 20)))
    assert (found["sparse"], found["short"], found["empty"]) == (0, 0, 0)
    assert found["prose"] > 0.9
