"""The official Python library, sync and async, against a running server. Nothing in it is replaced."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import landingai_ade
import pytest
from landingai_ade import APIStatusError, AsyncLandingAIADE, LandingAIADE
from landingai_ade.types import ClassifyResponse

from tests.serving import CLASSES, KEY, MAX_BYTES, BrokenClassifier, invoice_pdf, serving

Call = Callable[..., ClassifyResponse]


class OneWay(io.BytesIO):
    """A stream that cannot be rewound and does not know its length, as of a socket."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation("seek")

    def tell(self) -> int:
        raise io.UnsupportedOperation("tell")


def call_sync(base_url: str, apikey: str = KEY, max_retries: int = 0, **ask: Any) -> ClassifyResponse:
    with LandingAIADE(base_url=base_url, apikey=apikey, max_retries=max_retries, _strict_response_validation=True) as client:
        return client.classify(**{"classes": CLASSES, **ask})


def call_async(base_url: str, apikey: str = KEY, max_retries: int = 0, **ask: Any) -> ClassifyResponse:
    async def run() -> ClassifyResponse:
        options: dict[str, Any] = {"apikey": apikey, "max_retries": max_retries, "_strict_response_validation": True}
        async with AsyncLandingAIADE(base_url=base_url, **options) as client:
            return await client.classify(**{"classes": CLASSES, **ask})

    return asyncio.run(run())


