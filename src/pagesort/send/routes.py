"""Where a class's documents go: a folder, a command, or an HTTP endpoint; every accepted spelling, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pagesort.errors import InvalidRequest
from pagesort.options import filled_from_env
from pagesort.send.names import check_template

FILE = "{file}"
"""Stands for the document's file among the arguments of a command."""

COMMAND_TIMEOUT, POST_TIMEOUT, RETRIES, FILE_FIELD = 600.0, 300.0, 6, "document"


@dataclass(frozen=True, slots=True)
class Folder:
    """The document is put there under its name; nothing that lies there is overwritten."""

    path: Path


@dataclass(frozen=True, slots=True)
class Command:
    """The program is started with the document's file as argument, without a shell; it must end with 0."""

    arguments: tuple[str, ...]
    """The program and its arguments, `FILE` among them."""
    timeout: float = COMMAND_TIMEOUT
    """Seconds it may run."""


@dataclass(frozen=True, slots=True)
class Post:
    """The document is sent as multipart/form-data; the answer must be a 2xx, and is kept."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    """`${NAME}` in a value stands for that environment variable, so that keys need not stand in files."""
    fields: tuple[tuple[str, str], ...] = ()
    """More fields of the form; may hold what file names may."""
    file_field: str = FILE_FIELD
    """The field that holds the document."""
    timeout: float = POST_TIMEOUT
    """Seconds the endpoint may be silent."""
    retries: int = RETRIES
    """How often it is tried again where it fails in a way that may pass."""


Route = Folder | Command | Post
RouteInput = str | Path | Mapping[str, Any] | Route
"""A folder's path or an http(s) address; or a mapping {"folder": ...}, {"command": [...]} or {"post": ...} with settings."""
RoutesInput = Mapping[str, RouteInput]
"""Class name → where its documents go."""


def parse_routes(routes: RoutesInput) -> dict[str, Route]:
    """Ready for use: checked, and what headers take from the environment filled in. Raises `InvalidRequest`."""
    if not isinstance(routes, Mapping):
        raise InvalidRequest("routes", f"must be a mapping of class names to routes, not {type(routes).__name__}", "routes_type")
    parsed = {name: parse_route(value, f"routes[{name!r}]") for name, value in routes.items()}
    return {name: _filled(route, f"routes[{name!r}]") if isinstance(route, Post) else route for name, route in parsed.items()}


def parse_route(value: RouteInput, field: str) -> Route:
    """Check one route. `field` is what an error calls it. Raises `InvalidRequest`."""
    if isinstance(value, Folder | Command | Post):
        return value
    if isinstance(value, str | Path):
        value = {"post" if isinstance(value, str) and "://" in value else "folder": value}
    if not isinstance(value, Mapping):
        raise InvalidRequest(
            field, f"must be a folder, an http(s) address or a mapping, not {type(value).__name__}", "route_type"
        )
    kinds = [kind for kind in _PARSERS if kind in value]
    if len(kinds) != 1:
        raise InvalidRequest(field, f"must hold one of {', '.join(_PARSERS)}; found {sorted(map(str, value)) or 'nothing'}")
    return _PARSERS[kinds[0]](value, field)


def _folder(value: Mapping[str, Any], field: str) -> Folder:
    _refuse_others(value, field, ("folder",))
    path = value["folder"]
    if not isinstance(path, str | Path) or not str(path).strip() or "\0" in str(path):
        raise InvalidRequest(f"{field}.folder", "must be the path of a folder")
    return Folder(Path(path))


def _command(value: Mapping[str, Any], field: str) -> Command:
    _refuse_others(value, field, ("command", "timeout"))
    arguments = value["command"]
    if not isinstance(arguments, list | tuple) or not arguments or not all(isinstance(each, str) and each for each in arguments):
        message = f'must be a list of the program and its arguments, e.g. ["lpr", "-P", "office", "{FILE}"]; there is no shell'
        raise InvalidRequest(f"{field}.command", message)
    for number, argument in enumerate(arguments):
        check_template(argument.replace(FILE, ""), f"{field}.command[{number}]")
    if not any(FILE in argument for argument in arguments):
        arguments = [*arguments, FILE]
    return Command(tuple(arguments), _number(value, "timeout", field, COMMAND_TIMEOUT))


def _post(value: Mapping[str, Any], field: str) -> Post:
    _refuse_others(value, field, ("post", "headers", "fields", "file_field", "timeout", "retries"))
    headers, fields = _pairs(value, "headers", field), _pairs(value, "fields", field)
    for name, text in headers:
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) or not text.isprintable() or not text.isascii():
            raise InvalidRequest(f"{field}.headers", f"{name!r} is not a header that can be sent: one line of ASCII")
    for name, text in fields:
        check_template(text, f"{field}.fields[{name!r}]")
    file_field = value.get("file_field", FILE_FIELD)
    if not isinstance(file_field, str) or not file_field:
        raise InvalidRequest(f"{field}.file_field", 'must be the name of a field, e.g. "document"')
    timeout, retries = _number(value, "timeout", field, POST_TIMEOUT), _number(value, "retries", field, RETRIES)
    return Post(_url(value["post"], f"{field}.post"), headers, fields, file_field, timeout, int(retries))


_PARSERS: dict[str, Callable[[Mapping[str, Any], str], Route]] = {"folder": _folder, "command": _command, "post": _post}


def _refuse_others(value: Mapping[str, Any], field: str, known: tuple[str, ...]) -> None:
    if extra := sorted(set(map(str, value)) - set(known)):
        raise InvalidRequest(f"{field}.{extra[0]}", f"is not known here; known are {', '.join(known)}", "unknown")


def _url(value: object, field: str) -> str:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        good = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or not isinstance(value, str) or not value.isprintable() or " " in value:
        raise InvalidRequest(field, "must be an http:// or https:// address, e.g. https://parse.example.com/v1/parse", "url")
    return value


def _pairs(value: Mapping[str, Any], name: str, field: str) -> tuple[tuple[str, str], ...]:
    pairs = value.get(name) or {}
    if not isinstance(pairs, Mapping) or not all(isinstance(each, str) for pair in pairs.items() for each in pair):
        raise InvalidRequest(f"{field}.{name}", "must be a mapping of names to texts")
    return tuple(pairs.items())


def _number(value: Mapping[str, Any], name: str, field: str, default: float) -> float:
    """As a number, or as text, which all of a YAML class file is."""
    given = value.get(name, default)
    try:
        number = float(given) if not isinstance(given, bool) else -1.0
    except (TypeError, ValueError):
        number = -1.0
    if not (0 < number < 1e6 or (number == 0 and name == "retries")):
        raise InvalidRequest(f"{field}.{name}", f"{given!r} is not a number that makes sense here; the default is {default:g}")
    return number


def _filled(route: Post, field: str) -> Post:
    return replace(route, headers=tuple((name, filled_from_env(text, f"{field}.headers.{name}")) for name, text in route.headers))
