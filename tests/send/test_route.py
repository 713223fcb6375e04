"""Documents sent on by class, to real folders, programs and a real endpoint that fails half of the time."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from pagesort import Answer, Classifier, Shipment
from pagesort.errors import InvalidRequest
from pagesort.send import Command, Folder, Post, parse_routes
from samples.bundle import CLASSES, build, truth
from tests.send.receiver import receiving

BUNDLE = build()
DROPPED = ["letter", "receipt", "identity card", "contract", "unknown"]


@pytest.fixture(scope="module")
def answer(classifier: Classifier) -> Answer:
    answer = classifier.classify(BUNDLE, CLASSES, filename="bundle.pdf")
    assert [page.name for page in answer.classification] == truth()
    return answer


def statuses(shipment: Shipment) -> dict[str, str]:
    return {parcel.piece.name: parcel.status for parcel in shipment.parcels}


def test_every_document_is_delivered_once_by_an_endpoint_that_fails_half_of_the_time(
    classifier: Classifier, answer: Answer, tmp_path: Path
) -> None:
    with receiving(lambda number: (503, {"Retry-After": "0"}) if number % 2 == 0 else None) as endpoint:
        everything = {name: endpoint.url for name in {*truth()}}
        shipment = classifier.route(BUNDLE, answer, everything, tmp_path)
    assert set(statuses(shipment).values()) == {"delivered"}
    keys = [parcel.key for parcel in shipment.parcels]
    assert sorted(endpoint.taken) == sorted(keys) and len(set(keys)) == len(keys)
    assert endpoint.repeated == 0 and endpoint.requests > len(keys)
    assert not (tmp_path / "failed").exists()
    assert all(content.startswith(b"%PDF") for content in endpoint.taken.values())
    kept = [json.loads((tmp_path / str(parcel.answer)).read_bytes()) for parcel in shipment.parcels]
    assert len({entry["number"] for entry in kept}) == len(keys)


def test_a_second_run_has_the_same_keys_and_delivers_what_is_left(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    with receiving(lambda number: (400, {}) if number == 0 else None) as endpoint:
        routes = {"invoice": endpoint.url}
        first = classifier.route(BUNDLE, answer, routes, tmp_path)
        (failed,) = first.failed
        assert failed.attempts == 1 and "HTTP status 400: not now" in str(failed.detail)
        assert (tmp_path / str(failed.file)).read_bytes().startswith(b"%PDF")
        note = json.loads((tmp_path / str(failed.file)).with_suffix(".json").read_bytes())
        assert (note["class"], note["key"], note["to"]) == ("invoice", failed.key, endpoint.url)
        second = classifier.route(BUNDLE, answer, routes, tmp_path)
        assert [parcel.status for parcel in second.parcels if parcel.piece.name == "invoice"].count("already delivered") == 1
        assert not second.failed and not list((tmp_path / "failed").iterdir())
    assert [parcel.key for parcel in first.parcels] == [parcel.key for parcel in second.parcels]
    assert endpoint.requests == 3 and endpoint.repeated == 0


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ((503, {"Retry-After": "0"}), "HTTP status 503"),
        ((0, {}), "the connection broke off"),
        ((302, {"Location": "/"}), "status 302"),
    ],
)
def test_what_cannot_be_delivered_is_kept_with_the_reason(
    classifier: Classifier, answer: Answer, tmp_path: Path, fault: Any, told: str
) -> None:
    with receiving(lambda number: fault) as endpoint:
        shipment = classifier.route(BUNDLE, answer, {"pay stub": {"post": endpoint.url, "retries": 2}}, tmp_path)
    (failed,) = shipment.failed
    assert told in str(failed.detail)
    assert failed.attempts == endpoint.requests == (1 if fault[0] == 302 else 3)
    assert len(set(endpoint.keys)) == 1
    assert (tmp_path / "failed" / "bundle-04-pay-stub.pdf").exists()


def test_nobody_answers(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    route: dict[str, Any] = {"post": "http://127.0.0.1:9/parse", "retries": 0}
    (failed,) = classifier.route(BUNDLE, answer, {"pay stub": route}, tmp_path).failed
    assert "nobody answers there" in str(failed.detail)


def test_the_form_holds_what_the_route_says_and_secrets_stay_secret(
    classifier: Classifier, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARSE_KEY", "hunter2")
    with receiving() as endpoint:
        route: dict[str, Any] = {
            "post": f"{endpoint.url}?token=hunter2",
            "headers": {"Authorization": "Bearer ${PARSE_KEY}"},
            "fields": {"kind": "{class} {number}", "model": "x"},
        }
        classifier.route(BUNDLE, answer, {"pay stub": route}, tmp_path)
    assert endpoint.forms == [{"kind": "pay stub 4", "model": "x", "document": "bundle-04-pay-stub.pdf"}]
    assert endpoint.headers[0]["Authorization"] == "Bearer hunter2"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()]


def test_a_folder_a_command_and_pages_of_no_interest(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    script = "import pathlib, sys; pathlib.Path(sys.argv[2]).write_bytes(pathlib.Path(sys.argv[1]).read_bytes())"
    routes: dict[str, Any] = {
        "invoice": str(tmp_path / "invoices"),
        "bank statement": Folder(tmp_path / "statements"),
        "pay stub": {"command": [sys.executable, "-c", script, "{file}", str(tmp_path / "{class}.pdf")]},
    }
    shipment = classifier.route(BUNDLE, answer, routes, tmp_path / "out", price=0.03)
    assert [path.name for path in sorted((tmp_path / "invoices").iterdir())] == ["bundle-02-invoice.pdf", "bundle-09-invoice.pdf"]
    assert (tmp_path / "pay-stub.pdf").read_bytes().startswith(b"%PDF")
    assert {name for name, status in statuses(shipment).items() if status == "dropped"} == set(DROPPED)
    assert (shipment.pages(), shipment.pages("delivered"), shipment.pages("dropped")) == (11, 5, 6)
    assert shipment.saved == pytest.approx(0.18)
    manifest = json.loads((tmp_path / "out" / "bundle-manifest.json").read_bytes())
    assert manifest == shipment.to_dict()
    assert manifest["summary"]["saved"] == pytest.approx(0.18)
    again = classifier.route(BUNDLE, answer, routes, tmp_path / "out", price=0.03)
    assert statuses(again)["pay stub"] == "already delivered"
    assert len(list((tmp_path / "invoices").iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-c", "import sys; sys.exit('no paper')"], "ended with 1: no paper"),
        (["-c", "import time; time.sleep(60)"], "took longer than 0.5 seconds"),
    ],
)
def test_a_command_that_fails(classifier: Classifier, answer: Answer, tmp_path: Path, arguments: list[str], told: str) -> None:
    route: dict[str, Any] = {"command": [sys.executable, *arguments], "timeout": 0.5 if "sleep" in arguments[1] else 30}
    (failed,) = classifier.route(BUNDLE, answer, {"pay stub": route}, tmp_path).failed
    assert told in str(failed.detail)
    assert (tmp_path / str(failed.file)).exists()


def test_a_route_that_misses_its_class_by_case_alone_is_refused(classifier: Classifier, answer: Answer, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="'Pay Stub' is no class, but 'pay stub' is"):
        classifier.route(BUNDLE, answer, {"Pay Stub": "a"}, tmp_path)


@pytest.mark.parametrize(
    ("route", "told"),
    [
        (5, "must be a folder"),
        ({}, "must hold one of"),
        ({"folder": "a", "post": "http://a/"}, "must hold one of"),
        ({"folder": " "}, "path of a folder"),
        ({"command": "rm -rf /"}, "no shell"),
        ({"command": ["a", "{file.__class__}"]}, "cannot be filled in"),
        ({"post": "http://"}, "address"),
        ({"post": "http://a b/"}, "address"),
        ({"post": "http://a/", "headers": {"A": "b\nC: d"}}, "not a header"),
        ({"post": "http://a/", "headers": {"A": "${NO_SUCH_THING}"}}, "NO_SUCH_THING, which is not set"),
        ({"post": "http://a/", "fields": {"a": "{secret}"}}, "cannot be filled in"),
        ({"post": "http://a/", "retries": -1}, "not a number that makes sense"),
        ({"post": "http://a/", "timout": 5}, "is not known here"),
    ],
)
def test_routes_that_make_no_sense(route: Any, told: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_routes({"invoice": route})
    assert told in str(caught.value) and "routes['invoice']" in str(caught.value)


def test_every_spelling_of_a_route() -> None:
    assert parse_routes({"a": "in", "b": "https://a/b", "c": {"command": ["lpr"]}}) == {
        "a": Folder(Path("in")),
        "b": Post("https://a/b"),
        "c": Command(("lpr", "{file}")),
    }
