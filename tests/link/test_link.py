from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.link import link
from pagesort.link.cues import continues
from pagesort.link.traits import Traits
from pagesort.types import UNKNOWN, Box, Candidate, Clue, Linked, PrintedNumber, Sight, Verdict
from tests.pages import BANK_STATEMENT, INVOICE, blank, sight

BODY = "\n" + "words of a body that says little\n" * 20


def verdict(page: int, **shares: float) -> Verdict:
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    candidates = tuple(Candidate(name, share) for name, share in ranked)
    return Verdict(page, ranked[0][0], "Evidence.", confidence=ranked[0][1], candidates=candidates)


def titled(each: Verdict) -> Verdict:
    return replace(each, evidence=(Clue("A Title", "title", Box(0.1, 0.1, 0.5, 0.15)),))


def pages(count: int) -> list[Sight]:
    return [sight(f"Line {number}\n" + "\n".join(["text"] * 20), page=number) for number in range(count)]


def numbered(count: int) -> list[Sight]:
    """Pages that say "Page 1 of n" and so on."""
    return [sight(f"Page {number + 1} of {count}{BODY}", page=number) for number in range(count)]


def names(linked: Linked) -> list[str]:
    return [each.name for each in linked.verdicts]


def groups(linked: Linked) -> list[tuple[int, ...]]:
    return [part.pages for part in linked.documents]


def test_a_page_that_says_nothing_takes_its_document_s_class() -> None:
    verdicts = [verdict(0, statement=0.97, letter=0.03), verdict(1, letter=0.4, statement=0.35, memo=0.25)]
    linked = link(numbered(2), verdicts)
    assert names(linked) == ["statement", "statement"]
    assert linked.verdicts[1].reason.startswith("Continues page 1; on its own it would be 'letter'")
    assert linked.verdicts[1].candidates[0].name == "statement"
    assert groups(linked) == [(0, 1)]


@pytest.mark.parametrize("doubtful", [0, 1])
def test_a_page_that_its_neighbour_makes_unknown_is_suggested_to_be_what_that_is(doubtful: int) -> None:
    plain = replace(verdict(1 - doubtful, unknown=0.98, letter=0.02), suggested_class="map")
    verdicts = sorted([plain, verdict(doubtful, letter=0.45, unknown=0.4, memo=0.15)], key=lambda each: each.page)
    linked = link(numbered(2), verdicts)
    assert [(each.name, each.suggested_class) for each in linked.verdicts] == [(UNKNOWN, "map")] * 2


def test_of_two_classes_that_tie_a_page_keeps_its_own() -> None:
    tied = Verdict(
        0, "statement", "Evidence.", confidence=0.5, candidates=(Candidate("statement", 0.5), Candidate("schedule", 0.5))
    )
    assert names(link(pages(1), [tied])) == ["statement"]


def test_strong_evidence_of_its_own_is_never_lost() -> None:
    linked = link(pages(3), [verdict(0, a=0.98, b=0.02), verdict(1, b=0.98, a=0.02), verdict(2, a=0.98, b=0.02)])
    assert names(linked) == ["a", "b", "a"]
    assert groups(linked) == [(0,), (1,), (2,)]


def test_a_title_of_its_own_protects_a_page_that_is_not_sure() -> None:
    verdicts = [verdict(0, a=0.98, b=0.02), titled(verdict(1, unknown=0.6, a=0.4))]
    assert names(link(pages(2), verdicts)) == ["a", UNKNOWN]


@pytest.mark.parametrize("none_of_them", [UNKNOWN, "Other"])
def test_terms_on_the_back_belong_to_the_document_where_it_plainly_goes_on(none_of_them: str) -> None:
    same = [replace(page, lines=(*page.lines, *sight("Alder Fittings, Harbour Road" + BODY).lines)) for page in numbered(2)]
    verdicts = [verdict(0, invoice=0.98, **{none_of_them: 0.02}), titled(verdict(1, invoice=0.1, **{none_of_them: 0.9}))]
    assert names(link(same, verdicts)) == ["invoice", "invoice"]


