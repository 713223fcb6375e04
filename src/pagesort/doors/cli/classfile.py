"""Classes from the command line: `--class NAME=description` and `--classes FILE`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pagesort.errors import InvalidRequest
from pagesort.judge import parse_classes
from pagesort.send import Route, parse_route
from pagesort.types import UNKNOWN, PageClass

MAX_FILE_BYTES = 10 * 1024 * 1024


ENTRY = ("class", "description", "phrases", "route", "exclude")
"""What an entry may hold."""


@dataclass(frozen=True, slots=True)
class ClassSet:
    """Classes, and what is to become of their documents."""

    classes: tuple[PageClass, ...]
    routes: Mapping[str, Route] = field(default_factory=dict)
    """Class name → where its documents go; absent for a class without route."""
    excluded: frozenset[str] = frozenset()
    """Names of the classes that are of no interest."""


def gather_classes(files: Sequence[Path], texts: Sequence[str], max_classes: int) -> ClassSet:
    """The classes of all files, then those given as text; checked one by one, and together.

    Raises `InvalidRequest` naming the file, the line where it is known, the entry and the fix.
    """
    if not files and not texts:
        raise InvalidRequest("--class", "no classes were given; add --class NAME or --classes FILE", "missing")
    sets = [read_class_file(path, max_classes) for path in files]
    classes = [each for found in sets for each in found.classes] + [_parse_text(text) for text in texts]
    routes = {name: route for found in sets for name, route in found.routes.items()}
    return ClassSet(parse_classes(classes, max_classes), routes, frozenset().union(*(found.excluded for found in sets)))


def refuse_unknown_names(names: Iterable[str], classes: Sequence[PageClass], flag: str) -> None:
    """Raises `InvalidRequest` for a name that is neither a class nor `UNKNOWN`."""
    known = {each.name for each in classes} | {UNKNOWN}
    for name in names:
        if name not in known:
            raise InvalidRequest(flag, f"there is no class {name!r}; there are: {', '.join(sorted(known))[:300]}")


def read_class_file(path: Path, max_classes: int) -> ClassSet:
    """A .json, .yaml or .yml file: a list, a mapping of names to descriptions or entries, or either under `classes:`."""
    load = _LOADERS.get(path.suffix.lower())
    if load is None:
        raise InvalidRequest("--classes", f"{path} must be named .json, .yaml or .yml, whichever it holds")
    text = _read(path)
    try:
        data = _classes_of(load(text))
    except _Misspelled as error:
        raise InvalidRequest(_place(path, error.line), error.message) from None
    except RecursionError:
        raise InvalidRequest(str(path), "is nested too deeply; write a plain list of classes") from None
    try:
        classes = parse_classes(data, max_classes)
        entries = dict(zip((each.name for each in classes), _entries(data), strict=True))
        for number, entry in enumerate(entries.values()):
            _refuse_unknown_keys(entry, f"classes[{number}]")
        excluded = [name for number, (name, entry) in enumerate(entries.items()) if _excluded(entry, f"classes[{number}]")]
        routes = {
            name: parse_route(entry["route"], f"classes[{number}].route")
            for number, (name, entry) in enumerate(entries.items())
            if entry.get("route") is not None
        }
        return ClassSet(classes, routes, frozenset(excluded))
    except InvalidRequest as error:
        raise InvalidRequest(f"{_place(path, _line_of(text, error.field))}: {error.field}", error.message, error.kind) from None


def _entries(data: Any) -> list[Mapping[str, Any]]:
    """One mapping for each class, empty where it is a name or a description alone."""
    items = data.values() if isinstance(data, dict) else data
    return [item if isinstance(item, dict) else {} for item in items]


def _refuse_unknown_keys(entry: Mapping[str, Any], where: str) -> None:
    if extra := sorted(set(map(str, entry)) - set(ENTRY)):
        raise InvalidRequest(f"{where}.{extra[0]}", f"is not known; an entry may hold {', '.join(ENTRY)}", "unknown")


def _excluded(entry: Mapping[str, Any], where: str) -> bool:
    """`exclude`, which is text in YAML, as all plain words are."""
    said = entry.get("exclude", False)
    excluded = {"true": True, "yes": True, "false": False, "no": False, "": False}.get(str(said).lower())
    if excluded is None:
        raise InvalidRequest(f"{where}.exclude", f"must be true or false, not {str(said)[:40]!r}")
    if excluded and entry.get("route") is not None:
        raise InvalidRequest(f"{where}.exclude", "stands beside a route; a class that is excluded goes nowhere")
    return excluded


def _parse_text(text: str) -> PageClass:
    name, separator, description = text.partition("=")
    try:
        return parse_classes([{"class": name, "description": description if separator else None}])[0]
    except InvalidRequest as error:
        raise InvalidRequest(f"--class {text[:60]!r}", error.message, error.kind) from None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise InvalidRequest("--classes", f"{path} cannot be read: {error.strerror}") from None
    if len(content) > MAX_FILE_BYTES:
        raise InvalidRequest("--classes", f"{path} is larger than {MAX_FILE_BYTES} bytes; is it a list of classes?", "too_long")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidRequest(_place(path, line), "is not UTF-8 text; save the file as UTF-8") from None


def _classes_of(data: Any) -> Any:
    """What stands under a top-level `classes:`, or all of it. A class may well be called "classes": its value is text."""
    if isinstance(data, dict) and isinstance(data.get("classes"), list | dict):
        data = data["classes"]
    return [] if data is None else data


def _place(path: Path, line: int | None) -> str:
    return f"{path}, line {line}" if line else str(path)


def _line_of(text: str, field: str) -> int | None:
    """The line, from 1, on which the entry of "classes[3].class" starts. JSON is close enough to YAML to be looked up so."""
    entry = re.match(r"classes\[(\d+)]", field)
    try:
        node = yaml.compose(text, Loader=_TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if isinstance(node, yaml.MappingNode):
        node = next(
            (value for key, value in node.value if key.value == "classes" and isinstance(value, yaml.CollectionNode)), node
        )
    if entry is None or not isinstance(node, yaml.CollectionNode):
        return None
    item = node.value[int(entry[1])]
    start = item[0] if isinstance(item, tuple) else item
    return int(start.start_mark.line) + 1


class _Misspelled(Exception):
    """A file that is not the JSON or YAML it claims to be."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def _load_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_dict_of_pairs)
    except json.JSONDecodeError as error:
        raise _Misspelled(f"is not JSON: {error.msg} at column {error.colno}", error.lineno) from None
    except ValueError as error:  # an integer of thousands of digits
        raise _Misspelled(f"is not JSON: {error}") from None


