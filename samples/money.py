"""Papers of money and wages: bank statement, pay stub, tax form."""

from __future__ import annotations

from datetime import timedelta

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from samples.cast import Cast, long_date, money, short_date
from samples.paper import GREY, MARGIN, Paper

_RIGHT = 612 - MARGIN


def bank_statement(canvas: Canvas, cast: Cast) -> None:
    """Two pages: the summary and the first transactions, then the rest of them under a smaller heading."""
    bank, holder, end = cast.firm("Community Bank"), cast.person(), cast.day()
    start, account = end - timedelta(days=30), f"{cast.digits(4)} {cast.digits(4)} {cast.digits(2)}"
    balance = opening = cast.cents(900, 6000)
    rows, credits, debits = [], 0, 0
    for day in sorted(cast.random.choices(range(1, 30), k=38)):
        what, sign = cast.random.choice(_MOVEMENTS)
        amount = cast.cents(400, 1900) if sign > 0 else cast.cents(5, 160)
        balance += sign * amount
        credits, debits = credits + amount * (sign > 0), debits + amount * (sign < 0)
        paid = [money(amount), ""] if sign < 0 else ["", money(amount)]
        rows.append([f"{start + timedelta(days=day):%m/%d}   {what}", *paid, money(balance)])
    heading = ["Date   Description", "Withdrawals", "Deposits", "Balance"]
    period = f"{long_date(start)} through {long_date(end)}"
    with Paper(canvas) as page:
        page.banner(bank.name, cast.accent)
        page.lines(MARGIN, 76, [bank.street, bank.town, f"Customer service: {cast.phone()}"], 8.5, color=GREY)
        page.text(_RIGHT, 82, "Account Statement", 15, bold=True, align="right")
        page.lines(_RIGHT, 98, [f"Statement period: {period}", f"Account number: {account}", "Page 1 of 2"], 9, align="right")
        page.lines(MARGIN, 160, holder.lines, 10.5)
        page.text(MARGIN, 225, "Account summary, Everyday Checking", 11, bold=True)
        summary = [
            ["Beginning balance", "Deposits and credits", "Withdrawals and debits", "Ending balance"],
            [money(opening), money(credits), money(debits), money(balance)],
        ]
        page.table(MARGIN, 233, [123] * 4, summary)
        page.text(MARGIN, 300, "Transaction details", 11, bold=True)
        page.table(MARGIN, 308, [252, 80, 80, 80], [heading, *rows[:22]], size=8.5)
        page.text(306, 760, "Continued on next page", 8, align="center", color=GREY)
    with Paper(canvas) as page:
        page.text(MARGIN, 56, bank.name, 12, bold=True, color=cast.accent)
        page.lines(_RIGHT, 52, [f"Account number: {account}", f"Statement period: {period}", "Page 2 of 2"], 8.5, align="right")
        page.text(MARGIN, 108, "Transaction details, continued", 11, bold=True)
        y = page.table(MARGIN, 116, [252, 80, 80, 80], [heading, *rows[22:]], size=8.5)
        page.text(MARGIN, y + 24, f"Ending balance on {long_date(end)}: ${money(balance)}", 10.5, bold=True)
        page.paragraph(
            MARGIN,
            y + 44,
            492,
            (
                "In case of errors or questions about your electronic transfers, telephone or write us as soon as you "
                "can. We must hear from you no later than 60 days after we sent the first statement on which the error "
                "appeared. Member FDIC."
            ),
            8,
        )


_MOVEMENTS = (
    ("Direct deposit, payroll", 1),
    ("Debit card purchase, grocery", -1),
    ("ATM withdrawal", -1),
    ("Check paid", -1),
    ("Online transfer to savings", -1),
    ("Debit card purchase, fuel", -1),
    ("Automatic payment, electric", -1),
)


