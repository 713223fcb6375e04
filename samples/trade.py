"""Papers of trade: invoice, purchase order, receipt."""

from __future__ import annotations

from datetime import timedelta

from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from samples.cast import Cast, long_date, money, short_date
from samples.paper import GREY, MARGIN, Paper

_RIGHT = 612 - MARGIN


def invoice(canvas: Canvas, cast: Cast) -> None:
    seller, buyer, day = cast.firm("Supply Co."), cast.firm("Interiors LLC"), cast.day()
    goods = cast.goods(cast.random.randint(4, 7))
    net = sum(count * price for _, count, price in goods)
    tax = net * 7 // 100
    with Paper(canvas, font=cast.font) as page:
        page.text(MARGIN, 70, seller.name, 17, bold=True, color=cast.accent)
        page.lines(MARGIN, 88, [seller.street, seller.town, f"billing@{seller.host}", cast.phone()], 9, color=GREY)
        page.text(_RIGHT, 74, "INVOICE", 26, bold=True, align="right")
        number = f"INV-{cast.digits(5)}"
        facts = [
            f"Invoice number: {number}",
            f"Invoice date: {long_date(day)}",
            f"Due date: {long_date(day + timedelta(days=30))}",
        ]
        page.lines(_RIGHT, 96, [*facts, "Terms: Net 30"], 9.5, align="right")
        page.text(MARGIN, 165, "Bill to", 10, bold=True)
        page.lines(MARGIN, 180, buyer.lines)
        page.text(330, 165, "Ship to", 10, bold=True)
        page.lines(330, 180, buyer.lines)
        rows = [[what, str(count), money(price), money(count * price)] for what, count, price in goods]
        y = page.table(MARGIN, 245, [252, 60, 90, 90], [["Description", "Qty", "Unit price", "Amount"], *rows])
        for name, cents in (("Subtotal", net), ("Sales tax 7%", tax), ("Total due", net + tax)):
            y += 18
            page.text(430, y, name, 10, bold=name == "Total due", align="right")
            page.text(_RIGHT - 6, y, f"${money(cents)}", 10, bold=name == "Total due", align="right")
        y += 40
        page.text(MARGIN, y, "Payment instructions", 10, bold=True)
        page.lines(
            MARGIN,
            y + 15,
            [f"Please remit payment to account {cast.digits(10)}, quoting {number}.", "Thank you for your business."],
        )


def german_invoice(canvas: Canvas, cast: Cast) -> None:
    seller, day = f"{cast.random.choice(('Birkenhof', 'Lindental', 'Seewald'))} Bürobedarf GmbH", cast.day()
    goods = [
        (what, count, price)
        for what, (_, count, price) in zip(("Schreibtischlampe", "Aktenordner", "Druckerpapier A4"), cast.goods(3), strict=True)
    ]
    net = sum(count * price for _, count, price in goods)
    with Paper(canvas, A4) as page:
        right = page.width - MARGIN
        page.text(right, 60, seller, 15, bold=True, align="right")
        page.lines(right, 78, ["Musterweg 12", "99999 Musterstadt", "USt-IdNr.: DE000000000"], 9, align="right", color=GREY)
        page.lines(MARGIN, 140, ["Kanzlei Beispiel & Partner", "Am Testplatz 3", "99998 Beispielhausen"], 10.5)
        page.text(MARGIN, 240, "Rechnung", 20, bold=True)
        page.lines(
            MARGIN,
            262,
            [f"Rechnungsnummer: RE-{cast.digits(6)}", f"Rechnungsdatum: {day:%d.%m.%Y}", f"Kundennummer: {cast.digits(5)}"],
        )
        page.paragraph(
            MARGIN,
            312,
            470,
            "Sehr geehrte Damen und Herren,<br/>für unsere Lieferung stellen wir Ihnen folgende Positionen in Rechnung:",
        )
        rows = [
            [f"{place}  {what}", str(count), _euro(price), _euro(count * price)]
            for place, (what, count, price) in enumerate(goods, 1)
        ]
        y = page.table(MARGIN, 352, [235, 60, 90, 90], [["Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"], *rows])
        tax = net * 19 // 100
        for name, cents in (("Nettobetrag", net), ("zzgl. 19 % MwSt.", tax), ("Rechnungsbetrag", net + tax)):
            y += 18
            page.text(430, y, name, 10, bold=cents == net + tax, align="right")
            page.text(right - 6, y, _euro(cents), 10, bold=cents == net + tax, align="right")
        page.paragraph(
            MARGIN,
            y + 30,
            470,
            "Bitte überweisen Sie den Rechnungsbetrag innerhalb von 14 Tagen ohne Abzug auf das unten genannte Konto.",
        )
        page.rule(760)
        page.text(
            MARGIN,
            775,
            "Bankverbindung: Musterbank, IBAN DE00 0000 0000 0000 0000 00  ·  Geschäftsführer: M. Muster",
            8,
            color=GREY,
        )


