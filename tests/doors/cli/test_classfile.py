from __future__ import annotations

import json
from pathlib import Path

import pytest

from pagesort.doors.cli.classfile import ClassSet
from pagesort.doors.cli.classfile import gather_classes as gather_set
from pagesort.errors import InvalidRequest
from pagesort.send import Folder, Post
from pagesort.types import PageClass

INVOICE = PageClass("invoice")
STATEMENT = PageClass("bank statement", "Monthly statement")


def gather_classes(files: list[Path], texts: list[str], most: int) -> tuple[PageClass, ...]:
    return gather_set(files, texts, most).classes


def written(folder: Path, text: str, name: str = "classes.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "data",
    [
        ["invoice", {"class": "bank statement", "description": "Monthly statement"}],
        {"invoice": None, "bank statement": "Monthly statement"},
        {"classes": ["invoice", {"class": "bank statement", "description": "Monthly statement"}]},
        {"owner": "sales", "classes": {"invoice": "", "bank statement": "Monthly statement"}},
    ],
)
def test_every_spelling_in_json_and_in_yaml(tmp_path: Path, data: object) -> None:
    for name in ("a.json", "a.yaml", "A.YML"):
        assert gather_classes([written(tmp_path, json.dumps(data), name)], [], 10) == (INVOICE, STATEMENT)


def test_yaml_as_people_write_it(tmp_path: Path) -> None:
    text = "classes:\n  - invoice\n  - class: bank statement\n    description: Monthly statement\n  - 1099\n  - no\n  - 发票\n"
    found = gather_classes([written(tmp_path, text)], [], 10)
    assert found == (INVOICE, STATEMENT, PageClass("1099"), PageClass("no"), PageClass("发票"))


def test_a_class_may_be_called_classes(tmp_path: Path) -> None:
    assert gather_classes([written(tmp_path, "classes: Timetable of a school")], [], 10) == (
        PageClass("classes", "Timetable of a school"),
    )


def test_files_and_texts_are_combined_in_that_order(tmp_path: Path) -> None:
    path = written(tmp_path, "[invoice]")
    found = gather_classes([path], ["bank statement=Monthly statement", "formula=a=b", 'the "quoted" one'], 10)
    assert found == (INVOICE, STATEMENT, PageClass("formula", "a=b"), PageClass('the "quoted" one'))


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        ("a.json", '[\n  "invoice"\n  "receipt"\n]', ["a.json, line 3", "JSON"]),
        ("a.json", '[{"class": "invoice"},\n {"name": "receipt"}]', ["a.json, line 2", "classes[1].class", "missing"]),
        ("a.json", '{"invoice": "a",\n "invoice": "b"}', ["a.json", "'invoice'", "twice"]),
        ("a.json", "[1099]", ["a.json, line 1", "classes[0]", "int 1099"]),
        ("a.json", "[" * 100_000, ["a.json", "nested"]),
        ("a.json", "1" * 5000, ["a.json", "JSON"]),
        ("a.json", '"invoice"', ["a.json", "list"]),
        ("a.json", "null", ["a.json", "at least one"]),
        ("a.yaml", "", ["a.yaml", "at least one"]),
        ("a.yaml", "- invoice\n- [a, b\n", ["a.yaml, line 3", "YAML"]),
        ("a.yaml", "- invoice\n-\n- class: ''\n", ["a.yaml, line 2", "classes[1]"]),
        ("a.yaml", "classes:\n- invoice\n- class: ''\n", ["a.yaml, line 3", "classes[1].class", "empty"]),
        ("a.yaml", "classes:\n  invoice: a\n  '': b\n", ["a.yaml, line 3", "classes[1].class", "empty"]),
        ("a.yaml", "invoice: a\nreceipt: b\ninvoice: c\n", ["a.yaml", "'invoice'", "twice"]),
        ("a.yaml", "- invoice\n- Invoice\n", ["a.yaml, line 2", "repeats classes[0]"]),
        ("a.yaml", "- &a [x, x]\n- [*a, *a]\n", ["a.yaml, line 2", "aliases"]),
        ("a.yaml", "- !!python/object:os.system x\n", ["a.yaml, line 1", "YAML"]),
        ("a.yaml", "? [a, b]\n: c\n", ["a.yaml", "plain text"]),
        ("a.yaml", "[" * 5_000, ["a.yaml"]),
        ("a.yaml", "- a\x00b", ["a.yaml", "YAML"]),
        ("a.txt", "invoice", ["a.txt", ".json", ".yaml"]),
    ],
)
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, name: str, text: str, parts: list[str]) -> None:
    with pytest.raises(InvalidRequest) as caught:
        gather_classes([written(tmp_path, text, name)], [], 10)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"missing\.yaml cannot be read: No such file"):
        gather_classes([tmp_path / "missing.yaml"], [], 10)
    with pytest.raises(InvalidRequest, match="directory"):
        (tmp_path / "folder.yaml").mkdir()
        gather_classes([tmp_path / "folder.yaml"], [], 10)
    (tmp_path / "latin.yaml").write_bytes("- Fax\n- Führerschein\n".encode("latin-1"))
    with pytest.raises(InvalidRequest, match=r"latin\.yaml, line 2: is not UTF-8"):
        gather_classes([tmp_path / "latin.yaml"], [], 10)
    (tmp_path / "huge.json").write_bytes(b" " * (10 * 1024 * 1024 + 1))
    with pytest.raises(InvalidRequest, match="larger than"):
        gather_classes([tmp_path / "huge.json"], [], 10)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([], "--class NAME or --classes FILE"),
        (["=only a description"], "--class '=only a description': must not be empty"),
        (["invoice", " Invoice"], r"repeats classes\[0\]"),
        (["a", "b", "c"], "3 classes were given; at most 2"),
    ],
)
def test_faulty_texts(texts: list[str], message: str) -> None:
    with pytest.raises(InvalidRequest, match=message):
        gather_classes([], texts, 2)


