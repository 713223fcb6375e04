"""What holds for every test."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from pagesort.flow import Classifier
from tests.serving import OPTIONS, serving


def pytest_configure() -> None:
    """A test run started in the background is told to ignore Ctrl-C, and so would be the programs that tests interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def classifier() -> Iterator[Classifier]:
    with Classifier(options=OPTIONS) as classifier:
        assert classifier.version  # loaded now: no request should wait for it
        yield classifier


@pytest.fixture(scope="session")
def server(classifier: Classifier) -> Iterator[str]:
    """Base URL of a server that accepts any key."""
    with serving(classifier) as base_url:
        yield base_url
