import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pagesort.judge.runs import Finder, Runs
from pagesort.judge.words import LONGEST_PHRASE, key, singular, tokens


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


def test_known_runs_are_found_wherever_they_stand() -> None:
    runs = Runs(["total", "amount", "due", "amount"])
    amount_due, amount, with_a_space = 0, 1, 2
    keys = {"amountdue": amount_due, "amount": amount, "due date": with_a_space}
    assert list(Finder(keys).find(runs)) == [(1, 2, amount), (1, 3, amount_due), (3, 4, amount)]


@given(st.lists(st.sampled_from(["in", "voice", "invoice", "number", "statement", "of", "a", "certificateofinsurance"])))
def test_no_run_is_missed(words: list[str]) -> None:
    texts = ["invoice", "invoicenumber", "statementofa", "a", "certificateofinsurance", "certificateofinsurancenumber", "ofa"]
    keys = {text: number for number, text in enumerate(texts)}
    lasts = [range(first + 1, min(len(words), first + LONGEST_PHRASE) + 1) for first in range(len(words))]
    runs = [(first, last, "".join(words[first:last])) for first in range(len(words)) for last in lasts[first]]
    assert list(Finder(keys).find(Runs(words))) == [(first, last, keys[run]) for first, last, run in runs if run in keys]


@given(st.text())
def test_no_token_holds_space_punctuation_or_symbols(text: str) -> None:
    assert all(tokens(text))
    assert not any(unicodedata.category(char)[0] in "PSZ" for token in tokens(text) for char in token)
