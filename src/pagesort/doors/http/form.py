"""The fields of a form → what is asked for.

The class list comes in several spellings. Both official libraries spread a typed list over indexed fields
(`classes[0][class]`, `classes[0][description]`, or `classes[0]` for plain names), although the product's own samples
show one field `classes` holding JSON; both work here, and these choices are ours where the original is silent:

- A field `classes` wins over indexed fields. `classes`, `document_url`, `model`, `pages` and `password` count as not sent
  where they are empty; an empty name in an indexed field is a mistake, as it is in JSON.
- One field `classes` is JSON: an array of objects or names, one object with "class", or a flat {name: description}.
- Several fields `classes`, or `classes[]`, are one class each: a name, or an object in JSON.
- `classes[][class]` begins a new class wherever a key would repeat.
- Classes are ordered by index; gaps close up, and fields without an index follow in the order in which they came.
- `model`, `pages`, `password` and `document_url` may be sent once each; what we do not know is ignored.
- A document has the base name of its file name, and the name "upload" where it has none.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pagesort.doors.http.multipart import DOCUMENT, Form
from pagesort.errors import InvalidRequest, UrlNotFetched

UNNAMED = "upload"
"""What the official libraries call a document that has no name; so do we."""
_LONGEST_NAME = 255

_INDEXED = re.compile(r"classes\[([0-9]{0,9})\](?:\[([^\[\]]*)\])?")
_EXAMPLE = '[{"class": "invoice", "description": "..."}]'


@dataclass(frozen=True, slots=True)
class ClassifyRequest:
    """One request, its spellings resolved; names, page ranges and the model are checked by those who use them."""

    source: Path | str
    """The document on disk, or the http(s) address of one."""
    classes: Any
    filename: str | None
    """What the client calls the document; None for an address."""
    model: str | None
    pages: str | None
    password: str | None


def parse_form(form: Form) -> ClassifyRequest:
    """Raises `InvalidRequest` naming the field, and `UrlNotFetched` for an address that is not http(s)."""
    classes = _classes(form.fields)
    url = _single(form, "document_url")
    source: Path | str
    if form.document and url:
        raise InvalidRequest("document_url", f"was sent together with `{DOCUMENT}`; send one of the two", "both_documents")
    if form.document:
        source, filename = form.document.path, _base_name(form.filename)
    elif url:
        source, filename = _checked_url(url), None
    else:
        message = "Field required: send the file as `document`, or its address as `document_url`"
        raise InvalidRequest(DOCUMENT, message, "missing_document")
    return ClassifyRequest(source, classes, filename, _single(form, "model"), _single(form, "pages"), _password(form))


def _single(form: Form, name: str) -> str | None:
    values = _values(form.fields, name)
    if len(values) > 1:
        raise InvalidRequest(name, f"was sent {len(values)} times; send it once", "duplicate")
    return values[0] if values else None


def _password(form: Form) -> str | None:
    _single(form, "password")  # once; but a password keeps its spaces
    return next((value for key, value in form.fields if key == "password" and value), None)


def _values(fields: list[tuple[str, str]], name: str) -> list[str]:
    return [value.strip() for key, value in fields if key == name and value.strip()]


def _checked_url(url: str) -> str:
    """Anything but http(s) stops here: a local path in this field must never be opened on the server."""
    if not re.match(r"https?://", url, re.IGNORECASE):
        raise UrlNotFetched(f"document_url: {url[:100]!r} is not an http:// or https:// address; send a file as `{DOCUMENT}`")
    return url


def _base_name(raw: bytes | None) -> str:
    # Both official libraries and browsers write a quote as %22 in this header; they leave a true % alone.
    name = (raw or b"").decode("utf-8", "replace").replace("%22", '"')
    base = re.split(r"[/\\]", name)[-1]
    shown = "".join(character for character in base if character.isprintable()).strip()
    return UNNAMED if shown in {"", ".", ".."} else shown[-_LONGEST_NAME:]


def _classes(fields: list[tuple[str, str]]) -> Any:
    plain = _values(fields, "classes")
    if len(plain) == 1:
        return _from_json(plain[0])
    classes = [_item(value, index) for index, value in enumerate(plain)] or _from_indexed(fields)
    if not classes:
        raise InvalidRequest("classes", f"Field required: send the classes as a JSON array, e.g. {_EXAMPLE}", "missing")
    return classes


def _from_json(text: str) -> Any:
    value = _load(text, "classes")
    return [value] if isinstance(value, dict) and "class" in value else value


def _item(text: str, index: int) -> Any:
    return _load(text, f"classes[{index}]") if text.lstrip().startswith("{") else text


def _load(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise InvalidRequest(name, f"is nested too deeply; send a list of classes, e.g. {_EXAMPLE}", "json_invalid") from None
    except ValueError as error:
        raise InvalidRequest(name, f"is not valid JSON ({error}); send e.g. {_EXAMPLE}", "json_invalid") from error


def _from_indexed(fields: list[tuple[str, str]]) -> list[Any]:
    indexed: dict[int, Any] = {}
    unindexed: list[Any] = []
    for name, value in fields:
        match = _INDEXED.fullmatch(name)
        if not match:
            continue
        index, key = match.groups()
        if index:
            _add(indexed, int(index), key, value)
        else:
            _append(unindexed, key, value)
    return [indexed[index] for index in sorted(indexed)] + unindexed


def _add(classes: dict[int, Any], index: int, key: str | None, value: str) -> None:
    if key is None:
        classes[index] = _item(value, index)
    elif isinstance(classes.setdefault(index, {}), dict):
        classes[index][key] = value


def _append(classes: list[Any], key: str | None, value: str) -> None:
    if key is None:
        classes.append(_item(value, len(classes)))
    elif classes and isinstance(classes[-1], dict) and key not in classes[-1]:
        classes[-1][key] = value
    else:
        classes.append({key: value})
