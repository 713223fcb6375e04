"""What was delivered, line by line as it happens: a later run, also after a crash, sends nothing twice."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from pagesort.send.manifest import Parcel


class Journal:
    """Keys and destinations in a file of JSON Lines. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._entries = set(_read(path))

    def holds(self, parcel: Parcel) -> bool:
        return (parcel.key, parcel.to) in self._entries

    def add(self, parcel: Parcel) -> None:
        """On the disk when this returns. Raises OSError."""
        line = json.dumps({"key": parcel.key, "to": parcel.to}, ensure_ascii=False) + "\n"
        with self._lock, self._path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
            self._entries.add((parcel.key, parcel.to))


def _read(path: Path) -> list[tuple[str, str | None]]:
    """What can be understood of the file: its last line may have been cut short."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    entries = []
    for line in lines:
        try:
            entry = json.loads(line)
            entries.append((entry["key"], entry["to"]))
        except (ValueError, KeyError, TypeError):
            continue
    return entries
