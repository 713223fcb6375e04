from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pagesort.link import link
from pagesort.link.seams import continues, printed_number
from pagesort.types import Candidate, Sight, Verdict
from tests.pages import blank, sight


def verdict(page: int, **shares: float) -> Verdict:
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    candidates = tuple(Candidate(name, share) for name, share in ranked)
    return Verdict(page, ranked[0][0], "Evidence.", confidence=ranked[0][1], candidates=candidates)


def pages(count: int) -> list[Sight]:
    return [sight(f"Line {number}\n" + "\n".join(["text"] * 20), page=number) for number in range(count)]


def test_a_page_that_says_nothing_takes_its_document_s_class() -> None:
    numbered = [replace(page, lines=sight(f"Page {page.page + 1} of 2", page=0).lines) for page in pages(2)]
    linked = link(numbered, [verdict(0, statement=0.97, letter=0.03), verdict(1, letter=0.4, statement=0.35, memo=0.25)])
    assert [each.name for each in linked] == ["statement", "statement"]
    assert linked[1].reason.startswith("Continues page 1; on its own it would be 'letter'")
    assert linked[1].candidates[0].name == "statement"


def test_strong_evidence_of_its_own_is_never_lost() -> None:
    linked = link(pages(3), [verdict(0, a=0.98, b=0.02), verdict(1, b=0.98, a=0.02), verdict(2, a=0.98, b=0.02)])
    assert [each.name for each in linked] == ["a", "b", "a"]


def test_a_new_page_one_starts_afresh() -> None:
    first = sight("Page 1 of 2\n" + "body\n" * 20, page=1)
    linked = link([pages(1)[0], first], [verdict(0, a=0.9, b=0.1), verdict(1, b=0.55, a=0.45)])
    assert linked[1].name == "b"


def test_single_pages_and_gaps_are_left_alone() -> None:
    alone = [verdict(0, a=0.5, b=0.4)]
    assert link(pages(1), alone) == alone
    far = [replace(page, page=page.page * 5) for page in pages(2)]
    linked = link(far, [verdict(0, a=0.99, b=0.01), verdict(5, b=0.51, a=0.49)])
    assert linked[1].name == "b"


def test_blank_pages_decide_nothing_and_part_nothing() -> None:
    sights = [pages(1)[0], blank(1), sight("Page 2 of 2\n" + "body\n" * 20, page=2)]
    verdicts = [
        verdict(0, a=0.97, b=0.03),
        Verdict(1, "unknown", "The page is blank.", "blank page", 0.99),
        verdict(2, b=0.5, a=0.45),
    ]
    linked = link(sights, verdicts)
    assert linked[1] == verdicts[1]
    assert linked[2].name == "a"


def test_printed_page_numbers() -> None:
    body = "\n" + "words of a body\n" * 22
    assert printed_number(sight("Page 2 of 4" + body)) == 2
    assert printed_number(sight("Seite 3 von 7" + body)) == 3
    assert printed_number(sight("12" + body)) == 12
    assert printed_number(sight("Invoice" + body)) is None


def test_what_speaks_for_a_continuation() -> None:
    first, second = sight("Alder Bank\n" + "x\n" * 30 + "Page 1"), sight("Alder Bank\n" + "x\n" * 30 + "Page 2", page=1)
    other = sight("Birch Press\n" + "x\n" * 30 + "Page 1", page=1, size=(842.0, 595.0))
    assert continues(first, second) > 0.9
    assert continues(first, other) < 0.1


def test_a_sure_page_between_others_keeps_its_class() -> None:
    same = [replace(page, lines=sight("Alder Insurance Company\n" + "body\n" * 20).lines) for page in pages(5)]
    verdicts = [verdict(number, terms=0.999, certificate=0.001) for number in range(5)]
    verdicts[2] = verdict(2, certificate=0.9, terms=0.1)
    assert [each.name for each in link(same, verdicts)] == ["terms", "terms", "certificate", "terms", "terms"]


@given(st.lists(st.lists(st.floats(0.001, 1), min_size=3, max_size=3), min_size=1, max_size=8))
def test_context_keeps_pages_order_and_probabilities(weights: list[list[float]]) -> None:
    shares = [[weight / sum(row) for weight in row] for row in weights]
    verdicts = [verdict(number, **dict(zip("abc", row, strict=True))) for number, row in enumerate(shares)]
    linked = link(pages(len(verdicts)), verdicts)
    assert [each.page for each in linked] == list(range(len(verdicts)))
    if len(linked) > 1:
        for each in linked:
            assert abs(sum(candidate.score for candidate in each.candidates) - 1) < 0.01
            assert each.name == each.candidates[0].name
    assert linked == link(pages(len(verdicts)), verdicts)
