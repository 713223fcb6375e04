import pytest

from pagesort.errors import InvalidRequest
from pagesort.judge import parse_classes
from pagesort.types import PageClass


def test_every_spelling_of_a_class_list() -> None:
    expected = (PageClass("invoice"), PageClass("letter", "Any letter"))
    assert parse_classes(["invoice", {"class": "letter", "description": "Any letter"}]) == expected
    assert parse_classes({"invoice": None, "letter": "Any letter"}) == expected
    assert parse_classes([PageClass("invoice"), PageClass("letter", "Any letter")]) == expected
    assert parse_classes(iter(["invoice"])) == (PageClass("invoice"),)


def test_phrases_may_be_one_or_several() -> None:
    expected = (PageClass("waybill", None, ("Consignor's copy",)), PageClass("letter", "Any letter", ("Dear", "Yours")))
    assert (
        parse_classes(
            [
                {"class": "waybill", "phrases": " Consignor's copy "},
                {"class": "letter", "description": "Any letter", "phrases": ["Dear", "", "Yours", "Dear"]},
            ]
        )
        == expected
    )
    assert (
        parse_classes(
            {"waybill": {"phrases": ["Consignor's copy"]}, "letter": {"description": "Any letter", "phrases": ["Dear", "Yours"]}}
        )
        == expected
    )
    assert parse_classes(expected) == expected


def test_names_are_answered_as_given() -> None:
    names = ["发票", 'the "blue" form', "Bank_Statement", "a\u0301vis"]
    assert [each.name for each in parse_classes(names)] == names


def test_blank_descriptions_count_as_none() -> None:
    assert parse_classes([{"class": "invoice", "description": "  "}]) == (PageClass("invoice"),)


@pytest.mark.parametrize(
    ("classes", "field", "kind", "fix"),
    [
        ([], "classes", "too_short", "at least one"),
        ({}, "classes", "too_short", "at least one"),
        ("invoice", "classes", "list_type", "[...]"),
        ({"class": "invoice"}, "classes", "list_type", "[...]"),
        (7, "classes", "list_type", "[...]"),
        ([f"class {number}" for number in range(5_000)], "classes", "too_long", "at most 1000"),
        (["a", ""], "classes[1].class", "too_short", "leave it out"),
        (["a", "  \n"], "classes[1].class", "too_short", "leave it out"),
        ([{"description": "x"}], "classes[0].class", "missing", "description"),
        ([{"class": 5}], "classes[0].class", "string_type", "int 5"),
        ([{"class": "a", "description": 5}], "classes[0].description", "string_type", "int 5"),
        ([["a"]], "classes[0]", "class_type", "must be a name"),
        (["a" * 201], "classes[0].class", "too_long", "at most 200"),
        ([{"class": "a", "description": "b" * 5_001}], "classes[0].description", "too_long", "at most 5000"),
        ([{"class": "a", "phrases": 5}], "classes[0].phrases", "list_type", "int 5"),
        ([{"class": "a", "phrases": ["b", 5]}], "classes[0].phrases[1]", "string_type", "int 5"),
        ([{"class": "a", "phrases": ["b"] * 101}], "classes[0].phrases", "too_long", "at most 100"),
        ([{"class": "a", "phrases": ["b " * 13]}], "classes[0].phrases[0]", "too_long", "at most 12 in a row"),
        (["invoice", "letter", "Invoice "], "classes[2].class", "duplicate", "repeats classes[0]"),
        (["pay  stub", "PAY STUB"], "classes[1].class", "duplicate", "repeats classes[0]"),
    ],
)
def test_a_bad_list_names_the_entry_and_the_fix(classes: object, field: str, kind: str, fix: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_classes(classes)  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.kind) == (field, kind)
    assert fix in str(caught.value)
