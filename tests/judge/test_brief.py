"""What a class list means as a whole."""

import pytest

from pagesort.judge.brief import make_brief
from pagesort.judge.embedded import knowledge, meaning
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
