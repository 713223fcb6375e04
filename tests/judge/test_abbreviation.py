"""Names cut short are read in full, and nothing else is touched."""

import pytest

from pagesort.judge.abbreviation import Abbreviations
from pagesort.judge.brief import make_brief
from pagesort.judge.embedded import knowledge, meaning
from pagesort.types import PageClass

NAMES = Abbreviations(
    (
        *("beneficiary change request", "change order", "collateral assignment", "claimant statement", "loan agreement"),
        *("policy surrender or loan request", "benefit statement", "benefit statement annual", "benefit letter"),
        "college transcript",
    )
)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("BENE CHG", "beneficiary change"),
        ("coll asgn", "collateral assignment"),
        ("CLMT STMT", "claimant statement"),
        ("loan surr", "loan surrender"),
        ("Ben Stmts", "benefit statement"),
        ("Pmt Hist", "payment history"),
    ],
)
def test_words_cut_short_become_those_of_the_name_that_has_them_all(name: str, full: str) -> None:
    assert NAMES.written_out(name).rstrip("s") == full


@pytest.mark.parametrize("name", ["loan agreement", "W-9", "", "Zemelapis", "FOA", "type_a", "change", "日本語", "xq zz"])
def test_what_is_not_cut_short_stays_as_it_is(name: str) -> None:
    assert NAMES.written_out(name) == name


def test_a_class_cut_short_means_the_type_and_keeps_its_own_name() -> None:
    index, atlas = knowledge()
    brief = make_brief([PageClass("EMP VERIF LTR")], atlas, index, meaning)
    best = brief.means[0].types[brief.means[0].log_degrees.argmax()]
    assert brief.classes == (PageClass("EMP VERIF LTR"),)
    assert "employment" in index.types[best].name
