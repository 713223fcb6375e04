"""The reading processes: parsers written in C meet hostile bytes there, and never in the caller's process.

pebble's pool keeps them: it replaces one that crashes, and kills one that takes too long.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import context, spawn
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from pagesort.errors import PagesortError
from pagesort.options import Options
from pagesort.read import worker

T = TypeVar("T")

TASKS = 2_000
"""Tasks after which a process is replaced, so that what a library leaks does not add up."""

LONGEST_QUEUE = 20
"""Tasks that may take their full time before a waiting one is given up. A task that the pool itself has lost waits as long."""

_GLANCE = 1.0
"""Seconds between two looks at whether waiting still makes sense."""


class ReadFailed(Exception):
    """A task came to no result. `str(error)` tells why, to follow "it could not be read: "."""

    timed_out = False


class ReadTimeout(ReadFailed):
    timed_out = True


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A task under way, and what it takes to ask again."""

    future: Future[T]
    task: Callable[..., T]
    args: tuple[object, ...]


class Processes:
    """A pool of reading processes, started when first needed; safe to use from several threads."""

    def __init__(self, options: Options, preload: Sequence[str] = ()) -> None:
        """`preload`: modules that the processes are to have loaded, beside those that read."""
        self._options = options
        self._preload = preload
        self.count = options.workers or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._closed = False

    def start(self) -> None:
        """Start the processes, if they are not running, and wait until one of them answers."""
        with contextlib.suppress(ReadFailed):
            self.result(self.submit(worker.wake_up))

    def submit(self, task: Callable[..., T], *args: object) -> Asked[T]:
        """Have a function, known by its name, called in one of the processes."""
        return Asked(self._schedule(task, args), task, args)

    def result(self, asked: Asked[T]) -> T:
        """What the task gave or raised. Raises `ReadFailed` where it crashed, took too long or too much memory."""
        try:
            return self._awaited(asked.future)
        except BrokenProcessPool:  # the fault of another task, or of somebody who kills processes
            if self._closed:
                raise ReadFailed("the classifier was closed") from None
            return self._awaited(self._schedule(asked.task, asked.args), last_try=True)

    def _schedule(self, task: Callable[..., T], args: tuple[object, ...]) -> Future[T]:
        try:
            return self._running().schedule(task, args, timeout=self._options.page_timeout)
        except RuntimeError:  # the pool broke since, and is replaced
            return self._running().schedule(task, args, timeout=self._options.page_timeout)

    def _awaited(self, future: Future[T], last_try: bool = False) -> T:
        limit = self._options.page_timeout
        self._wait(future)
        try:
            return future.result()
        except PagesortError:
            raise
        except TimeoutError:
            raise ReadTimeout(f"it took longer than {limit:g} seconds; raise PAGESORT_PAGE_TIMEOUT if it is worth it") from None
        except MemoryError:
            most = self._options.max_memory
            raise ReadFailed(f"it needs more than {most:,} bytes of memory (PAGESORT_MAX_MEMORY)") from None
        except ProcessExpired:
            raise ReadFailed("it made the program that reads it crash") from None
        except BrokenProcessPool:
            if not last_try:
                raise
            raise ReadFailed("the program that reads it was ended from outside") from None
        except Exception as error:  # a parser given hostile bytes raises nearly anything
            raise ReadFailed(f"it is broken ({type(error).__name__}: {str(error)[:100]})") from error

    def _wait(self, future: Future[Any]) -> None:
        patience = time.monotonic() + LONGEST_QUEUE * self._options.page_timeout
        while not wait([future], _GLANCE).done:
            if self._closed:
                raise ReadFailed("the classifier was closed")
            if time.monotonic() > patience:
                raise ReadTimeout("the programs that read documents are too busy with others")

    def close(self) -> None:
        """End all processes, whatever they are doing. Closing twice is fine."""
        with self._lock:
            self._closed = True
            if self._pool:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None

    def _running(self) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise ValueError("this classifier is closed")
            if self._pool and not self._pool.active:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None
            if not self._pool:
                settings = (self._options.max_memory,)
                self._pool = ProcessPool(self.count, TASKS, worker.begin, settings, _context(self._preload))
                assert self._pool.active  # asking starts it
            return self._pool


def _context(preload: Sequence[str]) -> context.BaseContext:
    """How processes start: forked from a server that has loaded the modules, where that is safe; else from nothing.

    A plain fork of the caller's process, with its threads and their locks, is not an option.
    """
    if os.name == "posix" and os.uname().sysname == "Linux":
        served = _ForkServerContext()
        served.set_forkserver_preload([worker.__name__, *worker.PARSERS, *preload])
        return served
    return _SpawnContext()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Start a process that does not run the caller's main module again.

    multiprocessing does so for the sake of functions defined there. Ours are not, and a script without the guard
    `if __name__ == "__main__"` would come to grief. Only what this thread starts meanwhile is changed.
    """
    with _STARTING:
        original, here = spawn.get_preparation_data, threading.get_ident()

        def prepared(name: str) -> dict[str, Any]:
            data = original(name)
            if threading.get_ident() == here:
                data.pop("init_main_from_name", None)
                data.pop("init_main_from_path", None)
            return data

        spawn.get_preparation_data = prepared
        try:
            yield
        finally:
            spawn.get_preparation_data = original


_STARTING = threading.Lock()


class _SpawnProcess(context.SpawnProcess):
    def start(self) -> None:
        with _without_main():
            super().start()


class _SpawnContext(context.SpawnContext):
    Process = _SpawnProcess


if "forkserver" in multiprocessing.get_all_start_methods():

    class _ForkServerProcess(context.ForkServerProcess):
        def start(self) -> None:
            with _without_main():
                super().start()

    class _ForkServerContext(context.ForkServerContext):
        Process = _ForkServerProcess