def pay_stub(canvas: Canvas, cast: Cast) -> None:
    employer, worker, end = cast.firm("Logistics Inc."), cast.person(), cast.day()
    hours, rate = 80, cast.cents(19, 46)
    gross = hours * rate
    shares = (
        ("Federal income tax", 11),
        ("Social Security", 6),
        ("Medicare", 2),
        ("State income tax", 4),
        ("401(k)", 5),
        ("Health insurance", 3),
    )
    deductions = [(name, gross * share // 100) for name, share in shares]
    taken, past = sum(cents for _, cents in deductions), cast.random.randint(4, 20)
    with Paper(canvas, font=cast.font) as page:
        page.text(MARGIN, 66, employer.name, 14, bold=True)
        page.lines(MARGIN, 82, [employer.street, employer.town], 9)
        page.text(
            _RIGHT,
            68,
            cast.random.choice(("Earnings Statement", "Pay Stub", "Statement of Earnings")),
            17,
            bold=True,
            align="right",
        )
        page.lines(
            _RIGHT,
            86,
            [
                f"Pay period: {short_date(end - timedelta(days=13))} - {short_date(end)}",
                f"Pay date: {short_date(end + timedelta(days=5))}",
            ],
            9,
            align="right",
        )
        page.rule(118)
        page.text(MARGIN, 138, "Employee", 9, bold=True)
        page.lines(MARGIN, 152, worker.lines)
        page.lines(
            330,
            138,
            [f"Employee ID: {cast.digits(6)}", f"SSN: XXX-XX-{cast.digits(4)}", "Filing status: Single", "Department: Warehouse"],
            9.5,
        )
        page.text(MARGIN, 222, "Earnings", 11, bold=True)
        earnings = [
            ["Regular pay", money(rate), f"{hours}.00", money(gross), money(gross * past)],
            ["Gross pay", "", "", money(gross), money(gross * past)],
        ]
        y = page.table(
            MARGIN, 230, [172, 80, 80, 80, 80], [["Description", "Rate", "Hours", "Current", "Year to date"], *earnings]
        )
        page.text(MARGIN, y + 28, "Deductions and taxes", 11, bold=True)
        rows = [[name, money(cents), money(cents * past)] for name, cents in deductions]
        total = ["Total deductions", money(taken), money(taken * past)]
        y = page.table(MARGIN, y + 36, [332, 80, 80], [["Description", "Current", "Year to date"], *rows, total])
        page.block(MARGIN, y + 20, 492, 30, HexColor("#e3efe3"))
        page.text(MARGIN + 10, y + 40, "Net pay", 13, bold=True)
        page.text(_RIGHT - 10, y + 40, f"${money(gross - taken)}", 13, bold=True, align="right")
        page.text(MARGIN, y + 76, f"Deposited to checking account ending in {cast.digits(4)}. This is not a check.", 9)


def wage_form(canvas: Canvas, cast: Cast) -> None:
    """An annual wage and tax statement, laid out like Form W-2."""
    employer, worker = cast.firm("Services Corp."), cast.person()
    wages = cast.cents(31000, 98000)
    boxes = [
        ("1  Wages, tips, other compensation", wages),
        ("2  Federal income tax withheld", wages * 13 // 100),
        ("3  Social security wages", wages),
        ("4  Social security tax withheld", wages * 62 // 1000),
        ("5  Medicare wages and tips", wages),
        ("6  Medicare tax withheld", wages * 145 // 10000),
    ]
    with Paper(canvas) as page:
        page.field(40, 50, 150, 28, "a  Employee's social security number", f"000-00-{cast.digits(4)}")
        page.text(200, 68, "OMB No. 1545-0008", 8)
        page.field(40, 78, 270, 28, "b  Employer identification number (EIN)", f"00-{cast.digits(7)}")
        page.field(40, 106, 270, 84, "c  Employer's name, address, and ZIP code")
        page.lines(50, 132, employer.lines)
        page.field(40, 190, 270, 28, "d  Control number", cast.digits(5))
        page.field(40, 218, 270, 112, "e  Employee's first name and initial, last name, address and ZIP code")
        page.lines(50, 248, worker.lines)
        for place, (label, cents) in enumerate(boxes):
            page.field(310 + 131 * (place % 2), 78 + 28 * (place // 2), 131, 28, label, money(cents))
        for place, label in enumerate(
            (
                "7  Social security tips",
                "8  Allocated tips",
                "9",
                "10  Dependent care benefits",
                "11  Nonqualified plans",
                "12a  See instructions for box 12",
            )
        ):
            page.field(310 + 131 * (place % 2), 162 + 28 * (place // 2), 131, 28, label)
        page.field(310, 246, 131, 84, "13  Statutory employee   Retirement plan")
        page.field(441, 246, 131, 84, "14  Other")
        columns = (
            ("15  State", "OR"),
            ("State ID number", cast.digits(8)),
            ("16  State wages, tips", money(wages)),
            ("17  State income tax", money(wages * 6 // 100)),
            ("18  Local wages", ""),
            ("19  Local income tax", ""),
            ("20  Locality name", ""),
        )
        for place, (label, value) in enumerate(columns):
            page.field(40 + 76 * place, 330, 76, 32, label, value)
        page.text(62, 392, "W-2", 26, bold=True)
        page.text(40, 390, "Form", 8)
        page.text(128, 390, "Wage and Tax Statement", 15, bold=True)
        page.text(330, 390, "2025", 22, bold=True)
        page.text(572, 384, "Department of the Treasury - Internal Revenue Service", 7.5, align="right")
        page.text(40, 412, "Copy B - To Be Filed With Employee's FEDERAL Tax Return.", 8.5, bold=True)
        page.text(40, 424, "This information is being furnished to the Internal Revenue Service.", 8.5)
