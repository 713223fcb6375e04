"""The invented pages that encoders are taught on."""

from __future__ import annotations

import random

from pagesort.judge.knowledge import page_types
from pagesort.judge.words import key
from train.pages import PageMaker

TYPES = [each for each in page_types() if each.shown and not each.umbrella][::40]


def test_each_page_shows_something_of_its_type_and_no_two_are_alike() -> None:
    maker = PageMaker(TYPES)
    for each in TYPES:
        one, other = (maker.page(each, random.Random(seed)) for seed in (1, 2))
        assert one != other
        assert one == maker.page(each, random.Random(1))
        shown = [key(text) for text in (*each.shown, *each.words)]
        assert any(found in key(one + other) for found in shown), f"{each.name}: {one}"


def test_a_class_is_asked_for_by_name_or_by_description() -> None:
    maker, rng = PageMaker(TYPES), random.Random(3)
    for each in TYPES:
        asked = {maker.wanted(each, rng) for _ in range(12)}
        assert all(asked) and len(asked) > 1, each.name
