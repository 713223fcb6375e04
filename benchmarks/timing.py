"""Stop watches. Rivals are measured in turn, so that a busy machine slows them alike and their ratio stays honest."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def medians(rivals: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """The median seconds of each; one run of all of them beforehand goes uncounted."""
    seconds: dict[str, list[float]] = {name: [] for name in rivals}
    for turn in range(repeats + 1):
        for name, work in rivals.items():
            started = time.perf_counter()
            work()
            if turn:
                seconds[name].append(time.perf_counter() - started)
    return {name: median(each) for name, each in seconds.items()}


def python(code: str, *arguments: str) -> str:
    """Run code in a fresh interpreter like this one; returns what it printed. Raises CalledProcessError."""
    return subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True).stdout


def command(arguments: Sequence[str]) -> None:
    subprocess.run(arguments, check=True, capture_output=True)
