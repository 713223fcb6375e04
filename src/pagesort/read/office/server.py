"""One LibreOffice, kept warm between documents, killed with all its children when one takes too long."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from pagesort.errors import UnreadableDocument, UnsupportedDocument
from pagesort.options import Options
from pagesort.read.file import File, encrypted
from pagesort.read.office.install import INSTALL, Installation, find_office
from pagesort.read.office.profile import write_profile
from pagesort.read.sniff import Kind
from pagesort.read.spool import SpoolFile

FILTERS: dict[Kind, tuple[str, ...]] = {
    "DOC": ("MS Word 97", "MS Word 95", "MS WinWord 6"),
    "DOCX": ("MS Word 2007 XML",),
    "ODT": ("writer8",),
    "RTF": ("Rich Text Format",),
    "PPT": ("MS PowerPoint 97",),
    "PPTX": ("Impress MS PowerPoint 2007 XML",),
    "ODP": ("impress8",),
    "OOXML": ("MS Word 2007 XML", "Impress MS PowerPoint 2007 XML"),
}
"""LibreOffice's import filters for each kind. Where there is one it is told to use it, else it chooses among these."""

DOCUMENTS = 200
"""Documents after which LibreOffice is started anew, so that what it leaks does not add up."""

MEMORY_FACTOR = 2
"""LibreOffice may take so many times as much memory as a reading process: the program alone maps more than half of that."""

_ADVICE = "Open it in the program it was made with, export it as PDF, and send that."


class Office:
    """Converts one document at a time; safe to use from several threads."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._running: subprocess.Popen[str] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._documents = 0

    def convert(self, file: File) -> SpoolFile:
        """The document as PDF, which the caller closes.

        Raises `UnsupportedDocument` where LibreOffice is not installed, `EncryptedDocument` or `UnreadableDocument`.
        """
        if file.kind == "OOXML" and file.password is None:
            raise encrypted(file)
        installation = find_office()
        if installation is None:
            message = f"{file.name} is an office document ({file.kind}), which needs LibreOffice to be read."
            raise UnsupportedDocument(f"{message} Install it with: {INSTALL}. Or convert the document to PDF.")
        target = SpoolFile(".pdf")
        try:
            with self._lock:
                self._convert(file, target.path, installation)
        except BaseException:
            target.close()
            raise
        return target

    def close(self) -> None:
        """End LibreOffice, whatever it is doing. Closing twice is fine."""
        self._kill()
        with self._lock:
            self._discard()

    def _convert(self, file: File, target: Path, installation: Installation) -> None:
        asked = {
            "source": str(file.path),
            "target": str(target),
            "filters": FILTERS[file.kind],
            "password": file.password,
        }
        warm = self._running is not None
        answer, late = self._attempt(asked, installation)
        if warm and not answer and not late:  # what made it crash may have been the document before
            answer, late = self._attempt(asked, installation)
        match answer.get("outcome"):
            case "done" if target.stat().st_size:
                return
            case "encrypted":
                raise encrypted(file)
            case "done" | "broken":
                detail = answer.get("detail") or "it has no pages"
                raise UnreadableDocument(f"{file.name} is broken and cannot be converted ({detail}). {_ADVICE}")
        limit = self._options.office_timeout
        if late:
            message = f"took longer than {limit:g} seconds to convert; raise PAGESORT_OFFICE_TIMEOUT if it is worth it"
        else:
            message = "made LibreOffice crash"
        raise UnreadableDocument(f"{file.name} {message}. {_ADVICE}")

    def _attempt(self, asked: Mapping[str, object], installation: Installation) -> tuple[dict[str, str], bool]:
        """LibreOffice's answer, empty where it gave none; and whether that is because it took too long."""
        with self._deadline() as late:
            answer = self._ask(self._ready(installation), asked)
        if not answer:
            self._discard()
        return answer, late.is_set()

    def _ready(self, installation: Installation) -> subprocess.Popen[str]:
        """The running LibreOffice, or a new one; whether it came up, the first question tells."""
        if self._documents >= DOCUMENTS or (self._running and self._running.poll() is not None):
            self._discard()
        if not self._running:
            self._folder = tempfile.TemporaryDirectory(prefix="pagesort-office-")
            profile = Path(self._folder.name) / "profile"
            write_profile(profile)
            listener = str(Path(__file__).with_name("listener.py"))
            memory = str(MEMORY_FACTOR * self._options.max_memory)
            self._running = subprocess.Popen(
                [*installation.prefix, installation.python, "-I", listener, installation.soffice, str(profile), memory],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=self._folder.name,
                start_new_session=True,  # a group of its own, to be killed as a whole, and out of reach of Ctrl-C
            )
            self._documents = 0
            self._answer(self._running)  # that it is ready
        self._documents += 1
        return self._running

    def _ask(self, process: subprocess.Popen[str], question: Mapping[str, object]) -> dict[str, str]:
        assert process.stdin
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
        except OSError:
            return {}
        return self._answer(process)

    def _answer(self, process: subprocess.Popen[str]) -> dict[str, str]:
        """One line of it; nothing where it has ended."""
        assert process.stdout
        line = process.stdout.readline()
        answer: dict[str, str] = json.loads(line) if line else {}
        return answer

    @contextlib.contextmanager
    def _deadline(self) -> Iterator[threading.Event]:
        """Kill LibreOffice if the block takes too long, which ends all waiting for its answers. The event tells it did."""
        late = threading.Event()

        def strike() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(self._options.office_timeout, strike)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()

    def _kill(self) -> None:
        process = self._running
        if process and process.poll() is None:
            with contextlib.suppress(OSError):
                if sys.platform == "win32":
                    process.kill()
                else:
                    os.killpg(process.pid, signal.SIGKILL)

    def _discard(self) -> None:
        self._kill()
        if self._running:
            for stream in (self._running.stdin, self._running.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._running.wait()
            self._running = None
        if self._folder:
            with contextlib.suppress(OSError):
                self._folder.cleanup()
            self._folder = None
