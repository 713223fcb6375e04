import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pagesort.judge.words import first_runs, key, singular, tokens


def test_spellings_of_one_name_share_a_key() -> None:
    assert {key(name) for name in ("pay stub", "Pay_Stub", "PayStub", "pay-stub", "PAY  STUB", "paystub")} == {"paystub"}


def test_ocr_that_drops_or_invents_spaces_changes_no_key() -> None:
    assert key("InvoiceNumber") == key("invoice number") == key("I n voice number")
    assert key("W-2") == key("W2") == key("w 2")


def test_accents_and_ligatures_are_folded() -> None:
    assert key("Relevé d'identité") == key("releve d'identite")
    assert key("Maßnahme") == "massnahme"


def test_scripts_without_spaces_go_by_the_character() -> None:
    assert tokens("发票 No.7") == ["发", "票", "no", "7"]


def test_plurals_agree_with_singulars() -> None:
    assert singular("bank statements") == singular("Bank Statement")
    assert singular("policies") == singular("policy")
    assert singular("analysis") == "analysis"


def test_runs_say_where_they_first_stand() -> None:
    assert first_runs(["total", "amount", "due", "amount"])["amountdue"] == 1
    assert first_runs(["total", "amount", "due", "amount"])["amount"] == 1


@given(st.text())
def test_no_token_holds_space_punctuation_or_symbols(text: str) -> None:
    assert all(tokens(text))
    assert not any(unicodedata.category(char)[0] in "PSZ" for token in tokens(text) for char in token)
