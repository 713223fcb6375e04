"""Model names → judges. A new back end is one line in `_LOADERS`."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pagesort.errors import UnknownModel
from pagesort.types import Judge

LATEST = "classify-latest"
SNAPSHOT = "classify-20261123"


def _embedded() -> Judge:
    from pagesort.judge.embedded import EmbeddedJudge

    return EmbeddedJudge(SNAPSHOT)


_LOADERS: dict[str, Callable[[], Judge]] = {SNAPSHOT: _embedded}
_ALIASES = {LATEST: SNAPSHOT}


def available_models() -> tuple[str, ...]:
    """Every name that may be asked for, aliases first."""
    return (*_ALIASES, *_LOADERS)


class Judges:
    """The judges in use, each loaded once, on first need, whatever number of threads asks."""

    def __init__(self, default: str | None = None) -> None:
        self._default = _resolve(default or LATEST)
        self._loaded: dict[str, Judge] = {}
        self._lock = threading.Lock()

    def get(self, model: str | None = None) -> Judge:
        """The judge of that name (None: the default). Raises `UnknownModel`, listing what exists."""
        snapshot = _resolve(model) if model else self._default
        with self._lock:
            if snapshot not in self._loaded:
                self._loaded[snapshot] = _LOADERS[snapshot]()
            return self._loaded[snapshot]


def _resolve(model: str) -> str:
    snapshot = _ALIASES.get(model, model)
    if snapshot not in _LOADERS:
        raise UnknownModel(f"model: there is no model {model!r}; available: {', '.join(available_models())}")
    return snapshot
