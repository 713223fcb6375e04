"""The whole run: read → see → judge → link → answer, and from there, where asked for, → send.

Every way in (library, command line, HTTP, evaluation) goes through `Classifier`.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pagesort.answer import build_answer, fault_verdict
from pagesort.doubts import Doubts
from pagesort.early import PRELOAD, EarlyJudge
from pagesort.errors import PagesortError, PageUnreadable, UnreadableDocument
from pagesort.judge import ClassesInput, Judges, parse_classes
from pagesort.link import Linking, link
from pagesort.options import Options
from pagesort.read import Opener, PagesInput, Source, select_pages
from pagesort.see import Drawn, Ocr, as_sight, look
from pagesort.send import PATTERN, By, Names, RoutesInput, Shipment, deliver, parse_routes, split
from pagesort.types import Answer, Document, Fault, Judge, Linked, Page, PageClass, Portable, Sight, Verdict

log = logging.getLogger(__name__)
T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called after each page that was looked at, with pages done and pages in all; calls come from one thread at a time."""


AHEAD = 4
"""Pages for each worker that may be under way or wait to be taken; more would only fill the memory."""


@dataclass(frozen=True, slots=True)
class Observation:
    """All that is left of a document once it has been read: its name, and what was seen of each page asked for."""

    name: str
    pages: tuple[Sight | Fault, ...]


