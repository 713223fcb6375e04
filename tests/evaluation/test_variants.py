"""The variants over a few invented tasks: what they ask, and that the answers follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from pagesort.evaluation.tasks import PageFacts, Task
from pagesort.evaluation.variants import VARIANTS, Pass
from pagesort.evaluation.variants.close import FAMILIES
from pagesort.evaluation.variants.lexicon import akin, entries, find, other_classes
from pagesort.evaluation.variants.lists import FEW, MANY
from pagesort.evaluation.variants.uncovered import LeaveTypesOut
from pagesort.judge import parse_classes
from pagesort.types import UNKNOWN, PageClass
from tests.pages import INVOICE, sight


def task(expected: Mapping[int, str], *classes: str, also_ok: Mapping[int, tuple[str, ...]] | None = None) -> Task:
    return Task("office:1", "a.pdf", "office", tuple(map(PageClass, classes)), expected, also_ok or {})


OFFICE = task(
    {0: "Invoice", 1: UNKNOWN, 2: "receipt"}, "Invoice", "receipt", "unknown", "zorblat sheet", also_ok={2: ("Invoice",)}
)
FACTS = {("a.pdf", 1): PageFacts(label="service agreement")}


def passes(variant: str, *tasks: Task, facts: Mapping[tuple[str, int], PageFacts] = FACTS) -> dict[str, tuple[Task, ...]]:
    return {each.name: each.tasks for each in VARIANTS[variant](tasks, facts)}


def names(one: Task) -> list[str]:
    return [each.name for each in one.classes]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_asks_the_same_pages_of_the_same_task_and_every_time_the_same(variant: str) -> None:
    plain = [OFFICE, task({0: "W-2", 1: "1040"}, "W-2", "1040")]
    first, second = VARIANTS[variant](plain, FACTS), VARIANTS[variant](plain, FACTS)
    assert [(each.name, each.tasks) for each in first] == [(each.name, each.tasks) for each in second]
    made = [each for one in first for each in one.tasks]
    assert made, "nothing was made of these tasks"
    for each in made:
        assert each.id == "office:1" and each.file == "a.pdf"
        answers = [*each.expected.values(), *(name for also in each.also_ok.values() for name in also)]
        assert set(answers) <= {*names(each), UNKNOWN}
        assert each.classes == parse_classes(each.classes), "a list that would be refused"


def test_renamed_takes_other_names_and_makes_them_where_nobody_knows_the_class() -> None:
    invoice = find("invoice")
    assert invoice
    for form, (made,) in passes("renamed", OFFICE).items():
        assert names(made)[0] in getattr(invoice, form)
        assert made.expected == {0: names(made)[0], 1: UNKNOWN, 2: names(made)[1]}
        assert made.also_ok == {2: (names(made)[0],)}
        assert names(made)[2] == "unknown", "the reserved word is no class"
        assert names(made)[3] != "zorblat sheet" and "zorblat" in names(made)[3].lower()


def test_renamed_never_gives_two_classes_one_name() -> None:
    (made,) = passes("renamed", task({0: "invoice"}, "invoice", "Rechnung", "facture", "factura"))["languages"]
    assert len({name.casefold() for name in names(made)}) == 4


def test_renamed_keeps_a_description() -> None:
    described = Task("1", "a.pdf", "office", (PageClass("invoice", "only for freight"),), {0: "invoice"}, {})
    assert all(made.classes[0].description == "only for freight" for (made,) in passes("renamed", described).values())


def test_described_says_nothing_by_name_and_leaves_out_what_nobody_described() -> None:
    known = task({0: "receipt"}, "invoice", "receipt")
    found = passes("described", known, OFFICE)
    assert [len(made) for made in found.values()] == [1, 1]
    assert found["definition"][0].expected == {0: "type_2"}
    assert found["definition"][0].classes[1].description != found["contents"][0].classes[1].description


def test_narrowed_adds_a_description_but_does_not_replace_one() -> None:
    classes = (PageClass("invoice", "only for freight"), PageClass("receipt"), PageClass("zorblat sheet"))
    made = passes("narrowed", Task("1", "a.pdf", "office", classes, {0: "invoice"}, {}))["definition"][0]
    assert names(made) == ["invoice", "receipt", "zorblat sheet"]
    receipt = find("receipt")
    assert receipt and [each.description for each in made.classes] == ["only for freight", receipt.definition, None]


def test_redirected_changes_one_class_at_a_time_and_asks_only_for_its_pages() -> None:
    first, second = passes("redirected", OFFICE)["role"]
    assert first.expected == {0: "request for payment"} and names(first)[1] == "receipt"
    assert second.expected == {2: "proof of purchase"} and names(second)[0] == "Invoice"
    assert first.classes[0].description == "a supplier's invoice"


def test_few_offers_the_right_class_and_one_that_is_not() -> None:
    by_page = {page: made for made in passes("few", OFFICE)[f"{FEW} classes"] for page in made.expected}
    assert sorted(by_page) == [0, 1, 2]
    assert all(len(made.classes) == FEW for made in by_page.values())
    assert "Invoice" in names(by_page[0])
    assert names(by_page[2]) == ["receipt", "zorblat sheet"], "an invoice would be right as well"


def test_many_adds_no_class_that_might_be_right_as_well() -> None:
    (made,) = passes("many", OFFICE)[f"{MANY} classes"]
    assert len(made.classes) == MANY and made.expected == OFFICE.expected
    added = names(made)[len(OFFICE.classes) :]
    for right in ("invoice", "receipt", "service agreement"):
        assert not any(akin(name, right) for name in added)
    assert not {"consulting agreement", "contract"} & set(added), "of the family of the page's label"


def test_broad_and_narrow_add_the_broader_class_or_put_it_in_the_place_of_the_narrow_ones() -> None:
    tax = task({0: "1099-INT", 1: "1099-DIV", 2: UNKNOWN}, "1099-INT", "1099-DIV", "zorblat sheet")
    found = passes("broad_and_narrow", tax)
    (added,), (instead,) = found["broader added"], found["broader instead"]
    assert names(added) == [*names(tax), "1099", "tax form"]
    assert added.expected == {0: "1099-INT", 1: "1099-DIV"}
    assert names(instead) == ["1099", "zorblat sheet"] and instead.expected == {0: "1099", 1: "1099"}


def test_a_broader_class_that_is_listed_anyway_changes_nothing() -> None:
    assert passes("broad_and_narrow", task({0: "cover letter"}, "cover letter", "Letter", "HR document")) == {
        "broader added": (),
        "broader instead": (),
    }


def test_close_pairs_ask_among_the_whole_family_and_count_a_page_once() -> None:
    trade = task({0: "Bill of lading", 1: "Invoice"}, "Bill of lading", "Invoice")
    (made,) = passes("close_pairs", trade, OFFICE, facts={})["trade documents"][:1]
    assert names(made) == ["Invoice", *FAMILIES["trade documents"][1:]] and made.expected == {1: "Invoice"}
    everything = passes("close_pairs", trade, OFFICE, facts={})["trade documents"]
    assert [list(each.expected) for each in everything] == [[1], [0, 2]]


def test_close_pairs_leave_out_a_page_whose_label_is_another_of_the_family() -> None:
    tax = task({0: "1040"}, "1040")
    assert passes("close_pairs", tax, facts={("a.pdf", 0): PageFacts(label="Schedule C")})["1040 and schedules"] == ()


def test_uncovered_judges_without_the_knowledge_of_what_is_asked() -> None:
    (made,) = VARIANTS["uncovered"]([OFFICE], FACTS)
    assert isinstance(made, Pass) and made.tasks == (OFFICE,) and made.judge
    assert suggestions("invoice") != ["invoice"], "the type is not known any more"
    assert suggestions("passport") == ["invoice"]


def suggestions(*classes: str) -> Sequence[str | None]:
    return [each.suggested_class for each in LeaveTypesOut().judge([sight(INVOICE)], parse_classes(classes))]


def test_the_lexicon_is_whole_and_no_name_means_two_classes() -> None:
    owners: dict[str, str] = {}
    for entry in entries():
        assert len({*entry.words, *entry.languages}) >= 3 and len(set(entry.spellings)) >= 2, entry.name
        for name in entry.names:
            assert find(name) == entry, f"{name!r} is a name of {owners.get(name)!r} too"
            owners[name] = entry.name
        assert not any(f" {name} " in f" {entry.definition} {entry.contents} ".lower() for name in entry.classes), entry.name
        assert not entry.role or ": " in entry.role, entry.name


def test_every_family_and_every_further_class_can_be_used() -> None:
    assert all(find(name) for family in FAMILIES.values() for name in family)
    assert len({name for family in other_classes() for name in family}) > 2 * MANY
    assert all(parse_classes([name])[0].name == name for family in other_classes() for name in family)


def test_names_are_akin_where_one_holds_all_words_of_the_other() -> None:
    assert akin("bank_statement", "Bank statements") and akin("letter", "offer letter")
    assert not akin("cover letter", "offer letter")
    assert not akin("...", "letter")
