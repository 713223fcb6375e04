"""What a parser does to its own process stays there: a page is lost, or a document, and never more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pagesort import Classifier
from pagesort.errors import PagesortError, UnreadableDocument
from pagesort.options import Options
from pagesort.read import worker
from pagesort.read.isolation import Processes, ReadFailed
from pagesort.types import Fault
from samples.images import saved
from tests.read import faults
from tests.read.opening import open_document
from tests.read.pdfs import pdf, text_page

HURRIED = Options(workers=2, page_timeout=3.0, max_memory=1024**3)
PATIENT = Options(workers=2, page_timeout=20.0)
"""Where nothing hangs: a busy machine must not make a page late."""

LONG = pdf(*[text_page(f"Page {number}") for number in range(40)])


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    processes = Processes(HURRIED)
    yield processes
    processes.close()


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (faults.crash, "crash"),
        (faults.hang, "longer than 3 seconds; raise PAGESORT_PAGE_TIMEOUT"),
        pytest.param(
            faults.swallow_memory,
            "more than 1,073,741,824 bytes of memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit there"),
        ),
    ],
)
def test_a_task_that_goes_wrong_is_told_apart_and_costs_the_others_nothing(
    processes: Processes, task: Callable[[], Any], why: str
) -> None:
    bad = processes.submit(task)
    others = [processes.submit(faults.process_id) for _ in range(20)]
    assert all(processes.result(other) != os.getpid() for other in others)
    with pytest.raises(ReadFailed, match=why):
        processes.result(bad)
    assert processes.result(processes.submit(faults.process_id))


def test_processes_that_were_killed_while_idle_are_replaced(processes: Processes) -> None:
    for pid in {processes.result(processes.submit(faults.process_id)) for _ in range(20)}:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.5)
    assert processes.result(processes.submit(faults.process_id))


def test_closing_ends_all_processes_even_those_that_hang() -> None:
    processes = Processes(Options(workers=2))
    pids = {processes.result(processes.submit(faults.process_id)) for _ in range(20)}
    hanging = processes.submit(faults.hang)
    time.sleep(0.2)
    started = time.monotonic()
    processes.close()
    processes.close()
    assert time.monotonic() - started < 10
    with pytest.raises(ReadFailed):
        processes.result(hanging)
    assert not any(alive(pid) for pid in pids)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("reader", "code", "why"),
    [
        (faults.crash_on_bad_page, "page_unreadable", "Page 4 of upload could not be read: it made .* crash"),
        (faults.hang_on_bad_page, "page_timeout", "Page 4 of upload .* longer than 3 seconds"),
        (
            faults.raise_on_bad_page,
            "page_unreadable",
            "Page 4 of upload could not be read: it is broken .RuntimeError: a parser's own",
        ),
    ],
)
def test_a_page_that_goes_wrong_costs_itself_alone(
    reader: Callable[..., Any], code: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_pages", reader)
    with open_document(LONG, HURRIED) as document:
        pages = list(document.pages(range(40)))
    assert [number for number, page in enumerate(pages) if isinstance(page, Fault)] == [3]
    assert isinstance(pages[3], Fault) and pages[3].page == 3 and pages[3].code == code
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(pages[3].message)
    for number, page in enumerate(pages):
        if not isinstance(page, Fault):
            assert [line.text for line in page.text_layer() or ()] == [f"Page {number}"]


def test_the_answer_tells_of_the_lost_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "read_pages", faults.crash_on_bad_page)
    with Classifier(options=PATIENT) as classifier:
        answer = classifier.classify(LONG, ["letter", "invoice"], pages="1-8")
    lost = answer.classification[3]
    assert (lost.page, lost.name, lost.fault) == (3, "unknown", "page_unreadable")
    assert "crash" in lost.reason
    assert all(page.fault is None for page in answer.classification if page is not lost)


def test_a_document_that_costs_too_much_gives_up_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "read_pages", faults.take_a_minute)
    with open_document(LONG, Options(workers=2, document_timeout=170)) as document:
        pages = list(document.pages(range(40)))
    lost = [page for page in pages if isinstance(page, Fault)]
    assert 30 < len(lost) < 40 and len(pages) == 40
    assert {page.code for page in lost} == {"page_timeout"}
    assert "PAGESORT_DOCUMENT_TIMEOUT" in lost[0].message


@pytest.mark.parametrize(
    ("opener", "why"), [(faults.crash_while_opening, "crash"), (faults.hang_while_opening, "longer than 3 seconds")]
)
def test_a_document_that_cannot_be_opened_is_an_error(
    opener: Callable[..., Any], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "open_file", opener)
    with pytest.raises(UnreadableDocument, match=f"upload could not be opened: it .*{why}"), open_document(LONG, HURRIED):
        pass


def test_neighbours_are_answered_while_a_document_crashes_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(data: bytes) -> str:
        try:
            with open_document(data, PATIENT) as document:
                return f"{document.page_count} pages"
        except PagesortError as error:
            return error.code

    monkeypatch.setattr(worker, "open_file", faults.crash_on_images)
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(opened, [saved("PNG"), LONG] * 8))
    assert outcomes == ["unreadable_document", "40 pages"] * 8


def test_pages_come_one_by_one_and_in_any_order_asked_for() -> None:
    with open_document(LONG) as document:
        wanted = [7, 39, 0, 21]
        pages = [page for page in document.pages(wanted) if not isinstance(page, Fault)]
        assert [page.number for page in pages] == wanted
        assert next(iter(document.pages(range(40)))) is not None


def test_a_script_without_a_main_guard_runs_once(tmp_path: Path) -> None:
    """multiprocessing would run it again in every process."""
    (tmp_path / "letter.pdf").write_bytes(LONG)
    script = tmp_path / "script.py"
    script.write_text(
        "import pagesort\n"
        "print('once')\n"
        "print(len(pagesort.classify('letter.pdf', ['letter', 'invoice'], pages='1-2').classification))\n"
    )
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("once\n2\n", "", 0)


def test_ctrl_c_ends_the_program_and_its_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from pagesort.options import Options\n"
        "from pagesort.read.isolation import Processes\n"
        "from tests.read import faults\n"
        "processes = Processes(Options(workers=2))\n"
        "print(processes.result(processes.submit(faults.process_id)), flush=True)\n"
        "processes.result(processes.submit(faults.hang))\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, script], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=-1, stderr=-1, text=True
    ) as program:
        assert program.stdout
        reader = int(program.stdout.readline())
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while alive(reader) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(reader)
