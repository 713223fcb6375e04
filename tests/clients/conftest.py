from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pagesort.flow import Classifier
from tests.serving import KEY, MAX_BYTES, OPTIONS, BrokenClassifier, invoice_pdf, serving, serving_files


@pytest.fixture(scope="session")
def guarded(classifier: Classifier) -> Iterator[str]:
    """Base URL of a server that accepts `KEY` alone."""
    with serving(classifier, frozenset({KEY})) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def small() -> Iterator[str]:
    """Base URL of a server that accepts no document over `MAX_BYTES`."""
    with Classifier(options=replace(OPTIONS, max_bytes=MAX_BYTES)) as classifier, serving(classifier) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def broken() -> Iterator[str]:
    """Base URL of a server that fails with a 500."""
    with BrokenClassifier() as classifier, serving(classifier) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents, also to be had over HTTP: see `files`."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "invoice.pdf").write_bytes(invoice_pdf())
    (folder / "rechnung märz.pdf").write_bytes(invoice_pdf(2))
    return folder


@pytest.fixture(scope="session")
def files(folder: Path) -> Iterator[str]:
    """Base URL of the documents in `folder`."""
    with serving_files(folder) as base_url:
        yield base_url
