import numpy as np
import pytest

from samples.degrade import DAMAGE, skew
from samples.documents import make, pictures

LETTER = pictures(make("letter"), 72)[0]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_follows_from_the_seed(damage: str) -> None:
    spoil = DAMAGE[damage]
    assert np.array_equal(spoil(LETTER, 1), spoil(LETTER, 1))
    assert not np.array_equal(spoil(LETTER, 1), spoil(LETTER, 2))


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_keeps_the_form_of_a_picture_and_leaves_the_original_alone(damage: str) -> None:
    before = LETTER.copy()
    spoiled = DAMAGE[damage](LETTER, 3)
    assert spoiled.dtype == np.uint8 and spoiled.ndim == 3 and spoiled.shape[2] == 3
    assert np.array_equal(LETTER, before)


def test_a_scan_has_grey_paper_and_a_fax_has_none() -> None:
    assert np.median(DAMAGE["scan"](LETTER, 0)) < 245
    assert np.median(DAMAGE["fax"](LETTER, 0)) == 255


def test_upside_down_turns_the_page_round() -> None:
    assert np.array_equal(DAMAGE["upside down"](LETTER, 4)[::-1, ::-1], DAMAGE["scan"](LETTER, 4))


def test_skew_keeps_the_size() -> None:
    assert skew(LETTER, 2.0).shape == LETTER.shape
