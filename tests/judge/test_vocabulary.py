import math

import numpy as np

from pagesort.judge.vocabulary import Vocabulary, roots
from pagesort.judge.words import tokens


def test_roots_are_what_words_of_one_family_share() -> None:
    assert roots(tokens("Calibrations calibrated the 2024 of B")) == {"calibra"}


def test_the_type_with_the_rarer_words_in_common_is_likelier() -> None:
    held = [roots(each.split()) for each in ("invoice total date", "calibration gauge date", "letter date total")]
    likeness = Vocabulary(held).likeness(roots(["gauge", "calibrated", "date"]))
    assert likeness.argmax() == 1 and 0 < likeness[0] < likeness[1] <= math.sqrt(3)  # the page has three roots


def test_of_two_types_with_the_same_words_the_one_of_few_others_is_likelier_but_hardly() -> None:
    held = [roots(each.split()) for each in ("gauge valve", "gauge valve tank hose pump motor axle", "letter")]
    fewer, more, none = Vocabulary(held, {}).likeness(roots(["gauge", "valve"]))
    assert more < fewer < 1.5 * more and none == 0


def test_a_page_without_words_is_like_nothing() -> None:
    assert not np.any(Vocabulary([roots(["invoice"])]).likeness(frozenset()))
    assert Vocabulary([]).likeness(roots(["invoice"])).shape == (0,)
