"""A document to a program, as the argument it is started with."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from pagesort.errors import DeliveryFailed

_TOLD = 500
"""Bytes of what the program printed last that are repeated where it fails."""


def run(arguments: Sequence[str], timeout: float) -> None:
    """Start the program, without a shell, and wait. Raises `DeliveryFailed` where it does not end with 0 in time."""
    with tempfile.TemporaryFile() as printed:
        try:
            process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True
            )
        except (OSError, ValueError) as error:
            raise DeliveryFailed(f"{arguments[0]} cannot be started: {error}", 1) from None
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise DeliveryFailed(f"{arguments[0]} took longer than {timeout:g} seconds and was ended", 1) from None
        finally:
            _end(process)
        if code:
            printed.seek(max(0, printed.seek(0, os.SEEK_END) - _TOLD))
            said = " ".join(printed.read().decode("utf-8", "replace").split())
            raise DeliveryFailed(f"{arguments[0]} ended with {code}{': ' * bool(said)}{said}", 1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started, where it still runs."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
