"""The shipped knowledge, indexed in advance: reading and indexing it takes seconds, loading what came of it a fifth of one.

The file is made when the package is built (`hatch_build.py`), or by `python -m pagesort.judge.compiled`. It is a pickle, which
can do whatever code can, and lies where the code lies: whoever can write the one can write the other. A file that was made by
other code or of other knowledge is left alone.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pagesort.judge.evidence import Index
from pagesort.judge.knowledge import page_types
from pagesort.judge.mapping import Atlas
from pagesort.judge.shipped import KNOWLEDGE, fingerprint

COMPILED = KNOWLEDGE.with_suffix(".pickle")


def load(path: Path = COMPILED) -> tuple[Index, Atlas]:
    """The shipped page types, ready to be looked up: from the file, or, where that is missing, stale or damaged, made anew."""
    with _collector_off():
        try:
            with path.open("rb") as file:
                if file.readline() == _made_of():
                    index, atlas = pickle.load(file)
                    return index, atlas
        except Exception:  # a damaged pickle raises nearly anything
            pass
        return _made()


def write(path: Path = COMPILED) -> Path:
    """Make the file. It takes the place of an older one at once, so that nobody reads half of it."""
    content = _made_of() + pickle.dumps(_made(), protocol=5)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    return unfinished.replace(path)


def _made() -> tuple[Index, Atlas]:
    types = page_types()
    return Index(types), Atlas(types)


def _made_of() -> bytes:
    """The first line of the file: which knowledge, and which code that makes the index."""
    return f"{fingerprint((*KNOWLEDGE.glob('*.yaml'), *KNOWLEDGE.parent.glob('*.py')))}\n".encode()


@contextmanager
def _collector_off() -> Iterator[None]:
    """Hundreds of thousands of objects are made, none of them garbage; looking for some would take a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


if __name__ == "__main__":
    write()