@pytest.fixture(params=[call_sync, call_async], ids=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Call:
    chosen: Call = request.param
    return chosen


def assert_invoice(response: ClassifyResponse, filename: str, pages: int = 1) -> None:
    assert [(page.class_, page.page) for page in response.classification] == [("invoice", number) for number in range(pages)]
    assert all(page.reason and page.suggested_class is None for page in response.classification)
    assert (response.metadata.filename, response.metadata.page_count) == (filename, pages)
    assert response.metadata.version and response.metadata.version.startswith("classify-")


@pytest.mark.parametrize(
    "classes",
    [
        CLASSES,
        tuple(CLASSES),
        json.dumps(CLASSES),
        json.dumps(["invoice", "passport"]),
        ["invoice", "passport"],
        [{"class": "invoice", "description": None}, {"class": "passport", "description": ""}],
        [{"class": "passport"}, *({"class": f"kind {number}"} for number in range(12)), {"class": "invoice"}],
    ],
    ids=["typed", "tuple", "json", "json names", "names", "no descriptions", "more than ten"],
)
def test_every_form_of_the_class_list(call: Call, server: str, folder: Path, classes: Any) -> None:
    assert_invoice(call(server, classes=classes, document=folder / "invoice.pdf"), "invoice.pdf")


def test_a_path_with_a_name_beyond_ascii(call: Call, server: str, folder: Path) -> None:
    assert_invoice(call(server, document=folder / "rechnung märz.pdf"), "rechnung märz.pdf", pages=2)


def test_bytes_and_streams(call: Call, server: str, folder: Path) -> None:
    named = io.BytesIO(invoice_pdf())
    named.name = "named.pdf"

    assert_invoice(call(server, document=invoice_pdf()), "upload")
    assert_invoice(call(server, document=io.BytesIO(invoice_pdf())), "upload")
    assert_invoice(call(server, document=named), "named.pdf")
    assert_invoice(call(server, document=("said.pdf", invoice_pdf(), "image/jpeg")), "said.pdf")
    with (folder / "invoice.pdf").open("rb") as stream:
        assert_invoice(call(server, document=stream), "invoice.pdf")


def test_a_stream_without_length_is_sent_in_chunks(call: Call, server: str) -> None:
    assert_invoice(call(server, document=OneWay(invoice_pdf())), "upload")


def test_an_address(call: Call, server: str, files: str) -> None:
    assert_invoice(call(server, document_url=f"{files}/invoice.pdf"), "invoice.pdf")


@pytest.mark.parametrize("model", [None, "classify-latest"])
def test_the_answer_names_the_snapshot_and_not_the_alias(call: Call, server: str, folder: Path, model: str | None) -> None:
    response = call(server, document=folder / "invoice.pdf", **({"model": model} if model else {}))

    assert response.metadata.version not in {None, "classify-latest"}
    assert (
        call(server, document=folder / "invoice.pdf", model=response.metadata.version).metadata.version
        == response.metadata.version
    )


def test_additional_fields_and_our_own(call: Call, server: str, folder: Path) -> None:
    response = call(server, document=folder / "rechnung märz.pdf", extra_body={"pages": "2", "options": {"a": [1, 2]}})

    assert [page.page for page in response.classification] == [1]
    additions = response.classification[0].model_extra or {}
    assert 0 <= additions["confidence"] <= 1
    assert additions["candidates"][0]["class"] == "invoice"


def test_raw_and_streaming_responses(server: str, folder: Path) -> None:
    with LandingAIADE(base_url=server, apikey=KEY) as client:
        raw = client.with_raw_response.classify(classes=CLASSES, document=folder / "invoice.pdf")  # type: ignore[arg-type]
        with client.with_streaming_response.classify(classes=CLASSES, document=folder / "invoice.pdf") as streaming:  # type: ignore[arg-type]
            streamed = streaming.parse()

    assert raw.headers["content-type"] == "application/json"
    assert_invoice(raw.parse(), "invoice.pdf")
    assert_invoice(streamed, "invoice.pdf")


def caught(call: Call, base_url: str, **ask: Any) -> APIStatusError:
    with pytest.raises(APIStatusError) as caught:
        call(base_url, **ask)
    return caught.value


def test_each_status_arrives_as_its_error_class(call: Call, guarded: str, small: str, broken: str, files: str) -> None:
    document = invoice_pdf()
    refusals = [
        (
            landingai_ade.BadRequestError,
            400,
            "unknown_model_version",
            caught(call, guarded, document=document, model="classify-1999"),
        ),
        (landingai_ade.BadRequestError, 400, "invalid_url", caught(call, guarded, document_url=f"{files}/none.pdf")),
        (landingai_ade.BadRequestError, 400, "invalid_url", caught(call, guarded, document_url="/etc/hostname")),
        (landingai_ade.AuthenticationError, 401, "invalid_api_key", caught(call, guarded, document=document, apikey="wrong")),
        (APIStatusError, 413, "size_exceeded", caught(call, small, document=document + b"\0" * MAX_BYTES)),
        (APIStatusError, 413, "size_exceeded", caught(call, small, document=document + b"\0" * 40_000_000)),
        (APIStatusError, 415, "unsupported_format", caught(call, guarded, document=b"<?xml version='1.0'?>")),
        (APIStatusError, 415, "empty_document", caught(call, guarded, document=b"")),
        (landingai_ade.UnprocessableEntityError, 422, "validation_error", caught(call, guarded, classes=[], document=document)),
        (landingai_ade.UnprocessableEntityError, 422, "validation_error", caught(call, guarded)),
        (landingai_ade.InternalServerError, 500, "internal_error", caught(call, broken, document=document)),
    ]
    for kind, status, code, error in refusals:
        assert (type(error), error.status_code) == (kind, status)
        assert isinstance(error.body, dict) and error.body["code"] == code
        assert error.body["message"] in str(error)


@pytest.mark.parametrize(
    ("ask", "location"),
    [
        ({"classes": "not json"}, ["body", "classes"]),
        ({"classes": [{"class_": "invoice"}]}, ["body", "classes", 0, "class"]),
        ({"classes": [{"class": "a"}, {"class": "A "}]}, ["body", "classes", 1, "class"]),
        ({"document": b"x", "document_url": "https://files.example/a.pdf"}, ["body", "document_url"]),
        ({"extra_body": {"pages": "7-3"}, "document": invoice_pdf()}, ["body", "pages"]),
    ],
)
def test_a_mistake_is_located(call: Call, server: str, ask: dict[str, Any], location: list[str | int]) -> None:
    error = caught(call, server, **{"document": invoice_pdf(), **ask})

    assert isinstance(error.body, dict)
    assert [each["loc"] for each in error.body["detail"]] == [location]


def test_only_what_may_pass_is_tried_again(call: Call) -> None:
    classifier = BrokenClassifier()
    with classifier, serving(classifier) as server:
        caught(call, server, document=invoice_pdf(), max_retries=2)
        assert classifier.calls == 3


def test_a_mistake_is_not_tried_again(call: Call) -> None:
    classifier = BrokenClassifier(failures=0)
    with classifier, serving(classifier) as server:
        caught(call, server, document=b"<?xml version='1.0'?>", max_retries=2)
        assert classifier.calls == 1


def test_a_file_is_sent_again_whole(call: Call, folder: Path) -> None:
    classifier = BrokenClassifier(failures=1)
    with classifier, serving(classifier) as server:
        assert_invoice(call(server, document=folder / "invoice.pdf", max_retries=1), "invoice.pdf")
        assert classifier.calls == 2


def test_a_stream_that_was_spent_cannot_be_sent_again_and_the_server_says_so(call: Call) -> None:
    classifier = BrokenClassifier(failures=1)
    with classifier, serving(classifier) as server:
        error = caught(call, server, document=OneWay(invoice_pdf()), max_retries=1)

    assert isinstance(error.body, dict)
    assert (error.status_code, error.body["code"]) == (415, "empty_document")
