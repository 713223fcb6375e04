import pypdfium2
import pytest

from samples.documents import DOCUMENTS, make, pictures, torn


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_seed_gives_the_same_bytes_again(kind: str) -> None:
    assert make(kind, 5) == make(kind, 5)


@pytest.mark.parametrize("kind", sorted(set(DOCUMENTS) - {"blank page"}))
def test_another_seed_gives_another_document(kind: str) -> None:
    assert text(make(kind, 1)) != text(make(kind, 2))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_all_ink_lies_within_the_page(kind: str) -> None:
    for seed in range(3):
        for picture in pictures(make(kind, seed), 30):
            white = picture.min(axis=2) > 200
            assert white[-4:].all() and white[:, :2].mean() > 0.8 and white[:, -2:].mean() > 0.8


def test_a_bank_statement_has_two_pages_that_add_up() -> None:
    first, second = pages(make("bank statement", 4))
    summary = next(line for line in first.splitlines() if line.count(".") == 4 and line.count(" ") == 3)
    opening, deposits, withdrawals, closing = (round(float(part.replace(",", "")) * 100) for part in summary.split())
    assert opening + deposits - withdrawals == closing
    assert "Page 2 of 2" in second and summary.split()[-1] in second


def test_a_torn_page_is_the_only_one_that_cannot_be_loaded() -> None:
    with pypdfium2.PdfDocument(torn(make("bank statement"), 0)) as document:
        assert len(document) == 2
        with pytest.raises(pypdfium2.PdfiumError):
            document[0]
        assert document[1].get_textpage().get_text_range()


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def text(pdf: bytes) -> str:
    return "\n".join(pages(pdf))
