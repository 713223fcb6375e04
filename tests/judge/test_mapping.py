import pytest

from pagesort.judge.knowledge import page_types
from pagesort.judge.mapping import KIND_OF, LOOSE, Atlas
from pagesort.types import PageClass

ATLAS = Atlas(page_types())


def best(name: str) -> str | None:
    meaning = ATLAS.types_of(PageClass(name))
    return ATLAS.types[max(meaning, key=lambda number: meaning[number])].name if meaning else None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Bank_Statement", "bank statement"),
        ("bankStatements", "bank statement"),
        ("payslip", "pay stub"),
        ("Lohnabrechnung", "pay stub"),
        ("W2", "w-2"),
        ("CV", "resume"),
        ("发票", "invoice"),
        ("receipt document", "receipt"),
        ("scanned passport", "passport"),
        ("insurance card front", "insurance card"),
        ("signed lease 2024", "lease agreement"),
        ("latest bank statement", "bank statement"),
        ("photo of a receipt", "receipt"),
        ("Mietverträge", "lease agreement"),
        ("Lieferscheine", "delivery note"),
        ("10-K", "annual report on form 10-k"),
        ("10-Q", "quarterly report on form 10-q"),
        ("8-K", "current report on form 8-k"),
        ("proxy statement", "proxy statement"),
        ("SEC filings", "sec filing"),
        ("Insurance policy", "insurance policy"),
        ("Pleadings", "pleading"),
        ("closing package", "closing document"),
        ("loan docs", "loan document"),
        ("POs", "purchase order"),
        ("1099s", "form 1099"),
        ("Kontoauszuege", "bank statement"),
        ("Kopie Personalausweis", "identity card"),
        ("cover sheet", "cover page"),
    ],
)
def test_people_s_names_for_known_types(name: str, meant: str) -> None:
    assert best(name) == meant


@pytest.mark.parametrize(("whole", "part"), [("tax return", "1040 schedule c"), ("insurance policy", "policy endorsement")])
def test_a_whole_means_its_parts_too(whole: str, part: str) -> None:
    meaning = {ATLAS.types[number].name: degree for number, degree in ATLAS.types_of(PageClass(whole)).items()}
    assert meaning[part] == KIND_OF


def test_what_the_description_rules_out_is_not_meant() -> None:
    whole = PageClass("Form 1040", "U.S. individual income tax return")
    itself = PageClass("Form 1040", "U.S. individual income tax return, without schedules")
    meaning = [{ATLAS.types[number].name for number in ATLAS.types_of(each)} for each in (whole, itself)]
    assert "1040 schedule c" in meaning[0] - meaning[1] and "form 1040" in meaning[1]


def test_a_word_of_many_meanings_means_each_loosely() -> None:
    meaning = {ATLAS.types[number].name: degree for number, degree in ATLAS.types_of(PageClass("Note")).items()}
    assert meaning["promissory note"] == meaning["clinical note"] == LOOSE


def test_a_longer_name_is_no_kind_where_a_small_word_turns_it_round() -> None:
    meaning = {ATLAS.types[number].name for number in ATLAS.types_of(PageClass("death certificate"))}
    assert "death certificate" in meaning and "vital record request" not in meaning


def test_either_or_in_another_language() -> None:
    both = {ATLAS.types[number].name for number in ATLAS.types_of(PageClass("Personalausweis oder Reisepass"))}
    assert {"identity card", "passport"} <= both


def test_a_broad_name_means_all_its_kinds() -> None:
    kinds = {ATLAS.types[number].name for number in ATLAS.types_of(PageClass("identity document"))}
    assert {"passport", "driver's license"} <= kinds
    assert "invoice" not in kinds


def test_each_part_of_a_double_name_counts() -> None:
    both = {ATLAS.types[number].name for number in ATLAS.types_of(PageClass("packing list / bill of lading"))}
    assert {"packing list", "bill of lading"} <= both


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("AR/AP Aging", {"accounts payable aging report", "aging report"}),  # the words that end the second end the first too
        ("Orders and Judgments", {"court order", "judgment"}),  # what a part means now and then
    ],
)
def test_parts_are_read_together_and_loosely(name: str, meant: set[str]) -> None:
    assert meant <= {ATLAS.types[number].name for number in ATLAS.types_of(PageClass(name))}


def test_what_the_description_lists_counts_as_much_as_a_kind_of_what_the_name_means() -> None:
    meaning = ATLAS.types_of(PageClass("Disciplinary Action", "Verbal and written warnings, performance improvement plans"))
    plan = next(number for number in meaning if ATLAS.types[number].name == "performance improvement plan")
    assert meaning[plan] > KIND_OF


@pytest.mark.parametrize(
    ("name", "description", "meant"),
    [
        ("type_a", "a household utility bill", "utility bill"),
        ("信", "letter", "letter"),
        ("proof of income", "a recent pay stub", "pay stub"),
    ],
)
def test_a_description_that_is_a_name_decides(name: str, description: str, meant: str) -> None:
    meaning = ATLAS.types_of(PageClass(name, description))
    assert ATLAS.types[max(meaning, key=lambda number: meaning[number])].name == meant


def test_a_description_that_explains_leaves_the_name_in_charge() -> None:
    meaning = ATLAS.types_of(PageClass("invoice", "Asks a customer to pay for goods or services, with number, date, total"))
    assert ATLAS.types[max(meaning, key=lambda number: meaning[number])].name == "invoice"


def test_one_word_of_a_description_does_not_outweigh_a_known_name() -> None:
    meaning = ATLAS.types_of(PageClass("Passport", "any page of the booklet except visas stuck in it"))
    assert ATLAS.types[max(meaning, key=lambda number: meaning[number])].name == "passport"
    assert not any(ATLAS.types[number].name == "brochure" for number, degree in meaning.items() if degree > LOOSE)


def test_what_a_description_lists_is_meant_too() -> None:
    meant = ATLAS.listed("Loan papers (mortgage, pay stubs) with riders. Promissory notes go to D100")
    named = {ATLAS.types[number].name for number, degree in meant.items() if degree >= LOOSE}
    assert {"mortgage", "pay stub"} <= named and "promissory note" not in named


def test_a_longer_name_that_ends_in_the_name_is_a_kind_of_it() -> None:
    meant = {ATLAS.types[number].name: degree for number, degree in ATLAS.types_of(PageClass("registration card")).items()}
    assert meant["hotel registration card"] == KIND_OF


def test_types_know_their_broader_types() -> None:
    letter = next(number for number, each in enumerate(ATLAS.types) if each.name == "letter")
    cover_letter = next(number for number, each in enumerate(ATLAS.types) if each.name == "cover letter")
    assert letter in ATLAS.broader_than([cover_letter])
    assert cover_letter not in ATLAS.broader_than([letter])


def test_an_unknown_name_means_nothing_rather_than_something_wrong() -> None:
    assert ATLAS.types_of(PageClass("zorblat sheet")) == {}
