import subprocess
import time

import pytest

from benchmarks.timing import medians, python


def test_rivals_take_turns_and_the_first_turn_does_not_count() -> None:
    calls: list[str] = []

    def slow_at_first() -> None:
        time.sleep(0.0 if "first" in calls else 0.2)
        calls.append("first")

    seconds = medians({"first": slow_at_first, "second": lambda: calls.append("second")}, repeats=3)
    assert calls == ["first", "second"] * 4
    assert seconds["first"] < 0.1


def test_python_returns_what_was_printed_and_fails_loudly() -> None:
    assert python("import sys; print(sys.argv[1])", "this") == "this\n"
    with pytest.raises(subprocess.CalledProcessError):
        python("raise SystemExit(3)")