def _euro(cents: int) -> str:
    return money(cents).translate(str.maketrans(",.", ".,")) + " €"


def purchase_order(canvas: Canvas, cast: Cast) -> None:
    buyer, seller, day = cast.firm("Manufacturing Inc."), cast.firm("Industrial Supply"), cast.day()
    goods = cast.goods(6)
    with Paper(canvas, font=cast.font) as page:
        page.text(MARGIN, 72, buyer.name, 15, bold=True)
        page.lines(MARGIN, 90, [buyer.street, buyer.town, f"Purchasing department, {cast.phone()}"], 9)
        page.block(350, 50, 202, 30, cast.accent)
        page.text(451, 71, "PURCHASE ORDER", 15, bold=True, align="center", color=white)
        page.field(350, 84, 101, 30, "P.O. NUMBER", f"PO-{cast.digits(6)}")
        page.field(451, 84, 101, 30, "DATE", short_date(day))
        page.text(MARGIN, 150, "VENDOR", 9, bold=True)
        page.lines(MARGIN, 164, seller.lines)
        page.text(330, 150, "SHIP TO", 9, bold=True)
        page.lines(330, 164, [*buyer.lines, "Receiving dock 2"])
        page.field(MARGIN, 225, 164, 30, "REQUISITIONER", cast.name())
        page.field(MARGIN + 164, 225, 164, 30, "SHIP VIA / F.O.B.", "Ground / destination")
        page.field(MARGIN + 328, 225, 164, 30, "DELIVERY DATE REQUIRED", short_date(day + timedelta(days=21)))
        rows = [
            [f"{cast.digits(4)}-{place}   {what}", str(count), money(price), money(count * price)]
            for place, (what, count, price) in enumerate(goods)
        ]
        y = page.table(MARGIN, 275, [252, 60, 90, 90], [["Item no. and description", "Quantity", "Unit price", "Total"], *rows])
        total = sum(count * price for _, count, price in goods)
        page.text(_RIGHT - 6, y + 20, f"Order total   ${money(total)}", 11, bold=True, align="right")
        notes = (
            "1. Please send two copies of your invoice. 2. Enter this order in accordance with the prices, terms and "
            "specifications listed above. 3. Notify us at once if you are unable to ship as specified."
        )
        page.paragraph(MARGIN, y + 50, 300, notes, 8.5)
        page.signature(400, y + 105, len(buyer.name))
        page.rule(y + 112, 390, _RIGHT)
        page.text(390, y + 123, "Authorized by", 8)


def receipt(canvas: Canvas, cast: Cast) -> None:
    """A till receipt: narrow, monospaced."""
    shop, day = cast.firm("Market"), cast.day()
    hour, minute = cast.random.randint(8, 20), cast.random.randint(10, 59)
    goods = [(what, cast.cents(1, 14)) for what in cast.random.sample(_GROCERIES, 9)]
    total = sum(cents for _, cents in goods)
    tax = total * 6 // 100
    rows = [(what.upper(), money(cents)) for what, cents in goods]
    rows += [("", ""), ("SUBTOTAL", money(total)), ("TAX 6%", money(tax)), ("TOTAL", f"${money(total + tax)}")]
    rows += [("", ""), ("VISA ************" + cast.digits(4), money(total + tax)), ("CHANGE DUE", "0.00")]
    with Paper(canvas, (227, 222 + 14.5 * len(rows)), "Courier") as page:
        middle = page.width / 2
        page.text(middle, 34, shop.name.upper(), 14, bold=True, align="center")
        y = page.lines(middle, 50, [shop.street, shop.town, cast.phone()], 9, align="center")
        y = page.lines(
            14,
            y + 8,
            [
                f"{day:%m/%d/%y}  {hour}:{minute}   REG 0{cast.digits(1)}  TRN {cast.digits(4)}",
                f"CASHIER: {cast.name().split()[0].upper()}",
            ],
            9,
        )
        page.rule(y, 14, page.width - 14)
        y += 16
        for what, amount in rows:
            bold = what == "TOTAL"
            page.text(14, y, what, 10 if not bold else 12, bold=bold)
            page.text(page.width - 14, y, amount, 10 if not bold else 12, bold=bold, align="right")
            y += 14.5
        y = page.lines(
            middle,
            y + 14,
            [f"ITEMS SOLD: {len(goods)}", "THANK YOU FOR SHOPPING WITH US", "PLEASE KEEP THIS RECEIPT"],
            9,
            align="center",
        )
        for bar in range(46):
            page.block(45 + bar * 3, y, 1 + cast.random.random() * 1.4, 26, black)


_GROCERIES = (
    "Whole milk 1 gal",
    "Wheat bread",
    "Bananas 2.1 lb",
    "Eggs large dz",
    "Olive oil",
    "Ground coffee",
    "Cheddar",
    "Paper towels",
    "Yogurt 4pk",
    "Apples gala",
    "Dish soap",
    "Rice 5 lb",
)
