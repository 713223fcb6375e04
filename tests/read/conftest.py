from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.read.opening import close_all


@pytest.fixture(autouse=True, scope="package")
def reading_processes() -> Iterator[None]:
    """They end with the tests of this folder."""
    yield
    close_all()
