import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.link.certainty import calibrated, certainty
from pagesort.types import Candidate, Facts, Verdict

SHARES = st.lists(st.floats(0.0001, 1), min_size=1, max_size=12)


@given(SHARES)
def test_classes_and_their_order_stay_and_scores_still_sum_to_one(shares: list[float]) -> None:
    scores = sorted((share / sum(shares) for share in shares), reverse=True)
    candidates = tuple(Candidate(f"class {number}", score) for number, score in enumerate(scores))
    (after,) = calibrated([Verdict(0, "class 0", "", confidence=scores[0], candidates=candidates)])
    assert after.name == "class 0" and after.confidence == after.candidates[0].score
    assert [each.name for each in after.candidates] == [each.name for each in candidates]
    assert list(after.candidates) == sorted(after.candidates, key=lambda each: -each.score)
    assert len(scores) == 1 or sum(each.score for each in after.candidates) == pytest.approx(1, abs=0.002)


def test_more_sure_stays_more_sure_and_nothing_becomes_certain() -> None:
    sure = [certainty(number / 100) for number in range(101)]
    assert sure == sorted(sure) and sure[0] > 0 and sure[-1] < 1


def test_blank_pages_and_pages_without_a_score_are_left_alone() -> None:
    verdicts = [Verdict(0, "blank page", "", confidence=1.0, facts=Facts(blank=True)), Verdict(1, "unknown", "")]
    assert calibrated(verdicts) == verdicts
