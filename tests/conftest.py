"""What holds for every test."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """A test run started in the background is told to ignore Ctrl-C, and so would be the programs that tests interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
