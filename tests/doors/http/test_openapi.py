"""The description of the API: the same operation as the hosted product's, readable without a network."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from pagesort.doors.http import openapi


@pytest.fixture(scope="module")
def described(server: str) -> dict[str, Any]:
    described: dict[str, Any] = httpx.get(f"{server}/openapi.json").json()
    return described


@pytest.fixture(scope="module")
def operation(described: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = described["paths"]["/v1/ade/classify"]["post"]
    return found


def test_it_is_the_same_operation(operation: dict[str, Any]) -> None:
    assert operation["operationId"] == "tool_ade_classify_v1_ade_classify_post"
    assert operation["tags"] == ["Tools"]
    assert {"200", "422"} < set(operation["responses"])


def test_requests_have_the_same_fields_and_ours_says_so(operation: dict[str, Any]) -> None:
    form = operation["requestBody"]["content"]["multipart/form-data"]["schema"]

    assert form["required"] == ["classes"]
    assert list(form["properties"]) == ["classes", "document", "document_url", "model", "pages", "password"]
    assert form["properties"]["classes"]["items"]["required"] == ["class"]
    assert set(form["properties"]["classes"]["items"]["properties"]) == {"class", "description"}
    assert form["properties"]["pages"]["description"].startswith("Addition of pagesort")


@pytest.mark.parametrize(
    ("schema", "required", "optional", "added"),
    [
        ("ClassifyResponse", {"classification", "metadata"}, set(), {"documents"}),
        (
            "Classification",
            {"class", "page"},
            {"reason", "suggested_class"},
            {"confidence", "candidates", "evidence", "fault", "blank", "duplicate_of", "rotation", "printed_page", "two_up"},
        ),
        (
            "ClassifyMetadata",
            {"filename", "page_count", "duration_ms", "credit_usage"},
            {"org_id", "job_id", "version"},
            {"model_hash"},
        ),
        ("ValidationError", {"loc", "msg", "type"}, set(), set()),
    ],
)
def test_answers_have_the_same_fields_and_ours_say_so(
    described: dict[str, Any], schema: str, required: set[str], optional: set[str], added: set[str]
) -> None:
    found = described["components"]["schemas"][schema]
    marked = {name for name, each in found["properties"].items() if "Addition of pagesort" in each.get("description", "")}

    assert set(found["required"]) == required
    assert set(found["properties"]) == required | optional | added
    assert marked == added


def test_keys_are_sent_as_bearer_tokens(described: dict[str, Any], operation: dict[str, Any]) -> None:
    (name,) = operation["security"][0]
    scheme = described["components"]["securitySchemes"][name]

    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def test_what_is_answered_is_what_is_described(server: str, invoice: bytes) -> None:
    """Field by field, with nothing undescribed, for an answer and for both kinds of error."""
    address = f"{server}/v1/ade/classify"
    answer = httpx.post(address, data={"classes": '["invoice"]'}, files={"document": ("a.pdf", invoice)}).json()
    page = answer["classification"][0]
    shown: list[tuple[type[BaseModel], Any]] = [
        (openapi.ClassifyResponse, answer),
        (openapi.Classification, page),
        (openapi.Candidate, page["candidates"][0]),
        (openapi.Clue, page["evidence"][0]),
        (openapi.Box, page["evidence"][0]["box"]),
        (openapi.ClassifyMetadata, answer["metadata"]),
        (openapi.HTTPValidationError, httpx.post(address, files={"a": b""}).json()),
        (openapi.ErrorResponse, httpx.post(address).json()),
    ]
    for model, value in shown:
        model.model_validate(value, strict=True)
        assert set(value) == {field.alias or name for name, field in model.model_fields.items()}


def test_the_page_for_people_needs_no_other_host(server: str) -> None:
    page = httpx.get(f"{server}/docs")
    assets = re.findall(r'(?:src|href)="([^"]+)"|url: \'([^\']+)\'', page.text)

    assert page.status_code == 200
    assert "//" not in re.sub(r"<!--.*?-->|//\s.*", "", page.text)
    for address in [one or other for one, other in assets]:
        assert address.startswith("data:") or httpx.get(f"{server}/{address}").status_code == 200
    script = httpx.get(f"{server}/docs-assets/swagger-ui-bundle.js")
    style = httpx.get(f"{server}/docs-assets/swagger-ui.css")
    assert "SwaggerUIBundle" in script.text
    assert not re.findall(r"@import|url\(\s*['\"]?https?:", style.text)
