from collections import defaultdict

import pytest

from pagesort.errors import BadKnowledge
from pagesort.judge.knowledge import load, page_types
from pagesort.judge.shape import LOOKS
from pagesort.judge.words import LONGEST_PHRASE, key, tokens

TYPES = page_types()


def test_every_type_is_described_and_can_be_recognised() -> None:
    broader = {name for page_type in TYPES for name in page_type.broader}
    for page_type in TYPES:
        assert page_type.description, page_type.name
        assert page_type.umbrella == (not page_type.telling), page_type.name
        assert not page_type.umbrella or page_type.name in broader, f"{page_type.name} is a word for nothing"


def test_no_name_belongs_to_two_types() -> None:
    owners = defaultdict(set)
    for page_type in TYPES:
        for name in (page_type.name, *page_type.names):
            owners[key(name)].add(page_type.name)
    assert {name: types for name, types in owners.items() if len(types) > 1} == {}


def test_every_phrase_can_be_found_on_a_page() -> None:
    for page_type in TYPES:
        for phrase in (*page_type.titles, *page_type.telling, *page_type.phrases, *page_type.against):
            assert 1 <= len(tokens(phrase)) <= LONGEST_PHRASE, f"{page_type.name}: {phrase!r}"


def test_looks_are_looks_that_are_measured() -> None:
    assert {look for page_type in TYPES for look in page_type.looks} <= set(LOOKS)


def test_fields_are_borrowed_from_types_that_exist() -> None:
    names = {page_type.name for page_type in TYPES}
    assert {lender for page_type in TYPES for lender in page_type.fields_of} <= names


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- name: [", "not valid YAML"),
        ("name: invoice", "must be a list"),
        ("- description: nameless", "entry 1: must be a mapping with a name"),
        ("- name: invoice\n  colour: red", "unknown field 'colour'"),
        ("- name: invoice\n  titles: [invoice]", "titles must be text"),
    ],
)
def test_bad_knowledge_names_the_file_and_the_entry(text: str, complaint: str) -> None:
    with pytest.raises(BadKnowledge) as caught:
        load(text, "mine.yaml")
    assert "mine.yaml" in str(caught.value)
    assert complaint in str(caught.value)


def test_phrases_are_parted_by_semicolons() -> None:
    (entry,) = load("- name: invoice\n  titles: >-\n    tax invoice; bill;\n    bill", "mine.yaml")
    assert entry.titles == ("tax invoice", "bill")


def test_words_are_parted_by_spaces() -> None:
    (entry,) = load("- name: invoice\n  words: >-\n    remit overdue\n    vat", "mine.yaml")
    assert entry.words == ("remit", "overdue", "vat")


def test_words_are_single_words() -> None:
    for page_type in TYPES:
        assert all(tokens(word) == [word] for word in page_type.words), page_type.name
