"""Misread words come back to the words that are known, and to no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.judge.spelling import Speller

SPELLER = Speller(["invoice", "statement", "balance", "ballance", "tenant", "tenants", "total"])


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("lnvoice", "invoice"),  # one letter read wrongly
        ("invoce", "invoice"),  # left out
        ("inv0oice", "invoice"),  # added
        ("statemcnt", "statement"),
        ("invoice", "invoice"),
        ("tenants", "tenants"),  # known words stay, however near others are
        ("balhance", "balhance"),  # two known words are as near: nobody can tell
        ("ltvoice", "ltvoice"),  # two letters off
        ("tot", "tot"),  # too short to tell
    ],
)
def test_one_misread_letter_is_mended(read: str, mended: str) -> None:
    assert SPELLER.mend([read]) == [mended]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_words_keep_their_number_and_only_become_known_ones(words: list[str]) -> None:
    mended = SPELLER.mend(words)
    assert len(mended) == len(words)
    assert all(new == old or new in SPELLER.mend([new]) for old, new in zip(words, mended, strict=True))
    assert SPELLER.mend(mended) == mended
