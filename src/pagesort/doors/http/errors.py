"""Everything that can go wrong → one error body that every known reader understands.

`{"code", "message", "detail", "error"}`: the Python library prints the whole body, the TypeScript library and the
hosted product's command line read `message`, older tools `error`, and users of FastAPI `detail`, which for a 422 is
FastAPI's list of `{"loc", "msg", "type"}` and otherwise the message again.

The official libraries repeat a request after 408, 409, 429 and every 5xx. A `PagesortError` with such a status is a
lack in the installation, which no repetition cures, so it is sent with `x-should-retry: false`; after an unexpected
exception the client decides.
"""

from __future__ import annotations

import logging
import re

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from pagesort.errors import InvalidRequest, NotAuthorized, PagesortError

log = logging.getLogger(__name__)

Detail = list[dict[str, object]] | str

_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 415: "unsupported_media_type"}
_CLIENT_CLOSED_REQUEST = 499
"""Never seen by anyone but the log: the client has left."""


def install_error_handlers(app: FastAPI) -> None:
    """Every error of the application leaves it as JSON of the same shape."""
    app.add_exception_handler(PagesortError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(_: Request, error: Exception) -> Response:
    assert isinstance(error, PagesortError)
    headers = {}
    if isinstance(error, NotAuthorized):
        headers["WWW-Authenticate"] = "Bearer"
    if error.status >= 500:
        headers["x-should-retry"] = "false"
        log.error("%s", error)
    return _response(error.status, error.code, str(error), _detail(error), headers)


async def _http(request: Request, error: Exception) -> Response:
    """What the framework refuses: an unknown path, a wrong method, a body of another type."""
    assert isinstance(error, HTTPException)
    message = error.detail
    if error.status_code in (404, 405):
        message = f"there is no {request.method} {request.url.path} here; what there is, is described at /docs"
    code = _HTTP_CODES.get(error.status_code, "http_error")
    return _response(error.status_code, code, message, message, dict(error.headers or {}))


async def _gone(_: Request, error: Exception) -> Response:
    return Response(status_code=_CLIENT_CLOSED_REQUEST)


async def _unexpected(_: Request, error: Exception) -> Response:
    """The server logs the exception with its trace after this; the client is told only that it happened."""
    message = "something went wrong inside the server while it answered this request; its log has the details"
    return _response(500, PagesortError.code, message, message)


def _response(status: int, code: str, message: str, detail: Detail, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"code": code, "message": message, "detail": detail, "error": message}, status, headers)


def _detail(error: PagesortError) -> Detail:
    if isinstance(error, InvalidRequest):
        return [{"loc": _location(error.field), "msg": error.message, "type": error.kind}]
    return str(error)


def _location(field: str) -> list[str | int]:
    """`classes[3].class` → `["body", "classes", 3, "class"]`; the empty field is the body itself."""
    steps = re.findall(r"[^.\[\]]+", field)
    return ["body", *(int(step) if step.isdecimal() else step for step in steps if step != "body")]
