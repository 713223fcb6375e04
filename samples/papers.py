"""Papers of offices and people: letter, contract, laboratory report, resume, identity card, blank page."""

from __future__ import annotations

from datetime import timedelta

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from samples.cast import Cast, long_date, short_date
from samples.paper import GREY, MARGIN, Paper

_RIGHT = 612 - MARGIN
_WIDTH = _RIGHT - MARGIN


def letter(canvas: Canvas, cast: Cast) -> None:
    sender, reader, writer, day = cast.firm("Property Management"), cast.person(), cast.name(), cast.day()
    visit = day + timedelta(days=12)
    with Paper(canvas, font="Times-Roman") as page:
        page.text(306, 66, sender.name, 18, bold=True, align="center")
        page.text(306, 84, f"{sender.street}  ·  {sender.town}  ·  {cast.phone()}", 9, align="center", color=GREY)
        page.rule(94)
        y = page.text(MARGIN, 132, long_date(day), 11)
        y = page.lines(MARGIN, y + 16, reader.lines, 11)
        y = page.text(MARGIN, y + 18, f"Dear {reader.name},", 11)
        for paragraph in (
            (
                "Thank you for your note about the heating in your apartment. I am sorry that it took us a week to reply, "
                "and I understand that the past few evenings have been uncomfortable for you and your family."
            ),
            (
                f"Our engineer will visit you on {long_date(visit)} between nine and eleven in the morning. If that does "
                "not suit you, please call the office and ask for me; we will gladly find another time. Somebody should "
                "be at home to let him in, as we do not keep a key to your door."
            ),
            (
                "Until then we have left a small electric heater for you with the caretaker. You may keep it as long as "
                "you need it. We will also take the extra electricity into account when we settle the year."
            ),
            "Please do not hesitate to write to me if there is anything else we can do for you.",
        ):
            y = page.paragraph(MARGIN, y + 4, _WIDTH, paragraph, 11) + 8
        page.text(MARGIN, y + 20, "Yours sincerely,", 11)
        page.signature(MARGIN, y + 52, len(writer))
        page.lines(MARGIN, y + 76, [writer, "Tenant Services"], 11)


_CLAUSES = (
    (
        "Services",
        "Provider shall perform the consulting services described in Exhibit A (the “Services”) in a professional and "
        "workmanlike manner.",
    ),
    (
        "Term",
        "This Agreement shall commence on the Effective Date and continue for twelve (12) months unless terminated earlier in "
        "accordance with Section 5.",
    ),
    (
        "Compensation",
        "Client shall pay Provider a monthly fee of {fee}, payable within thirty (30) days after the end of the month in which "
        "the Services were rendered.",
    ),
    (
        "Confidentiality",
        "Each party shall hold in confidence all Confidential Information of the other party and shall not disclose it to any "
        "third party without prior written consent.",
    ),
    (
        "Termination",
        "Either party may terminate this Agreement upon thirty (30) days’ written notice. Sections 4 and 6 survive any "
        "termination.",
    ),
    (
        "Indemnification",
        "Each party shall indemnify and hold harmless the other from any claims arising out of its negligence or willful "
        "misconduct.",
    ),
    (
        "Governing Law",
        "This Agreement shall be governed by the laws of the State of {state}, without regard to its conflict of laws "
        "provisions. It constitutes the entire agreement between the parties.",
    ),
)


def contract(canvas: Canvas, cast: Cast) -> None:
    client, provider, day = cast.firm("Holdings LLC"), cast.firm("Consulting Group"), cast.day()
    state, fee = cast.random.choice(("Oregon", "Illinois", "Washington")), f"${cast.random.randint(3, 19)},500"
    with Paper(canvas, font="Times-Roman") as page:
        page.text(306, 78, "CONSULTING SERVICES AGREEMENT", 15, bold=True, align="center")
        opening = (
            f"This Consulting Services Agreement (“Agreement”) is entered into as of {long_date(day)} (the “Effective Date”) "
            f"by and between <b>{client.name}</b>, with offices at {client.street}, {client.town} (“Client”), and "
            f"<b>{provider.name}</b>, with offices at {provider.street}, {provider.town} (“Provider”). NOW, THEREFORE, in "
            "consideration of the mutual covenants herein, the parties agree as follows:"
        )
        y = page.paragraph(MARGIN, 100, _WIDTH, opening, 10.5, justify=True)
        for number, (heading, text) in enumerate(_CLAUSES, start=1):
            clause = f"<b>{number}. {heading}.</b> {text.format(fee=fee, state=state)}"
            y = page.paragraph(MARGIN, y + 8, _WIDTH, clause, 10.5, justify=True)
        y = page.paragraph(
            MARGIN, y + 12, _WIDTH, "IN WITNESS WHEREOF, the parties have executed this Agreement as of the Effective Date.", 10.5
        )
        for x, role, party in ((MARGIN, "CLIENT", client), (330, "PROVIDER", provider)):
            page.lines(x, y + 24, [f"{role}: {party.name}"], 10)
            page.signature(x + 20, y + 58, len(party.name) + int(x))
            page.rule(y + 64, x, x + 200, 0.5)
            page.lines(x, y + 76, [f"By: {cast.name()}", "Title: Managing Director", f"Date: {short_date(day)}"], 9.5)


