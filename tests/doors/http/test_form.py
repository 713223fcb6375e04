"""Fields of a form → what is asked for: every spelling of the class list, and the fields beside it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagesort.doors.http.form import ClassifyRequest, parse_form
from pagesort.doors.http.multipart import Form
from pagesort.errors import InvalidRequest, PagesortError, UrlNotFetched
from pagesort.judge import parse_classes
from pagesort.read import SpoolFile

TYPED = [{"class": "invoice", "description": "A bill"}, {"class": "passport"}]


@cache
def document() -> SpoolFile:
    return SpoolFile()


@pytest.fixture(autouse=True, scope="module")
def documents_are_deleted() -> Iterator[None]:
    yield
    document().close()
    document.cache_clear()


def asked(fields: list[tuple[str, str]], filename: bytes | None = b"a.pdf") -> ClassifyRequest:
    return parse_form(Form(fields, document(), filename))


def without_document(*fields: tuple[str, str]) -> ClassifyRequest:
    return parse_form(Form([("classes", '["a"]'), *fields]))


@pytest.mark.parametrize(
    ("fields", "classes"),
    [
        ([("classes", json.dumps(TYPED))], TYPED),
        ([("classes", '["invoice", "passport"]')], ["invoice", "passport"]),
        ([("classes", '{"invoice": "A bill", "passport": null}')], {"invoice": "A bill", "passport": None}),
        ([("classes", '{"class": "invoice"}')], [{"class": "invoice"}]),
        ([("classes[0][class]", "invoice"), ("classes[0][description]", "A bill"), ("classes[1][class]", "passport")], TYPED),
        ([("classes[0]", "invoice"), ("classes[1]", "passport")], ["invoice", "passport"]),
        ([("classes[]", "invoice"), ("classes[]", "passport")], ["invoice", "passport"]),
        ([("classes[][class]", "invoice"), ("classes[][description]", "A bill"), ("classes[][class]", "passport")], TYPED),
        ([("classes[][description]", "A bill"), ("classes[][class]", "invoice"), ("classes[][class]", "passport")], TYPED),
        ([("classes", "invoice"), ("classes", "passport")], ["invoice", "passport"]),
        ([("classes", '{"class": "invoice"}'), ("classes", "passport")], [{"class": "invoice"}, "passport"]),
        ([("classes[0]", '{"class": "invoice"}'), ("classes[1]", "5")], [{"class": "invoice"}, "5"]),
        ([("classes[7]", "passport"), ("classes[2]", "invoice")], ["invoice", "passport"]),
        ([("classes[]", "last"), ("classes[3]", "first")], ["first", "last"]),
        ([("classes", " "), ("classes[0]", "invoice")], ["invoice"]),
        ([("classes", '["invoice"]'), ("classes[0]", "ignored")], ["invoice"]),
        ([("classes[0]", "invoice"), ("classes.1.class", "ignored"), ("classes[x]", "ignored")], ["invoice"]),
    ],
)
def test_every_spelling_of_the_class_list_is_understood(fields: list[tuple[str, str]], classes: Any) -> None:
    assert asked(fields).classes == classes


def test_twelve_classes_stay_in_the_order_of_their_numbers() -> None:
    fields = [(f"classes[{index}][class]", f"class {index}") for index in reversed(range(12))]

    assert asked(fields).classes == [{"class": f"class {index}"} for index in range(12)]


@pytest.mark.parametrize("text", ["[", "invoice", "{'class': 'invoice'}", '[{"class": "a"}', "[" * 200_000, "9" * 5_000])
def test_wrong_json_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InvalidRequest, match=r'^classes: .*\[\{"class": "invoice"') as caught:
        asked([("classes", text)])

    assert (caught.value.field, caught.value.kind) == ("classes", "json_invalid")


def test_a_broken_object_among_several_is_named_by_its_place() -> None:
    with pytest.raises(InvalidRequest) as caught:
        asked([("classes", "invoice"), ("classes", '{"class": ')])

    assert caught.value.field == "classes[1]"


@pytest.mark.parametrize("fields", [[], [("classes", "")], [("classes.0", "invoice")], [("model", "classify-latest")]])
def test_no_classes_at_all(fields: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRequest, match="Field required") as caught:
        asked(fields)

    assert (caught.value.field, caught.value.kind) == ("classes", "missing")


def test_neither_document_nor_address() -> None:
    with pytest.raises(InvalidRequest, match="`document_url`") as caught:
        without_document()

    assert (caught.value.field, caught.value.kind) == ("document", "missing_document")


def test_document_and_address_together() -> None:
    with pytest.raises(InvalidRequest, match="send one of the two") as caught:
        asked([("classes", '["a"]'), ("document_url", "https://files.example/a.pdf")])

    assert caught.value.kind == "both_documents"


def test_an_empty_address_counts_as_none() -> None:
    assert asked([("classes", '["a"]'), ("document_url", ""), ("model", " "), ("pages", "")]).model is None


def test_an_address_is_passed_on_with_model_and_pages() -> None:
    request = without_document(
        ("document_url", " https://files.example/a.pdf "), ("model", "classify-latest"), ("pages", "1-5,9")
    )

    assert request.source == "https://files.example/a.pdf"
    assert (request.filename, request.model, request.pages) == (None, "classify-latest", "1-5,9")


@pytest.mark.parametrize(
    "address", ["/etc/hostname", "file:///etc/hostname", "ftp://files.example/a.pdf", "C:\\a.pdf", "httpx://a"]
)
def test_anything_but_http_is_refused_before_it_could_be_opened(address: str) -> None:
    with pytest.raises(UrlNotFetched, match="http:// or https://"):
        without_document(("document_url", address))


@pytest.mark.parametrize("name", ["model", "pages", "document_url"])
def test_a_field_sent_twice_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest, match="was sent 2 times") as caught:
        asked([("classes", '["a"]'), (name, "x"), (name, "x")])

    assert caught.value.field == name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"a.pdf", "a.pdf"),
        ("Übersicht 東京.pdf".encode(), "Übersicht 東京.pdf"),
        (b"say %22hello%22.pdf", 'say "hello".pdf'),
        (b"100%.pdf", "100%.pdf"),
        (b"../../etc/passwd", "passwd"),
        (b"C:\\Users\\ida\\scan.pdf", "scan.pdf"),
        (b"a\x1b[31m\x00.pdf", "a[31m.pdf"),
        (b"broken \xff.pdf", "broken \ufffd.pdf"),
        (None, "upload"),
        (b"", "upload"),
        (b"..", "upload"),
        (b"a" * 300 + b".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_the_document_is_called_by_the_base_of_its_name(sent: bytes | None, shown: str) -> None:
    assert asked([("classes", '["a"]')], sent).filename == shown


NAMES = [
    "classes",
    "classes[]",
    "classes[0]",
    "classes[1][class]",
    "classes[1][description]",
    "classes[][class]",
    "classes[99][x]",
]


@given(
    st.lists(
        st.tuples(st.sampled_from([*NAMES, "document_url", "model", "pages"]), st.text() | st.sampled_from(["[", '{"a":1}']))
    )
)
def test_no_fields_whatever_raise_anything_but_ours(fields: list[tuple[str, str]]) -> None:
    with contextlib.suppress(PagesortError):
        assert isinstance(parse_classes(asked(fields).classes), tuple)