class Classifier:
    """Owns the loaded models; reusable, safe to share between threads, a context manager.

    `model` is a snapshot or alias (None: the latest); raises `UnknownModel` at once if there is no such model.
    Raises `BadKnowledge` at once for a mistake in the page types of `options.knowledge`.
    """

    def __init__(self, model: str | None = None, *, options: Options | None = None) -> None:
        self.options = options or Options.from_env()
        self._judges = Judges(default=model, knowledge=self.options.knowledge)
        self._ocr = Ocr()
        self._workers = self.options.workers or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="pagesort")
        self._opener = Opener(self.options, () if self.options.knowledge else PRELOAD)

    def classify(
        self,
        source: Source,
        classes: ClassesInput,
        *,
        pages: PagesInput = None,
        model: str | None = None,
        filename: str | None = None,
        password: str | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Classify every page of `source` (a path, bytes, a binary file, or an http(s) URL) into one of `classes`.

        `classes`: names, `{"class": ..., "description": ...}` mappings, or a mix.
        `pages`: "1-5,9" as people write, from 1; or page numbers from 0. None: all pages.
        `filename`: what to call the document in the answer, where the source itself has no name.
        `password`: opens a document that is protected by one; it does no harm to others.
        Raises a `PagesortError`: `InvalidRequest`, `UnknownModel`, `UrlNotFetched` or a `DocumentError`.
        A page that cannot be read raises nothing: it is answered `unknown`, with the reason.
        """
        started = time.perf_counter()
        wanted = parse_classes(classes, self.options.max_classes)
        self._pool.submit(self._opener.start)  # the processes come up while the model is loaded
        judge = self._judges.get(model)  # before the document is opened: a typo should not cost a download
        seen: list[Sight | Fault] = []
        linking = Linking()
        with self._opener.open(source, filename, password) as document:
            numbers = select_pages(pages, document.page_count)
            with closing(self._judge_pages(document, numbers, judge, wanted)) as each_page:
                for page, verdict in each_page:
                    seen.append(page)
                    linking.add(page if isinstance(page, Sight) else None, verdict)
                    if progress:
                        progress(len(seen), len(numbers))
            name = document.name
        _refuse_if_nothing_was_read(name, seen)
        return build_answer(name, linking.linked(), judge, time.perf_counter() - started)

    def stream(
        self, source: Source, classes: ClassesInput, *, pages: PagesInput = None, password: str | None = None
    ) -> Generator[Verdict]:
        """A first verdict for each page as soon as it was read: arguments and errors are those of `classify`.

        Each page is judged by itself. `classify`, which knows the pages around it, may decide otherwise.
        """
        wanted = parse_classes(classes, self.options.max_classes)
        judge = self._judges.get()
        with self._opener.open(source, None, password) as document:
            numbers = select_pages(pages, document.page_count)
            with closing(self._judge_pages(document, numbers, judge, wanted)) as each_page:
                for page, verdict in each_page:
                    yield from link([page] if isinstance(page, Sight) else [], [verdict]).verdicts

    def observe(
        self, source: Source, *, pages: PagesInput = None, filename: str | None = None, password: str | None = None
    ) -> Observation:
        """Read and look at the pages, all of each; judge nothing. Raises like `classify`."""
        with self._opener.open(source, filename, password) as document:
            numbers = select_pages(pages, document.page_count)
            drawn: Drawn = {}
            seen = list(self._visit(document, numbers, lambda page: look(page, self._ocr, None, drawn)))
            _refuse_if_nothing_was_read(document.name, seen)
            return Observation(document.name, tuple(seen))

    def decide(self, observation: Observation, classes: Sequence[PageClass], *, model: str | None = None) -> Linked:
        """Judge pages already observed."""
        return decide(observation, classes, self._judges.get(model))

    def hold(self, source: Source, filename: str | None = None) -> AbstractContextManager[tuple[Path, str]]:
        """`source` as a file on disk, and its name: for a stream or a URL that is classified and then split or routed."""
        return self._opener.hold(source, filename)

    def split(
        self,
        source: Source,
        answer: Answer,
        out: str | PathLike[str],
        *,
        by: By = "document",
        name: str = PATTERN,
        exclude: Collection[str] = (),
        password: str | None = None,
    ) -> Shipment:
        """Write a PDF file for each document that the answer to `source` names, and a manifest, into the folder `out`.

        `by`: "document", or "class" for one file with all documents of a class. `name`: a pattern (docs/routing.md).
        `exclude`: classes that are left out. Pages of a PDF are copied, not drawn anew; all else becomes a PDF.
        Raises like `classify`; a document that cannot be written is "failed" in what is returned, and the others are not lost.
        """
        names = Names(name)
        with self._reopened(source, answer, password) as (document, digest):
            return split(document, digest, answer, Path(out), names, by, exclude)

    def route(
        self,
        source: Source,
        answer: Answer,
        routes: RoutesInput,
        out: str | PathLike[str],
        *,
        price: float | None = None,
        password: str | None = None,
    ) -> Shipment:
        """Send each document that the answer to `source` names where `routes` has its class go: a folder, a command, an endpoint.

        Documents of other classes are dropped, before they cost anything: `price` is what a page costs where it is sent.
        The manifest, endpoints' answers, and what could not be delivered are kept in the folder `out`; a second run with the
        same folder delivers what is left. Raises like `classify`; never for a document that could not be delivered.
        """
        ready, names = parse_routes(routes), Names(PATTERN)
        with self._reopened(source, answer, password) as (document, digest):
            return deliver(document, digest, answer, ready, Path(out), names, price)

    @contextmanager
    def _reopened(self, source: Source, answer: Answer, password: str | None) -> Iterator[tuple[Document, str]]:
        """The document once more, under the name it has in the answer, and the SHA-256 of its file."""
        with self._opener.hold(source, answer.metadata.filename) as (path, name):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            with self._opener.open(path, name, password) as document:
                yield document, digest

    def _judge_pages(
        self, document: Document, numbers: Sequence[int], judge: Judge, classes: Sequence[PageClass]
    ) -> Generator[tuple[Sight | Fault, Verdict]]:
        """Each page, looked at as far as judging it needs, and what it is by itself; in order.

        Pages whose text suffices were judged where they were read, if the judge can be carried there.
        """
        portable = judge.portable(classes) if isinstance(judge, Portable) else None
        early = EarlyJudge(portable) if portable else None
        drawn: Drawn = {}

        def look_and_judge(page: Page) -> tuple[Sight, Verdict]:
            if page.early:
                return as_sight(page, page.text_layer() or ()), page.early
            sight = look(page, self._ocr, Doubts(judge, classes).sure, drawn)
            return sight, judge.judge([sight], classes)[0]

        with closing(self._visit(document, numbers, look_and_judge, early)) as judged:
            for page in judged:
                yield (page, fault_verdict(page)) if isinstance(page, Fault) else page

    def _visit(
        self, document: Document, numbers: Sequence[int], work: Callable[[Page], T], early: EarlyJudge | None = None
    ) -> Generator[T | Fault]:
        """The pages, side by side, in order. However this is left, nobody uses the document any more afterwards."""
        visits: deque[Future[T | Fault]] = deque()
        try:
            for page in document.pages(numbers, early):
                visits.append(self._visited(work, page, document.name))
                while visits and (visits[0].done() or len(visits) > AHEAD * self._workers):
                    yield visits.popleft().result()
            while visits:
                yield visits.popleft().result()
        finally:
            wait([each for each in visits if not each.cancel()])

    def _visited(self, work: Callable[[Page], T], page: Page | Fault, name: str) -> Future[T | Fault]:
        """A thread is taken only where there is something to do."""
        if not isinstance(page, Fault) and not page.early:
            return self._pool.submit(_attempt, work, page, name)
        done: Future[T | Fault] = Future()
        done.set_result(_attempt(work, page, name))
        return done

    @property
    def version(self) -> str:
        """The model snapshot that answers where none is asked for; loads it if need be."""
        return self._judges.get().version

    def close(self) -> None:
        """Free the threads, the reading processes and the models. Closing twice is fine."""
        self._opener.close()
        self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Classifier:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def classify(
    source: Source,
    classes: ClassesInput,
    *,
    pages: PagesInput = None,
    model: str | None = None,
    password: str | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Classify one document: `Classifier.classify` for those who have just one. See there."""
    with Classifier(model, options=options) as classifier:
        return classifier.classify(source, classes, pages=pages, password=password, progress=progress)


def decide(observation: Observation, classes: Sequence[PageClass], judge: Judge) -> Linked:
    """`Classifier.decide` with a judge of one's own."""
    sights = [page for page in observation.pages if isinstance(page, Sight)]
    faults = [fault_verdict(page) for page in observation.pages if isinstance(page, Fault)]
    return link(sights, sorted([*judge.judge(sights, classes), *faults], key=lambda verdict: verdict.page))


def _attempt(work: Callable[[Page], T], page: Page | Fault, name: str) -> T | Fault:
    if isinstance(page, Fault):
        return page
    try:
        return work(page)
    except PagesortError as error:
        return Fault(page.number, error.code, str(error))
    except Exception:  # one page must never cost the others, whatever happens to it
        log.exception("page %d of %s", page.number + 1, name)
        return Fault(page.number, PageUnreadable.code, "This page could not be read. The other pages are not affected.")


def _refuse_if_nothing_was_read(name: str, seen: Sequence[Sight | Fault]) -> None:
    faults = [page for page in seen if isinstance(page, Fault)]
    if seen and len(faults) == len(seen):
        raise UnreadableDocument(f"{name}: no page of it could be read. {faults[0].message}")
