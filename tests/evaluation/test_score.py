import math

import pytest

from pagesort.evaluation import score
from pagesort.evaluation.score import Scored, Tally
from pagesort.evaluation.tasks import PageFacts
from pagesort.types import UNKNOWN


def page(right: bool, confidence: float | None = None, *, expected: str = "invoice", answered: str | None = None) -> Scored:
    answered = answered or (expected if right else "letter")
    return Scored("t", "trade", "a.pdf", 0, expected, answered, right, confidence, "", None, PageFacts())


def test_unknown_precision_counts_answers_and_recall_counts_expectations() -> None:
    scored = [
        page(True, expected=UNKNOWN),
        page(False, expected=UNKNOWN, answered="invoice"),
        page(False, expected="invoice", answered=UNKNOWN),
        page(True, expected="blank page", answered=UNKNOWN),  # acceptable for that page
    ]
    assert score.unknown_precision(scored) == Tally(2, 3)
    assert score.unknown_recall(scored) == Tally(1, 2)
    assert score.needlessly_unknown(scored) == [scored[2]]


def test_a_share_of_nothing_is_none() -> None:
    assert score.tally([]).share is None


def test_tallies_leave_out_pages_of_which_nothing_is_known() -> None:
    scored = [page(True), page(False, expected="letter", answered="memo")]
    assert score.tally_by(scored, lambda each: each.expected if each.right else None) == {"invoice": Tally(1, 1)}


def test_calibration_error_is_the_weighted_gap_between_confidence_and_accuracy() -> None:
    # The bin (0.8, 0.9]: two pages, accuracy 0.5, confidence 0.9. The bin (0.1, 0.2]: one page, accuracy 0, confidence 0.2.
    scored = [page(True, 0.9), page(False, 0.9), page(False, 0.2)]
    error = score.calibration_error(scored)
    assert error is not None and math.isclose(error, (2 * 0.4 + 1 * 0.2) / 3)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_calibration_error_takes_the_ends_of_the_scale(confidence: float) -> None:
    assert score.calibration_error([page(confidence == 1.0, confidence)]) == 0.0


def test_pages_without_confidence_are_left_out_of_calibration() -> None:
    assert score.calibration_error([page(False)]) is None
    assert score.calibration_error([page(False), page(True, 1.0)]) == 0.0


def test_errors_among_the_least_certain_tenth() -> None:
    scored = [page(index not in (0, 7), index / 20) for index in range(20)]
    assert score.errors_among_least_certain(scored) == Tally(1, 2)
