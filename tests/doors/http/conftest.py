from __future__ import annotations

import pytest

from tests.serving import invoice_pdf


@pytest.fixture(scope="session")
def invoice() -> bytes:
    return invoice_pdf()
