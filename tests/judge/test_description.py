import pytest

from pagesort.judge.description import affirmed, parts, ruled_out


@pytest.mark.parametrize(
    ("description", "left"),
    [
        ("A bill from a vendor. Not pro formas, not statements.", "A bill from a vendor."),
        ("reports by the inspector, not by our own contractors", "reports by the inspector"),
        ("Final title policy (loan or owner). Commitments and prelims go to D131", "Final title policy (loan or owner)."),
        ("Certificate of conformity. No measured values, those are type_h", "Certificate of conformity."),
        ("payslips (not P60, not P45)", "payslips"),
        ("Niederschriften der Versammlungen, keine Einladungen", "Niederschriften der Versammlungen"),
        ("any page of the booklet except visas", "any page of the booklet"),
        ("Bank statements have their own class", ""),
    ],
)
def test_what_a_description_rules_out_is_left_out(description: str, left: str) -> None:
    assert affirmed(description) == left


@pytest.mark.parametrize(
    "description",
    ["Non-final office action", "Our own letter saying that we do not pay", "Delivery note that goes with the goods"],
)
def test_a_negation_within_what_is_meant_stays(description: str) -> None:
    assert affirmed(description) == description


def test_the_things_that_a_description_lists() -> None:
    assert parts("Security instrument (mortgage, deed of trust) with its riders, not the note") == [
        "Security instrument",
        "mortgage",
        "deed of trust",
        "its riders",
    ]
    assert parts("") == []


@pytest.mark.parametrize(
    ("description", "out"),
    [
        ("The two-page return itself, without schedules", ["schedules"]),
        ("Complaints, answers. Motions are not pleadings.", ["Motions"]),
        ("payslips (not P60, not P45)", ["P60", "P45"]),
        ("Niederschriften der Versammlungen, keine Einladungen", ["Einladungen"]),
        ("any page of the booklet except visas", ["visas"]),
        ("a bill for freight", []),
    ],
)
def test_the_things_that_a_description_rules_out(description: str, out: list[str]) -> None:
    assert ruled_out(description) == out
