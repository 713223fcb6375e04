"""Which text layers are taken at their word, and which pages are read from their picture instead."""

from __future__ import annotations

import random
import string

import pytest

from pagesort.see.text import character_counts, is_garbled, usable
from pagesort.types import Line

PROSE = (
    "Dear Mrs. Winter, thank you for your order of the third of March. The goods were sent to you by rail on Tuesday and "
    "should reach your warehouse in Leeds before the end of the week. Please find enclosed our invoice, which is payable "
    "within thirty days of receipt. We would be grateful if you could return the signed delivery note with your remittance. "
    "Should any of the items be damaged, please let us know at once, so that we may send replacements. We look forward to "
    "serving you again and remain, with kind regards, yours sincerely, Harold Finch, Finch & Daughters, Paint Merchants. "
    "Our office is open from Monday to Friday between nine and five, and on Saturdays by appointment."
)

LANGUAGES = {
    "German": "Sehr geehrte Frau Winter, vielen Dank für Ihre Bestellung vom dritten März. Die Ware wurde Ihnen am Dienstag mit "
    "der Bahn zugesandt und dürfte Ihr Lager vor Ende der Woche erreichen. Die beiliegende Rechnung ist zahlbar bis Ostern.",
    "Polish": "Szanowna Pani, dziękujemy za zamówienie z trzeciego marca. Towar został wysłany do Państwa koleją we wtorek i "
    "powinien dotrzeć do magazynu przed końcem tygodnia. W załączeniu przesyłamy fakturę płatną w ciągu trzydziestu dni.",
    "Turkish": "Sayın Bayan Kış, üç Mart tarihli siparişiniz için teşekkür ederiz. Mallar salı günü demiryolu ile gönderildi "
    "ve hafta sonundan önce deponuza ulaşması bekleniyor. Ekteki fatura, teslim alındıktan sonra otuz gün içinde ödenmelidir.",
    "Finnish": "Hyvä rouva Talvi, kiitämme kolmannen maaliskuuta tekemästänne tilauksesta. Tavarat lähetettiin rautateitse "
    "tiistaina, ja niiden pitäisi saapua varastoonne ennen viikon loppua. Oheinen lasku on maksettava kuukauden kuluessa.",
    "Vietnamese": "Kính gửi bà Đông, cảm ơn bà đã đặt hàng ngày ba tháng ba. Hàng hóa đã được gửi cho bà bằng đường sắt vào "
    "thứ ba và sẽ đến kho của bà trước cuối tuần. Hóa đơn kèm theo phải được thanh toán trong vòng ba mươi ngày.",
    "Chinese": "尊敬的冬女士,感谢您三月三日的订单。货物已于周二通过铁路发出,预计将在本周末之前到达贵公司仓库。" * 2,
    "Japanese": "冬様、三月三日のご注文をいただき、誠にありがとうございます。商品は火曜日に鉄道で発送いたしました。" * 2,
    "Arabic": "السيدة شتاء المحترمة، نشكركم على طلبكم المؤرخ في الثالث من مارس. لقد أرسلت البضائع إليكم بالقطار." * 2,
    "Russian": "Уважаемая госпожа Зима, благодарим Вас за заказ от третьего марта. Товар был отправлен во вторник." * 2,
    "Greek": "Αξιότιμη κυρία Χειμώνα, σας ευχαριστούμε για την παραγγελία σας της τρίτης Μαρτίου. Τα είδη στάλθηκαν." * 2,
    "Hindi": "प्रिय श्रीमती शीत, तीन मार्च के आपके आदेश के लिए धन्यवाद। माल मंगलवार को रेल द्वारा भेजा गया था।" * 3,
    "single Chinese characters": " ".join("尊敬的冬女士感谢您三月三日的订单货物已于周二通过铁路发出预计将在本周末之前到达贵公司"),
    "a table of figures": "Date Text Debit Credit Balance " + "03/04 Card 12.80 1,204.11 04/04 Rent 800.00 404.11 " * 8,
    "dotted leaders": "Contents " + "Chapter one, on paint ............................................... 12 " * 6,
    "ruled with characters": "| Item | Price |\n" + "+--------------------+----------+ | Brush | 4.20 | " * 8,
}


def garbled(text: str) -> bool:
    return is_garbled(text, character_counts(text))


def lines(text: str) -> list[Line]:
    return [Line(text, 0.1, 0.1, 0.9, 0.2, 0.02)]


def never_asked() -> float:
    raise AssertionError("the pictures of a page full of text need not be looked for")


def shifted(text: str, by: int) -> str:
    return "".join(chr(max(33, ord(letter) + by)) if letter.isascii() and letter != " " else letter for letter in text)


def test_a_page_full_of_text_is_usable_without_a_look_at_its_pictures() -> None:
    assert usable(lines(PROSE * 2), never_asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_script_and_no_kind_of_table_counts_as_garbled(language: str) -> None:
    assert not garbled(LANGUAGES[language])
    assert usable(lines(LANGUAGES[language]), lambda: 0.0)


@pytest.mark.parametrize("by", [-29, -31, -1, 1, 3, 5, 29])
def test_letters_shifted_by_a_wrong_encoding_are_garbled(by: int) -> None:
    assert garbled(shifted(PROSE, by))


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0xF000 + ord(letter)) if letter != " " else letter for letter in PROSE),  # symbol fonts
        PROSE.translate(dict.fromkeys(range(97, 110), "\ufffd")),
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" * 10,
        " ".join(random.Random(1).choices(string.ascii_letters, k=300)),
        " ".join("".join(random.Random(i).choices(string.ascii_letters, k=7)) for i in range(80)),
    ],
    ids=["private use", "replacement characters", "punctuation", "single letters", "random letters"],
)
def test_characters_that_say_nothing_are_garbled(text: str) -> None:
    assert garbled(text)
    assert not usable(lines(text), lambda: 0.0)


def test_values_filled_into_a_scanned_form_do_not_stand_for_it() -> None:
    values = lines("Ada Winter 12 Harbour Road Leeds 03/04/1970 4711-0815 Paint merchant, self-employed since 1999")
    assert not usable(values, lambda: 1.0)
    assert usable(values, lambda: 0.1)


def test_a_stamp_or_a_page_number_is_not_the_page() -> None:
    assert not usable(lines("Page 3 of 9"), lambda: 0.0)
    assert not usable(lines("COPY - received 3 March 2024, Finch & Daughters"), lambda: 0.9)
    assert not usable([], lambda: 0.0)
    assert not usable(lines(" . "), lambda: 0.0)