def test_a_new_page_one_starts_afresh() -> None:
    first = sight("Page 1 of 2" + BODY, page=1)
    linked = link([pages(1)[0], first], [verdict(0, a=0.9, b=0.1), verdict(1, b=0.75, a=0.25)])
    assert names(linked)[1] == "b"


def test_two_documents_of_one_class_in_a_row_are_kept_apart() -> None:
    both = [*numbered(2), *(replace(page, page=page.page + 2) for page in numbered(2))]
    linked = link(both, [verdict(number, stub=0.97, letter=0.03) for number in range(4)])
    assert groups(linked) == [(0, 1), (2, 3)]
    assert linked.documents[1].reason.startswith("Starts a new document: it bears the page number 1")
    assert 0.5 < (linked.documents[1].confidence or 0) <= 1


def test_missing_pages_part_their_neighbours() -> None:
    alone = [verdict(0, a=0.5, b=0.4)]
    assert names(link(pages(1), alone)) == ["a"]
    far = [replace(page, page=page.page * 5) for page in pages(2)]
    linked = link(far, [verdict(0, a=0.99, b=0.01), verdict(5, b=0.51, a=0.49)])
    assert groups(linked) == [(0,), (5,)]


def test_blank_pages_decide_nothing_and_part_nothing() -> None:
    first, last = numbered(2)
    sights = [first, blank(1), replace(last, page=2)]
    empty = Verdict(1, UNKNOWN, "The page is blank.", "blank page", 0.99)
    linked = link(sights, [verdict(0, a=0.97, b=0.03), empty, verdict(2, b=0.5, a=0.45)])
    assert names(linked) == ["a", UNKNOWN, "a"]
    assert linked.verdicts[1].facts.blank
    assert groups(linked) == [(0, 1, 2)]


def test_pages_that_could_not_be_read_stay_where_they_are() -> None:
    torn = Verdict(1, UNKNOWN, "Broken.", fault="page_unreadable")
    first, last = numbered(2)
    linked = link([first, replace(last, page=2)], [verdict(0, a=0.97, b=0.03), torn, verdict(2, a=0.9, b=0.1)])
    assert linked.verdicts[1] == torn
    assert groups(linked) == [(0, 1, 2)]


def test_separator_sheets_decide_nothing() -> None:
    sheet = replace(verdict(1, unknown=0.99, a=0.01), suggested_class="separator sheet")
    linked = link(pages(3), [verdict(0, a=0.97, b=0.03), sheet, verdict(2, b=0.97, a=0.03)])
    assert groups(linked) == [(0, 1), (2,)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Page 2 of 4", PrintedNumber(2, 4)),
        ("Seite 3 von 7", PrintedNumber(3, 7)),
        ("12", PrintedNumber(12, None)),
        ("Page: 5", PrintedNumber(5, None)),
        ("Invoice", None),
    ],
)
def test_printed_page_numbers(text: str, printed: PrintedNumber | None) -> None:
    assert Traits(sight(text + BODY)).printed == printed


PROSE = "a line of running text from one edge of the page"


@pytest.mark.parametrize(
    ("text", "size", "two"),
    [
        (f"{PROSE} | {PROSE}\n" * 18, (842.0, 595.0), True),
        (f"{PROSE} | {PROSE}\n" * 18, (595.0, 842.0), False),  # an upright sheet in two columns
        (f"{PROSE} | {PROSE}\n" * 4, (842.0, 595.0), False),  # a slide
        ("Date | Item | Price | Sum\n" * 18, (842.0, 595.0), False),
        (f"{PROSE} {PROSE} {PROSE}\n" * 18, (842.0, 595.0), False),
    ],
)
def test_two_pages_on_one_sheet(text: str, size: tuple[float, float], two: bool) -> None:
    page = sight(text, size=size)
    assert link([page], [verdict(0, letter=0.9)]).verdicts[0].facts.two_up is two


