from __future__ import annotations

from collections.abc import Iterator

import pytest

from pagesort.flow import Classifier
from tests.serving import OPTIONS, invoice_pdf, serving


@pytest.fixture(scope="session")
def classifier() -> Iterator[Classifier]:
    with Classifier(options=OPTIONS) as classifier:
        yield classifier


@pytest.fixture(scope="session")
def server(classifier: Classifier) -> Iterator[str]:
    """Base URL of a server that asks for no key."""
    with serving(classifier) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def invoice() -> bytes:
    return invoice_pdf()
