"""Files put where they belong: whole or not at all, and never over another one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from pagesort.errors import InvalidRequest


def prepare(folder: Path) -> Path:
    """The folder, made if need be. Raises `InvalidRequest` where nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise InvalidRequest("output", f"nothing can be written to {folder}: {error.strerror}. Choose another folder") from None


def place(path: Path, content: bytes) -> Path:
    """Write the content to `path`, or to the next free name where something else lies there. Returns where it lies now.

    A file that already lies there with the same content is left as it is. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written(path.parent, content) as whole:
        for number in count(1):
            target = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
            try:
                os.link(whole, target)
                return target
            except FileExistsError:
                if _holds(target, content):
                    return target
    raise AssertionError("there is always a next number")


def replace(path: Path, content: bytes) -> None:
    """Write the content to `path`, over what lies there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written(path.parent, content) as whole:
        whole.replace(path)


@contextmanager
def _written(folder: Path, content: bytes) -> Iterator[Path]:
    """The content in a file of another name, so that nobody who watches the folder finds half of it."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        path.chmod(0o666 & ~_umask())
        yield path
    finally:
        path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