def test_what_speaks_for_a_continuation() -> None:
    first, second = (Traits(sight(f"Alder Bank\n{BODY}\nPage {number}")) for number in (1, 2))
    other = Traits(sight(f"Birch Press\n# Annual Review{BODY}\nPage 1", size=(842.0, 595.0)))
    assert continues(first, second) > 0.9
    assert continues(first, other) < 0.1


def test_shared_numbers_and_repeated_headings_speak_for_a_continuation() -> None:
    heading = "Date | Description | Withdrawals | Deposits | Balance"
    first = Traits(sight(f"# Alder Savings Bank\nAccount 0042-7781-9904\n{heading}\n02/05/2026 | Rent | 900.00 | | 280.01"))
    second = sight(f"Account 0042-7781-9904\n{heading}\n12/05/2026 | Fuel | 41.20 | | 238.81")
    stranger = sight("Policy 9911-2045-7718\nCover | Excess | Premium | Limit | Notes\nFire | 100.00 | 12.00 | 9,000.00 | none")
    assert continues(first, Traits(second)) > 0.8
    assert continues(first, Traits(second)) > continues(first, Traits(stranger)) + 0.3


def test_the_same_page_again_is_told_and_is_no_continuation() -> None:
    twice = [sight(INVOICE), sight(INVOICE, page=1)]
    linked = link(twice, [verdict(number, invoice=0.97, letter=0.03) for number in range(2)])
    assert [each.facts.duplicate_of for each in linked.verdicts] == [None, 0]
    assert groups(linked) == [(0,), (1,)]


def test_scans_that_look_alike_and_say_nearly_the_same_are_duplicates() -> None:
    scan = replace(sight(INVOICE, origin="ocr", ink=0.1), fingerprint=0b1010)
    again = replace(sight(INVOICE.replace("Harbour", "Harb0ur"), page=1, origin="ocr", ink=0.1), fingerprint=0b1011)
    other = replace(sight(BANK_STATEMENT, page=2, origin="ocr", ink=0.1), fingerprint=0b1010)
    linked = link([scan, again, other], [verdict(number, a=0.9, b=0.1) for number in range(3)])
    assert [each.facts.duplicate_of for each in linked.verdicts] == [None, 0, None]


def test_a_sure_page_between_others_keeps_its_class() -> None:
    same = [replace(page, lines=sight("Alder Insurance Company" + BODY).lines) for page in pages(5)]
    verdicts = [verdict(number, terms=0.999, certificate=0.001) for number in range(5)]
    verdicts[2] = verdict(2, certificate=0.9, terms=0.1)
    assert names(link(same, verdicts)) == ["terms", "terms", "certificate", "terms", "terms"]


@given(
    st.lists(st.lists(st.floats(0.001, 1), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sets(st.integers(0, 7)),
    st.sets(st.integers(0, 7)),
)
def test_documents_partition_the_pages_in_order(weights: list[list[float]], empty: set[int], torn: set[int]) -> None:
    shares = [[weight / sum(row) for weight in row] for row in weights]
    verdicts = [verdict(number, **dict(zip("abc", row, strict=True))) for number, row in enumerate(shares)]
    sights = [blank(page.page) if page.page in empty else page for page in pages(len(verdicts))]
    for number in torn & set(range(len(verdicts))):
        verdicts[number] = Verdict(number, UNKNOWN, "Broken.", fault="page_unreadable")
    seen = [page for page in sights if page.page not in torn]
    linked = link(seen, verdicts)
    assert [page for part in linked.documents for page in part.pages] == list(range(len(verdicts)))
    assert [each.page for each in linked.verdicts] == list(range(len(verdicts)))
    assert all(0 <= (part.confidence or 0) <= 1 and part.reason for part in linked.documents)
    assert all(each.name == each.candidates[0].name for each in linked.verdicts if each.candidates and each.name != UNKNOWN)
    assert linked == link(seen, verdicts)
