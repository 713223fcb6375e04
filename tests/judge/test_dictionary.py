import re
from collections import defaultdict

import pytest
import yaml

from pagesort.judge import parse_classes
from pagesort.judge.dictionary import translate
from pagesort.judge.embedded import EmbeddedJudge
from pagesort.judge.knowledge import PageType, page_types
from pagesort.judge.shipped import DICTIONARY
from pagesort.judge.words import key
from tests.pages import sight


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("RECHNUNG Nr. 7", "invoice number. 7"),
        ("Facture n° 12", "invoice n° 12"),
        ("Relevé de compte", "statement de account"),
        ("Kontoauszug", "account statement"),
        ("Handelsrechnungen", "handels invoice"),
        ("an invoice for office furniture", "an invoice for office furniture"),
        ("", ""),
    ],
)
def test_words_are_put_into_english_and_all_else_stays(text: str, english: str) -> None:
    assert translate(text) == english


def test_english_stays_as_it_is() -> None:
    """By the descriptions of page types, which are English but for a few names of foreign papers."""
    words = [word for each in page_types() for word in re.findall(r"[^\W\d_]{2,}", each.description)]
    changed = [word for word in words if key(translate(word)) != key(word)]
    assert len(changed) < 0.005 * len(words), changed


def test_no_word_has_two_meanings_and_none_is_longer_than_a_word() -> None:
    entries = yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))
    meanings = defaultdict(set)
    for english, words in entries.items():
        for word in words.split(","):
            assert len(word.split()) == 1, word
            meanings[key(word)].add(english)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}
    assert not meanings.keys() & set(map(key, entries)), "an English word of one entry is a foreign one of another"


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("RECHNUNG", "invoice"),
        ("PASSEPORT", "passport"),
        ("Mietvertrag", "lease"),
        ("Lebenslauf", "resume"),
        ("Ricevuta", "receipt"),
    ],
)
def test_a_class_nobody_knows_is_found_on_a_page_in_another_language(title: str, right: str) -> None:
    judge = EmbeddedJudge("test", types=[PageType("seed catalogue", "Seeds for gardens.", telling=("packets of seed",))])
    page = sight(f"# {title}\nNr. 20417\nMuster 12, 04109 Leipzig\n31.03.2024")
    assert judge.judge([page], parse_classes(["invoice", "passport", "lease", "resume", "receipt"]))[0].name == right


def test_a_class_in_another_language_is_found_on_an_english_page() -> None:
    judge = EmbeddedJudge("test", types=[PageType("seed catalogue", "Seeds for gardens.", telling=("packets of seed",))])
    page = sight("# INVOICE\nNo. 20417\n12 Orchard Row\n31 March 2024")
    assert judge.judge([page], parse_classes(["Rechnung", "Reisepass", "Quittung"]))[0].name == "Rechnung"
