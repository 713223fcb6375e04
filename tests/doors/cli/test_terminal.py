"""The real program at a real terminal and in a real pipe."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pagesort.doors.cli import EXIT_INTERRUPTED, EXIT_PIPE
from tests.doors.cli.conftest import INVOICE, MakePdf

PROGRAM = [sys.executable, "-m", "pagesort", "classify"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def at_a_terminal(*argv: object) -> tuple[int, str]:
    """Exit code and everything shown on a terminal of 80 columns."""
    process, terminal = start_at_a_terminal(*argv)
    shown = b"".join(iter(lambda: read(terminal), b""))  # whole: a chunk may end in the middle of a character
    os.close(terminal)
    return process.wait(), shown.decode()


def start_at_a_terminal(*argv: object) -> tuple[subprocess.Popen[bytes], int]:
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen([*PROGRAM, *map(str, argv)], stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
    os.close(theirs)
    return process, ours


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side has closed
        return b""


def test_a_terminal_gets_a_table_in_colour_and_progress(make_pdf: MakePdf) -> None:
    code, shown = at_a_terminal(make_pdf("long.pdf", *[INVOICE] * 12), "--class", "invoice")
    assert code == 0
    assert "12/12" in shown, "progress"
    assert "\x1b[36minvoice" in shown, "colour"
    table = ESCAPES.sub("", shown[shown.index("long.pdf: 12 pages") :]).splitlines()
    assert max(map(len, table)) <= 80
    assert [line.split()[0] for line in table if " invoice " in line][-12:] == [str(page) for page in range(1, 13)]


def test_json_on_a_terminal(invoice: Path) -> None:
    code, shown = at_a_terminal(invoice, "--class", "invoice", "--json")
    assert code == 0
    assert json.loads(shown)["metadata"]["page_count"] == 1


def test_a_reader_that_goes_away_is_no_error(invoice: Path) -> None:
    process = subprocess.Popen([*PROGRAM, invoice, "--class", "invoice"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), told) == (EXIT_PIPE, b"")


def test_ctrl_c_in_the_middle_of_a_document(tmp_path: Path) -> None:
    scan = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(scan).text((60, 60), "INVOICE", fill=0, font=ImageFont.load_default(40))
    scan.save(tmp_path / "scans.tiff", save_all=True, append_images=[scan] * 49)
    process, terminal = start_at_a_terminal(tmp_path / "scans.tiff", "--class", "invoice")
    shown = b""
    while b"/50" not in shown and (more := read(terminal)):
        shown += more
    process.send_signal(signal.SIGINT)
    shown += b"".join(iter(lambda: read(terminal), b""))
    os.close(terminal)
    assert process.wait() == EXIT_INTERRUPTED
    assert b"Traceback" not in shown


def test_ctrl_c_while_waiting_for_stdin(tmp_path: Path) -> None:
    with subprocess.Popen([*PROGRAM, "-", "--class", "invoice"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin and process.stderr
        process.stdin.write(bytes(2**21))  # more than a pipe holds: once written, the program is reading
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait() == EXIT_INTERRUPTED