def _dict_of_pairs(pairs: Iterable[tuple[Hashable, Any]]) -> dict[Hashable, Any]:
    """A dict, refusing a key that stands twice: one of the two classes would be lost without a word."""
    found: dict[Hashable, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Misspelled(f"the key {key!r} stands twice in one object; give each class a name of its own")
        found[key] = value
    return found


class _TextLoader(yaml.SafeLoader):
    """YAML in which a plain word is text, whatever it looks like: `- 1099`, `- yes` and `- 2024-12` are class names.

    Aliases are refused: a list of classes needs none, and nested ones can stand for gigabytes.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 (the name and the kind of value are PyYAML's)
        first: [resolver for resolver in resolvers if resolver[0] == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _Misspelled("aliases (*name) are not supported; write the text out", self.peek_event().start_mark.line + 1)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        try:
            return _dict_of_pairs(
                (self.construct_object(key, deep=True), self.construct_object(value, deep=True)) for key, value in node.value
            )
        except TypeError:
            raise _Misspelled("a key must be plain text", node.start_mark.line + 1) from None


def _load_yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _Misspelled(f"is not YAML: {error.problem}", line) from None
    except yaml.YAMLError as error:  # characters YAML does not allow
        raise _Misspelled(f"is not YAML: {error}") from None


_LOADERS: dict[str, Callable[[str], Any]] = {".json": _load_json, ".yaml": _load_yaml, ".yml": _load_yaml}
