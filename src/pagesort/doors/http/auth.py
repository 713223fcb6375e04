"""API keys. The hosted product takes `Authorization: Bearer`; older clients of it sent the other spellings."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from pagesort.errors import NotAuthorized

_BEARER = HTTPBearer(
    scheme_name="BearerAuth",
    description="`Authorization: Bearer <key>`. `Authorization: Basic <key>` and `apikey: <key>` are accepted too.",
    auto_error=False,
)


def key_check(api_keys: frozenset[str]) -> Callable[..., Awaitable[None]]:
    """A dependency that lets a request pass if it carries one of the keys, or if there are none to carry.

    Raises `NotAuthorized`.
    """
    known = [key.encode() for key in api_keys]

    async def check(request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]) -> None:
        if not known:
            return
        given = _given_key(request)
        if not given:
            raise NotAuthorized("no API key was sent; add the header `Authorization: Bearer <key>`")
        # Every key is compared, each in constant time: how long a refusal takes says nothing about the keys.
        if sum(hmac.compare_digest(given, key) for key in known) == 0:
            raise NotAuthorized("this API key is not known here; check that it is complete and meant for this server")

    return check


def _given_key(request: Request) -> bytes:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() not in {"bearer", "basic"}:
        key = request.headers.get("apikey", "")
    return key.strip().encode("latin-1")  # the encoding in which the header was decoded: the bytes as they were sent