_TESTS = (
    ("White blood cells", "10^3/uL", 4.0, 11.0),
    ("Red blood cells", "10^6/uL", 4.1, 5.6),
    ("Hemoglobin", "g/dL", 12.5, 16.5),
    ("Hematocrit", "%", 36.0, 48.0),
    ("Platelets", "10^3/uL", 150.0, 400.0),
    ("Glucose, fasting", "mg/dL", 70.0, 99.0),
    ("Creatinine", "mg/dL", 0.6, 1.2),
    ("Sodium", "mmol/L", 135.0, 145.0),
    ("Potassium", "mmol/L", 3.5, 5.1),
    ("Cholesterol, total", "mg/dL", 120.0, 200.0),
)


def lab_report(canvas: Canvas, cast: Cast) -> None:
    lab, patient, taken = cast.firm("Clinical Laboratories"), cast.name(), cast.day()
    with Paper(canvas) as page:
        page.text(MARGIN, 64, lab.name, 16, bold=True, color=cast.accent)
        page.text(MARGIN, 80, f"{lab.street}, {lab.town}   CLIA No. {cast.digits(2)}D{cast.digits(7)}", 8.5, color=GREY)
        page.text(_RIGHT, 66, "Laboratory Report", 15, bold=True, align="right")
        boxes = (
            ("PATIENT NAME", patient),
            ("DATE OF BIRTH", f"0{cast.random.randint(1, 9)}/1{cast.digits(1)}/19{cast.random.randint(50, 99)}"),
            ("SEX", cast.random.choice("FM")),
            ("SPECIMEN ID", cast.digits(8)),
            ("DATE COLLECTED", short_date(taken)),
            ("DATE REPORTED", short_date(taken + timedelta(days=1))),
            ("ORDERING PHYSICIAN", f"Dr. {cast.name()}"),
            ("SPECIMEN", "Whole blood, serum"),
        )
        for place, (label, value) in enumerate(boxes):
            page.field(MARGIN + _WIDTH / 4 * (place % 4), 98 + 32 * (place // 4), _WIDTH / 4, 32, label, value)
        rows = []
        for name, unit, low, high in _TESTS:
            result = round(low + (high - low) * cast.random.uniform(-0.15, 1.2), 1)
            flag = "L" if result < low else "H" if result > high else ""
            rows.append([name, str(result), flag, unit, f"{low} - {high}"])
        page.text(MARGIN, 190, "Complete blood count and chemistry", 11, bold=True)
        y = page.table(MARGIN, 198, [172, 70, 50, 90, 110], [["Test", "Result", "Flag", "Units", "Reference range"], *rows])
        page.paragraph(
            MARGIN,
            y + 16,
            _WIDTH,
            (
                "H = above reference range, L = below reference range. Results should be interpreted by the ordering "
                "physician in the light of clinical findings."
            ),
            8.5,
        )
        page.text(MARGIN, y + 66, f"Electronically signed by Dr. {cast.name()}, Laboratory Director", 9)


def resume(canvas: Canvas, cast: Cast) -> None:
    person = cast.person()
    with Paper(canvas) as page:
        page.text(MARGIN, 74, person.name, 24, bold=True)
        page.text(
            MARGIN, 94, f"{person.street}, {person.town}  |  {cast.phone()}  |  {person.host.replace('.', '@', 1)}", 9, color=GREY
        )
        y = _section(page, 122, "Professional Summary", cast.accent)
        y = page.paragraph(
            MARGIN,
            y,
            _WIDTH,
            (
                "Operations manager with nine years of experience in warehousing and distribution. Led teams of up to "
                "thirty people and halved the time from order to shipment."
            ),
        )
        y = _section(page, y + 24, "Work Experience", cast.accent)
        year = 2026
        for title in ("Operations Manager", "Shift Supervisor", "Inventory Clerk"):
            since = year - cast.random.randint(2, 4)
            firm = cast.firm("Distribution")
            page.text(MARGIN, y + 12, f"{title}, {firm.name}", 10.5, bold=True)
            page.text(_RIGHT, y + 12, f"{since} - {'present' if year == 2026 else year}", 10, align="right")
            y = page.lines(MARGIN + 10, y + 27, [f"• {line}" for line in cast.random.sample(_DEEDS, 3)], 9.5) + 2
            year = since
        y = _section(page, y + 22, "Education", cast.accent)
        school = f"{cast.random.choice(('Glenmoor', 'Fairhaven', 'Port Alden'))} State University"
        y = page.text(MARGIN, y + 10, f"B.S. Business Administration, {school}, {year - 1}", 10)
        y = _section(page, y + 22, "Skills", cast.accent)
        page.paragraph(
            MARGIN,
            y,
            _WIDTH,
            "Inventory planning, staff scheduling, safety training, forklift certification, spreadsheets, Spanish (fluent)",
        )


def _section(page: Paper, y: float, title: str, color: Color) -> float:
    page.text(MARGIN, y, title.upper(), 11, bold=True, color=color)
    page.rule(y + 4, thickness=0.5)
    return y + 10


_DEEDS = (
    "Planned daily staffing for two shifts and three loading docks",
    "Introduced barcode scanning and cut picking errors by 40 percent",
    "Trained new employees in safety and equipment handling",
    "Negotiated carrier rates and service levels",
    "Reconciled monthly stock counts with the accounting department",
    "Prepared weekly performance figures for the management",
)


def id_card(canvas: Canvas, cast: Cast) -> None:
    """Both sides of a plastic card, lying on the glass of a flatbed scanner."""
    born = cast.day().replace(year=1958 + cast.random.randint(0, 45))
    issued = cast.day().replace(year=2022)
    person, number = cast.person(), f"{cast.random.choice('ABDEFHK')}{cast.digits(8)}"
    first, last = person.name.upper().split()
    state = cast.random.choice(("STATE OF CASCADIA", "COMMONWEALTH OF ALDEN", "STATE OF FAIRHAVEN"))
    with Paper(canvas, LETTER) as page:
        _card(page, 150)
        page.block(150, 150, 312, 34, HexColor("#27476e"))
        page.text(164, 172, state, 11.5, bold=True, color=white)
        page.text(450, 172, "IDENTIFICATION CARD", 8.5, bold=True, align="right", color=white)
        _portrait(page, 164, 196)
        facts = (
            ("ID NO.", number),
            ("LAST NAME", last),
            ("FIRST NAME", first),
            ("DATE OF BIRTH", short_date(born)),
            ("ADDRESS", person.street.upper()),
            ("", person.town.upper()),
        )
        y = 196.0
        for label, value in facts:
            page.text(262, y, label, 5.5, color=GREY)
            y += 13.0 if label else 11.0
            page.text(262, y - 3.5, value, 9, bold=label in ("ID NO.", "LAST NAME"))
            y += 9.0
        looks = (
            f"SEX {cast.random.choice('FM')}    HGT 5'-0{cast.digits(1)}\"    EYES {cast.random.choice(('BRO', 'BLU', 'GRN'))}"
        )
        page.text(262, 338, looks, 8)
        page.text(164, 338, f"ISS {short_date(issued)}", 5.5)
        page.text(210, 338, f"EXP {short_date(issued.replace(year=2030))}", 5.5, bold=True)
        page.signature(164, 322, len(last))
        _card(page, 400)
        page.block(150, 416, 312, 34, HexColor("#1a1a1a"))
        page.text(164, 478, "This card is not a license to operate a motor vehicle.", 8)
        page.text(164, 490, "If found, drop in any mailbox. Return postage guaranteed.", 8)
        machine = (
            (f"IDXXA{number}" + "<" * 30)[:30],
            (f"{born:%y%m%d}0M300101XXA" + "<" * 30)[:29] + "4",
            (f"{last}<<{first}" + "<" * 30)[:30],
        )
        for place, line in enumerate(machine):
            canvas.setFont("Courier-Bold", 15)
            canvas.setFillColor(HexColor("#111111"))
            canvas.drawString(166, page.height - 540 - 17 * place, line)


def _card(page: Paper, y: float) -> None:
    """The plastic: as wide as a real card drawn a quarter larger, with round corners."""
    page.canvas.setFillColor(HexColor("#dde8ef"))
    page.canvas.setStrokeColor(HexColor("#8fa3b3"))
    page.canvas.roundRect(150, page.height - y - 196, 312, 196, 10, fill=1)


def _portrait(page: Paper, x: float, y: float) -> None:
    """A silhouette where the photograph would be."""
    page.block(x, y, 84, 104, HexColor("#b9c4cc"))
    page.canvas.setFillColor(HexColor("#5b4a42"))
    page.canvas.circle(x + 42, page.height - y - 42, 21, stroke=0, fill=1)
    page.canvas.setFillColor(HexColor("#34495e"))
    page.canvas.wedge(x + 6, page.height - y - 146, x + 78, page.height - y - 62, 0, 180, stroke=0, fill=1)


def blank_page(canvas: Canvas, cast: Cast) -> None:
    with Paper(canvas):
        pass