def test_an_entry_may_hold_phrases_a_route_and_that_it_is_of_no_interest(tmp_path: Path) -> None:
    text = """
classes:
  invoice:
    description: A bill
    phrases: [Amount due, Bill to]
    route: {post: "http://127.0.0.1:1/parse", timeout: 30}
  letter:
    route: letters/
  cover sheet:
    exclude: true
"""
    expected = ClassSet(
        (PageClass("invoice", "A bill", ("Amount due", "Bill to")), PageClass("letter"), PageClass("cover sheet")),
        {"invoice": Post("http://127.0.0.1:1/parse", timeout=30), "letter": Folder(Path("letters"))},
        frozenset({"cover sheet"}),
    )
    assert gather_set([written(tmp_path, text)], [], 10) == expected
    as_list = [
        {
            "class": "invoice",
            "description": "A bill",
            "phrases": ["Amount due", "Bill to"],
            "route": {"post": "http://127.0.0.1:1/parse", "timeout": 30},
        },
        {"class": "letter", "route": "letters/"},
        {"class": "cover sheet", "exclude": True},
    ]
    assert gather_set([written(tmp_path, json.dumps(as_list), "a.json")], [], 10) == expected


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("rout: letters/", "line 2: classes[1].rout: is not known; an entry may hold class, description"),
        ("exclude: maybe", "line 2: classes[1].exclude: must be true or false"),
        ("exclude: true, route: letters/", "classes[1].exclude: stands beside a route"),
        ("route: {}", "classes[1].route: must hold one of folder, command, post"),
        ("route: {command: lpr}", "classes[1].route.command: must be a list"),
        ("route: {post: 'ftp://a/b'}", "classes[1].route.post: must be an http"),
        ("route: {folder: a, timeout: 5}", "classes[1].route.timeout: is not known here"),
    ],
)
def test_a_faulty_entry_is_told_with_its_place(tmp_path: Path, entry: str, told: str) -> None:
    path = written(tmp_path, f"- invoice\n- {{class: letter, {entry}}}\n")
    with pytest.raises(InvalidRequest) as caught:
        gather_set([path], [], 10)
    assert told in str(caught.value)
