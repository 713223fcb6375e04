"""Converts documents to PDF with LibreOffice, one after the other, as it is told on stdin. Runs under LibreOffice's Python.

    python listener.py SOFFICE PROFILE MAX_MEMORY

Reads one JSON object a line, {"source": path, "target": path, "filters": [name, ...], "password": text or null}, and
answers each with a line: {"outcome": "done"}, {"outcome": "encrypted"} or {"outcome": "broken", "detail": text}.
LibreOffice and all it starts belong to this program's process group, so that they can be killed together. Ends with its stdin.

This file stands alone: the Python that it runs under knows nothing of pagesort, and only that Python knows `uno`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

START_SECONDS = 60

FLAGS = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck"]

EXPORT = {
    "ReduceImageResolution": True,
    "MaxImageResolution": 150,  # pages are looked at with about as many
    "ExportFormFields": False,  # what is filled in is drawn, as it is on paper
    "ExportBookmarks": False,
    "ExportNotes": False,
}


def main() -> None:
    soffice, profile, max_memory = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    limit(max_memory)
    os.environ["TMPDIR"] = str(profile.parent)  # what a killed LibreOffice leaves behind goes with the profile
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever libraries print
    desktop = connect(soffice, profile)
    print(json.dumps({"outcome": "ready"}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = convert(desktop, **asked)
        except Exception as error:
            answer = {"outcome": "broken", "detail": str(error)[:200]}
        print(json.dumps(answer), file=answers, flush=True)
    with contextlib.suppress(Exception):
        desktop.terminate()


def limit(max_memory: int) -> None:
    """For this process and all it starts: memory, and the size of a file written."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (max_memory, max_memory))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))


def connect(soffice: str, profile: Path) -> Any:
    """Start LibreOffice; its desktop, once it answers. Nobody else can reach it: its pipe belongs to this user."""
    import uno

    pipe = f"pagesort{uuid.uuid4().hex}"
    place = [f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
    nothing = subprocess.DEVNULL
    office = subprocess.Popen([soffice, *FLAGS, *place], stdin=nothing, stdout=nothing, stderr=nothing)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if office.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def convert(desktop: Any, source: str, target: str, filters: list[str], password: str | None) -> dict[str, str]:
    document, asked, why = load(desktop, source, filters, password)
    if document is None and password is not None and not asked:
        # Some filters only say that it does not load when a password is wrong; without one, they ask.
        document, asked, why = load(desktop, source, filters, None)
    if document is None:
        return {"outcome": "encrypted"} if asked else {"outcome": "broken", "detail": why}
    try:
        used = next((each.Value for each in document.getArgs() if each.Name == "FilterName"), "")
        if used not in filters:  # LibreOffice takes nearly anything for text
            return {"outcome": "broken", "detail": "its content is not what it claims to be"}
        store(document, target)
        return {"outcome": "done"}
    finally:
        with contextlib.suppress(Exception):
            document.close(True)


def load(desktop: Any, source: str, filters: list[str], password: str | None) -> tuple[Any, bool, str]:
    """The document, or None; whether a password was asked for; and why it does not load."""
    import uno

    interaction = interaction_handler(password)
    settings = {
        "Hidden": True,
        "ReadOnly": True,
        "MacroExecutionMode": uno.getConstantByName("com.sun.star.document.MacroExecMode.NEVER_EXECUTE"),
        "UpdateDocMode": uno.getConstantByName("com.sun.star.document.UpdateDocMode.NO_UPDATE"),
        "InteractionHandler": interaction,
    }
    if len(filters) == 1:
        settings["FilterName"] = filters[0]
    if password is not None:
        settings["Password"] = password
    try:
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, properties(settings))
        return document, interaction.asked, "it does not load"
    except Exception as error:
        return None, interaction.asked, str(error)[:200]


def store(document: Any, target: str) -> None:
    import uno

    slides = document.supportsService("com.sun.star.presentation.PresentationDocument")
    settings = {
        "FilterName": "impress_pdf_Export" if slides else "writer_pdf_Export",
        "FilterData": uno.Any("[]com.sun.star.beans.PropertyValue", properties(EXPORT)),
    }
    document.storeToURL(Path(target).as_uri(), properties(settings))


def interaction_handler(password: str | None) -> Any:
    """What answers LibreOffice's questions: with the password, once, and all others with the way out."""
    import uno
    import unohelper
    from com.sun.star.task import XInteractionHandler2

    class Handler(unohelper.Base, XInteractionHandler2):  # type: ignore[misc]
        asked = False
        """Whether LibreOffice asked for a password."""

        def handle(self, request: Any) -> None:
            self.handleInteractionRequest(request)

        def handleInteractionRequest(self, request: Any) -> bool:
            entry = self._way(request, "Password")
            first, self.asked = not self.asked, self.asked or entry is not None
            if entry is not None and password is not None and first:
                entry.setPassword(password)
                entry.select()
                return True
            abort = self._way(request, "Abort")
            if abort is not None:
                abort.select()
            return abort is not None

        def _way(self, request: Any, name: str) -> Any:
            wanted = uno.getTypeByName(f"com.sun.star.task.XInteraction{name}")
            return next((way for way in request.getContinuations() if way.queryInterface(wanted)), None)

    return Handler()


def properties(values: dict[str, Any]) -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


if __name__ == "__main__":
    main()
