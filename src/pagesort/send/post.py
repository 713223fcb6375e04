"""A document to an HTTP endpoint; urllib3 tries again, with growing pauses, where a failure may pass."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from urllib3.filepost import encode_multipart_formdata
from urllib3.util.retry import Retry

from pagesort.errors import DeliveryFailed
from pagesort.send.routes import Post

MAY_PASS = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed; 409 is what an endpoint says that is still at work on the first one."""
LONGEST_PAUSE = 60
"""Seconds; an endpoint that asks for more with Retry-After is tried again after that all the same."""
_TOLD = 300


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of it."""

    attempts: int
    answer: bytes
    is_json: bool


def post(route: Post, name: str, content: bytes, fields: dict[str, str], key: str) -> Posted:
    """Send the file; every attempt with the same key. Raises `DeliveryFailed`."""
    body, kind = encode_multipart_formdata({**fields, route.file_field: (name, content, "application/pdf")})
    headers = {"User-Agent": "pagesort", **dict(route.headers), "Content-Type": kind, "Idempotency-Key": key}
    retry = Retry(
        total=route.retries,
        redirect=False,
        allowed_methods=None,
        status_forcelist=MAY_PASS,
        backoff_factor=0.25,
        backoff_max=LONGEST_PAUSE,
        backoff_jitter=0.25,
        raise_on_status=False,
        retry_after_max=LONGEST_PAUSE,
    )
    timeout = urllib3.Timeout(connect=min(10.0, route.timeout), read=route.timeout)
    try:
        with urllib3.PoolManager(timeout=timeout) as pool:
            answer = pool.request("POST", route.url, body=body, headers=headers, retries=retry, redirect=False)
    except urllib3.exceptions.MaxRetryError as error:
        raise DeliveryFailed(f"{shown(route.url)} could not be reached: {_cause(error)}.", route.retries + 1) from None
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        raise DeliveryFailed(f"{shown(route.url)} could not be reached: {_short(str(error))}.", 1) from None
    attempts = 1 + (len(answer.retries.history) if answer.retries else 0)
    if not 200 <= answer.status < 300:
        said = _short(answer.data.decode("utf-8", "replace"))
        raise DeliveryFailed(f"{shown(route.url)} answered with HTTP status {answer.status}{': ' * bool(said)}{said}", attempts)
    return Posted(attempts, answer.data, "json" in answer.headers.get("Content-Type", ""))


def shown(url: str) -> str:
    """The address for people: without user, password and query, where secrets live."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _cause(error: urllib3.exceptions.MaxRetryError) -> str:
    match error.reason:
        case urllib3.exceptions.NameResolutionError():
            return "there is no such host"
        case urllib3.exceptions.NewConnectionError():  # a kind of time-out to urllib3
            return "nobody answers there"
        case urllib3.exceptions.ConnectTimeoutError() | urllib3.exceptions.ReadTimeoutError():
            return "it does not answer in time"
        case urllib3.exceptions.SSLError():
            return "its TLS certificate is not valid"
    return "the connection broke off, or the server does not speak HTTP"


def _short(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text[:_TOLD]).strip()
