"""The operation as the hosted product describes it, and what we add to it.

Operation id, tag, field names, types and which of them are required are the original's; our additions say so.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

DESCRIPTION = """\
What is each page of a document? One class for every page, out of the classes you name; offline.

Wire-compatible with ADE Classify: point an official client's base URL here.
"""

_ADDITION = "Addition of pagesort."


class ClassifyClass(BaseModel):
    """A single classification option: a class name plus optional description."""

    name: str = Field(alias="class", title="Class", description="The name that is answered.")
    description: str | None = Field(None, description="What the class means, where the name alone does not say it.")


class Candidate(BaseModel):
    """A class and how well it fits the page."""

    name: str = Field(alias="class", title="Class", description="A class name or 'unknown'.")
    score: float = Field(ge=0, le=1)


class Box(BaseModel):
    """A part of the page, as fractions of its width and height; origin top-left."""

    left: float = Field(ge=0, le=1)
    top: float = Field(ge=0, le=1)
    right: float = Field(ge=0, le=1)
    bottom: float = Field(ge=0, le=1)


class Clue(BaseModel):
    """Words on the page that the judgement goes by."""

    text: str = Field(description="The words as they stand on the page.")
    kind: str = Field(description="'title', 'telling phrase' (points to the class by itself) or 'usual phrase'.")
    box: Box


class PrintedNumber(BaseModel):
    """The page number that a page bears: "2 of 4"."""

    number: int
    total: int | None = Field(None, description="Null where only the page's own number is printed.")


class Classification(BaseModel):
    """A single page-level classification result."""

    name: str = Field(alias="class", title="Class", description="The class of the page, or 'unknown' if none fits.")
    reason: str = Field("", description="What on the page speaks for the class.")
    suggested_class: str | None = Field(None, description="What the page seems to be instead, where the class is 'unknown'.")
    page: int = Field(description="Number of the page, from 0.")
    confidence: float | None = Field(
        None, ge=0, le=1, description=f"{_ADDITION} Probability that the class is right; null if not scored."
    )
    candidates: list[Candidate] = Field([], description=f"{_ADDITION} The best few classes, best first.")
    evidence: list[Clue] = Field([], description=f"{_ADDITION} The words that the reason goes by, strongest first.")
    fault: str | None = Field(None, description=f"{_ADDITION} Code of the error that kept this page from being read.")
    blank: bool = Field(False, description=f"{_ADDITION} Whether nothing stands on the page.")
    duplicate_of: int | None = Field(None, description=f"{_ADDITION} Number of the earlier page that shows the same.")
    rotation: int = Field(0, description=f"{_ADDITION} Degrees clockwise that the page had to be turned to be upright.")
    printed_page: PrintedNumber | None = Field(None, description=f"{_ADDITION} The page number that the page bears.")
    two_up: bool = Field(False, description=f"{_ADDITION} Whether two pages stand side by side on it.")


class ClassifyMetadata(BaseModel):
    """Metadata for the classify response."""

    filename: str = Field(description="Name of the document.")
    org_id: str | None = Field(None, description="Always null: there are no organisations here.")
    page_count: int = Field(description="Pages classified.")
    duration_ms: int
    credit_usage: float = Field(description="Always 0: nothing is billed.")
    job_id: str = ""
    version: str | None = Field(None, description="The model snapshot that answered.")
    model_hash: str = Field("", description=f"{_ADDITION} Hash of the model's weights and knowledge, in hex.")


class Part(BaseModel):
    """Consecutive pages that form one document."""

    name: str = Field(alias="class", title="Class", description="The class of its pages, or 'unknown'.")
    pages: list[int] = Field(description="Numbers of its pages, from 0, in order.")
    confidence: float | None = Field(None, ge=0, le=1, description="Probability that class and limits are right.")
    reason: str = Field(description="Why a new document starts with its first page.")


class ClassifyResponse(BaseModel):
    """Response model for the classify endpoint."""

    classification: list[Classification] = Field(description="One entry for every page, in page order.")
    metadata: ClassifyMetadata
    documents: list[Part] = Field([], description=f"{_ADDITION} The pages as documents: every page in exactly one, in order.")


class ValidationError(BaseModel):
    """One mistake in the request."""

    loc: list[str | int] = Field(description='Where: ["body", "classes", 3, "class"].')
    msg: str
    type: str


class ErrorResponse(BaseModel):
    """Any error."""

    code: str = Field(description="Stable name of the error.")
    message: str = Field(description="What is wrong and what to do about it.")
    detail: str = Field(description="The message again.")
    error: str = Field(description="The message again.")


class HTTPValidationError(BaseModel):
    """The request makes no sense as it stands."""

    detail: list[ValidationError]
    code: str = Field(description=f"{_ADDITION} Always 'validation_error'.")
    message: str = Field(description=f"{_ADDITION} The mistake in one sentence, with the way out.")
    error: str = Field(description=f"{_ADDITION} The message again.")


def _error(description: str) -> dict[str, Any]:
    return {"model": ErrorResponse, "description": description}


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"model": ClassifyResponse, "description": "A class for every page."},
    400: _error("There is no such model, or the address in `document_url` cannot be fetched."),
    401: _error("The API key is missing or unknown; only where the server was given keys."),
    413: _error("The document has too many bytes, pages or pixels."),
    415: _error("The document cannot be read, or the body is not multipart/form-data."),
    422: {"model": HTTPValidationError, "description": "A field is missing or makes no sense."},
    500: _error("An error inside the server, or a part of it that is not installed."),
}

_BODY: dict[str, Any] = {
    "type": "object",
    "title": "Body_tool_ade_classify_v1_ade_classify_post",
    "required": ["classes"],
    "properties": {
        "classes": {
            "type": "array",
            "items": ClassifyClass.model_json_schema(),
            "description": "The possible classes; each page is given one of them, or 'unknown' if none fits. Can be provided as "
            "a JSON string in form data, or spread over fields `classes[0][class]`, `classes[0][description]`, ….",
        },
        "document": {
            "anyOf": [{"type": "string", "format": "binary"}, {"type": "null"}],
            "description": "The file to be classified. Either this or `document_url` must be provided.",
        },
        "document_url": {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": "The http(s) address of the document. Either this or `document` must be provided.",
        },
        "model": {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": "Classification model version. Defaults to the latest.",
        },
        "pages": {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": f'{_ADDITION} The pages to classify, counted from 1, e.g. "1-5,9". Defaults to all of them.',
        },
        "password": {
            "anyOf": [{"type": "string", "format": "password"}, {"type": "null"}],
            "description": f"{_ADDITION} The password of a protected document.",
        },
    },
}

OPERATION: dict[str, Any] = {
    "operation_id": "tool_ade_classify_v1_ade_classify_post",
    "tags": ["Tools"],
    "summary": "ADE Classify",
    "description": "Classify every page of a document into one of the given classes.",
    "responses": _RESPONSES,
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": _BODY, "encoding": {"classes": {"contentType": "application/json"}}}},
        }
    },
}
