import numpy as np
import pytest

from pagesort.judge.knowledge import page_types
from pagesort.judge.meaning import Meaning, described, fingerprint, shipped_vectors
from pagesort.types import PageClass

TYPES = page_types()


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(TYPES)


def likeliest(meaning: Meaning, name: str, description: str | None = None) -> list[str]:
    shares = meaning.shares(PageClass(name, description))
    return [TYPES[number].name for number in np.argsort(-shares)[:3]]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("bank statment", "bank statement"),  # misspelt
        ("monthly bank account statements", "bank statement"),
        ("purchasing order (supplier)", "purchase order"),
        ("rapport de laboratoire medical", "lab report"),  # a related language
        ("Wartungsbericht", "maintenance record"),  # another one
        ("rentalLeaseAgreementCopy", "lease agreement"),
        ("T&Cs", "terms and conditions"),
        ("UM", "user manual"),
    ],
)
def test_names_near_a_known_one(meaning: Meaning, name: str, meant: str) -> None:
    assert meant in likeliest(meaning, name)


@pytest.mark.parametrize(
    ("description", "meant"),
    [
        ("Lists deposits, withdrawals and the balance of a checking account over a month", "bank statement"),
        ("Earnings and deductions of an employee for one pay period, with net pay", "pay stub"),
        ("A court's written reasons for deciding an appeal", "court opinion"),
    ],
)
def test_a_description_stands_in_for_a_name_that_says_nothing(meaning: Meaning, description: str, meant: str) -> None:
    assert meant in likeliest(meaning, "type_a", description)


def test_shares_are_probabilities_and_spread_thin_where_nothing_is_near(meaning: Meaning) -> None:
    for wanted in (PageClass("bank stmnt"), PageClass("zqx vrt"), PageClass("類型甲", "帳單"), PageClass("x", "")):
        shares = meaning.shares(wanted)
        assert shares.shape == (len(TYPES),)
        assert shares.sum() == pytest.approx(1)
        assert (shares >= 0).all()
    assert meaning.shares(PageClass("zqx vrt")).max() < meaning.shares(PageClass("bank statment")).max()


def test_the_vectors_of_all_shipped_types_were_made_in_advance() -> None:
    kept = shipped_vectors()
    missing = [each.name for each in page_types() for text in (each.name, described(each)) if fingerprint(text) not in kept]
    assert not missing, "descriptions have changed: run python -m train.meaning --write"
