"""Model names → judges. A new back end is one line in `_LOADERS`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from pagesort.errors import UnknownModel
from pagesort.judge.shipped import recorded_snapshot
from pagesort.types import Judge

LATEST = "classify-latest"
SNAPSHOT, _ = recorded_snapshot()


def _embedded(knowledge: Path | None) -> Judge:
    from pagesort.judge.embedded import EmbeddedJudge
    from pagesort.judge.own import types_with_own

    return EmbeddedJudge(SNAPSHOT, types=types_with_own(knowledge) if knowledge else None)


_LOADERS: dict[str, Callable[[Path | None], Judge]] = {SNAPSHOT: _embedded}
_ALIASES = {LATEST: SNAPSHOT}


def available_models() -> tuple[str, ...]:
    """Every name that may be asked for, aliases first."""
    return (*_ALIASES, *_LOADERS)


class Judges:
    """The judges in use, each loaded once, on first need, whatever number of threads asks.

    `knowledge`: a file or folder of page types of the user's own; a mistake in it is told at once, as `BadKnowledge`.
    """

    def __init__(self, default: str | None = None, knowledge: Path | None = None) -> None:
        self._default = _resolve(default or LATEST)
        self._knowledge = knowledge
        self._loaded: dict[str, Judge] = {}
        self._lock = threading.Lock()
        if knowledge:
            self.get()

    def get(self, model: str | None = None) -> Judge:
        """The judge of that name (None: the default). Raises `UnknownModel`, listing what exists."""
        snapshot = _resolve(model) if model else self._default
        with self._lock:
            if snapshot not in self._loaded:
                self._loaded[snapshot] = _LOADERS[snapshot](self._knowledge)
            return self._loaded[snapshot]


def _resolve(model: str) -> str:
    snapshot = _ALIASES.get(model, model)
    if snapshot not in _LOADERS:
        raise UnknownModel(f"model: there is no model {model!r}; available: {', '.join(available_models())}")
    return snapshot
