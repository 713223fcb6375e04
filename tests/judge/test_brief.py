"""What a class list means as a whole."""

import math

import pytest

from pagesort.judge.brief import make_brief
from pagesort.judge.embedded import knowledge, meaning
from pagesort.judge.mapping import KIND_OF
from pagesort.types import PageClass

FORMS = [
    PageClass("W-2", "Wage and tax statement"),
    PageClass("1099-INT", "Interest income"),
    PageClass("C-2", "Employer's report of an injury at work"),
]
BANK = [
    PageClass("A1", "Identity papers of the borrower"),
    PageClass("B4", "Payslips"),
    PageClass("C2", "Savings: passbooks, shares, what employees saved with their employer"),
    PageClass("E6", "Loan offers"),
]


@pytest.mark.parametrize(("classes", "place", "means_the_form"), [(FORMS, 2, True), (BANK, 2, False)])
def test_codes_are_names_of_forms_where_most_of_the_list_s_codes_are(
    classes: list[PageClass], place: int, means_the_form: bool
) -> None:
    index, atlas = knowledge()
    report = next(number for number, each in enumerate(index.types) if each.name == "employer's injury report")
    assert report in atlas.types_of(classes[place])
    brief = make_brief(classes, atlas, index, meaning)
    surely = dict(zip(brief.means[place].types.tolist(), brief.means[place].log_degrees.tolist(), strict=True))
    assert (surely.get(report, -9.0) > -0.2) == means_the_form


def test_a_code_s_description_still_names_its_type() -> None:
    index, atlas = knowledge()
    brief = make_brief(BANK, atlas, index, meaning)
    best = brief.means[1].types[brief.means[1].log_degrees.argmax()]
    assert index.types[best].name == "pay stub"


def degrees(classes: list[PageClass], place: int) -> dict[str, float]:
    index, atlas = knowledge()
    means = make_brief(classes, atlas, index, meaning).means[place]
    return {index.types[each].name: math.exp(log) for each, log in zip(means.types, means.log_degrees, strict=True)}


def test_beside_a_narrower_class_a_broader_one_keeps_little_of_what_that_means() -> None:
    alone, beside = degrees([PageClass("Form 1040")], 0), degrees([PageClass("Form 1040"), PageClass("Schedule C")], 0)
    assert alone["1040 schedule c"] == pytest.approx(KIND_OF)
    assert beside["1040 schedule c"] < KIND_OF / 2
    assert beside["1040 schedule e"] == pytest.approx(KIND_OF)


def test_what_a_description_only_brings_up_may_still_be_outside_the_list() -> None:
    index, atlas = knowledge()
    classes = [PageClass("loan application (1003)", "Borrower information, employment, assets, liabilities")]
    brief = make_brief(classes, atlas, index, meaning)
    outside = {index.types[each].name for each in brief.outside.types}
    assert "resume" in outside and "uniform residential loan application" not in outside


def test_a_plain_guess_stands_beside_a_broader_class_that_is_known() -> None:
    guessed = degrees([PageClass("statement of account from the bank"), PageClass("proof of assets")], 0)
    assert guessed["bank statement"] > 2 * KIND_OF


def test_the_whole_is_hardly_a_rival_of_its_part() -> None:
    index, atlas = knowledge()
    outside = make_brief([PageClass("Schedule C"), PageClass("W-2")], atlas, index, meaning).outside
    left = {index.types[each].name: math.exp(log) for each, log in zip(outside.types, outside.log_degrees, strict=True)}
    assert 0 < left["form 1040"] < 0.1 < left["form 1041"]
