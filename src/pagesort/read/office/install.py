"""Where LibreOffice is on this machine, and the Python that can talk to it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGES = "libreoffice-writer libreoffice-impress python3-uno fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea"
INSTALL = f"apt-get install --no-install-recommends {PACKAGES}"
"""The line for Debian and Ubuntu. The fonts have the widths of Word's own, so that pages break where they do there."""

_MAC = Path("/Applications/LibreOffice.app/Contents")
_PARTS = ("libswlo.so", "libsdlo.so")
"""Writer and Impress."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What is needed to run LibreOffice."""

    soffice: str
    python: str
    """A Python that has the module `uno`; usually not the one this runs in."""
    prefix: tuple[str, ...]
    """What to put before a command so that it has no network; empty where that cannot be had."""

    def version(self) -> str:
        """As LibreOffice tells it, e.g. "LibreOffice 7.4.7.2"."""
        told = subprocess.run([self.soffice, "--version"], capture_output=True, text=True, timeout=20).stdout
        return " ".join(told.split()[:2]) or "LibreOffice"


@cache
def find_office() -> Installation | None:
    """LibreOffice with Writer and Impress, or None."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice") or shutil.which(str(_MAC / "MacOS" / "soffice"))
    if not soffice:
        return None
    program = Path(soffice).resolve().parent
    if sys.platform == "linux" and not all((program / part).exists() for part in _PARTS):
        return None
    pythons = [str(program / "python"), str(_MAC / "Resources" / "python"), "/usr/bin/python3", shutil.which("python3") or ""]
    python = next((each for each in pythons if _succeeds(each, "-c", "import uno, unohelper")), None)
    return Installation(soffice, python, _without_network()) if python else None


def _without_network() -> tuple[str, ...]:
    """A network namespace of its own has not even a loopback device that is up."""
    ways = (("unshare", "--net"), ("unshare", "--map-root-user", "--net"))
    return next((way for way in ways if _succeeds(*way, "true")), ())


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
