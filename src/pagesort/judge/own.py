"""Page types of the user's own, in files of the same form as those that ship: new types, and more about known ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pagesort.errors import BadKnowledge
from pagesort.judge.knowledge import PageType, extended, load, page_types
from pagesort.judge.shape import LOOKS
from pagesort.judge.words import LONGEST_PHRASE, key, tokens


def types_with_own(path: Path) -> tuple[PageType, ...]:
    """The shipped types with those of `path`, a file or a folder of them.

    An entry that bears the name of a known type adds to it; its description takes the place of the other. A further name
    that a shipped type has too is taken from that: what the user calls by that name is the user's to say.
    Raises `BadKnowledge` naming the file, the entry and the field.
    """
    types = list(page_types())
    numbers = {key(each.name): number for number, each in enumerate(types)}
    for file in _files(path):
        for number, entry in enumerate(_load(file), 1):
            where = f"{file}: entry {number} ({entry.name})"
            _check(entry, where)
            _claim_names(types, numbers, entry, where)
            known = numbers.get(key(entry.name))
            if known is None:
                numbers[key(entry.name)] = len(types)
                types.append(entry)
            else:
                types[known] = extended(types[known], entry)
    return tuple(types)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise BadKnowledge(f"{path}: no such file or folder of page types")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in (".yaml", ".yml"))
    if not files:
        raise BadKnowledge(f"{path}: holds no file of page types; their names end in .yaml")
    return files


def _load(file: Path) -> list[PageType]:
    try:
        return load(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{file}: cannot be read: {error}") from None


def _check(entry: PageType, where: str) -> None:
    """What tests hold the shipped types to."""
    if not key(entry.name):
        raise BadKnowledge(f"{where}: name holds no letter and no digit")
    for look in entry.looks:
        if look not in LOOKS:
            raise BadKnowledge(f"{where}: looks: there is no look {look!r}; there are: {', '.join(LOOKS)}")
    for field in ("titles", "telling", "phrases", "against"):
        for phrase in getattr(entry, field):
            if not 1 <= len(tokens(phrase)) <= LONGEST_PHRASE:
                problem = f"has more than {LONGEST_PHRASE} words" if tokens(phrase) else "holds no letter and no digit"
                raise BadKnowledge(f"{where}: {field}: {phrase!r} {problem}; such a phrase is never found on a page")


def _claim_names(types: list[PageType], numbers: dict[str, int], entry: PageType, where: str) -> None:
    own = numbers.get(key(entry.name))
    claimed = {key(name) for name in (entry.name, *entry.names)}
    for name in entry.names:
        if numbers.get(key(name), own) != own:
            raise BadKnowledge(f"{where}: names: {name!r} is a type of its own; add to that type, or leave the name out")
    for number, each in enumerate(types):
        if number != own and any(key(name) in claimed for name in each.names):
            types[number] = replace(each, names=tuple(name for name in each.names if key(name) not in claimed))
