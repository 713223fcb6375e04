"""Running the tasks: every document is read once, however many tasks ask about it; then each task is judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pagesort.errors import DocumentError, InvalidRequest
from pagesort.evaluation.outcome import Outcome
from pagesort.evaluation.report import Report, Speed
from pagesort.evaluation.score import Scored, Unreadable
from pagesort.evaluation.store import SightStore
from pagesort.evaluation.tasks import PAGES_FILE, PageFacts, Task, load_page_facts, load_tasks
from pagesort.evaluation.variants import VARIANTS
from pagesort.flow import Classifier, Observation, Progress, decide
from pagesort.types import Fault, Judge, Linked, PageClass, Verdict

Seen = Mapping[str, Observation | Unreadable]
"""What became of each file the tasks name."""
JudgePages = Callable[[Observation, Sequence[PageClass]], Sequence[Verdict]]

SIDE_BY_SIDE = 4
"""Documents opened at once; the classifier itself bounds how many pages are looked at."""


@dataclass(frozen=True, slots=True)
class Material:
    """The tasks of a file with what was seen of their documents: read once, judged as often as wanted."""

    tasks: tuple[Task, ...]
    seen: Seen
    facts: Mapping[tuple[str, int], PageFacts]
    read_pages: int
    read_seconds: float


def run(
    tasks: Path,
    data: Path,
    classifier: Classifier,
    *,
    sights: Path | None = None,
    trade: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Score the classifier on the tasks of a file: `gather`, then `assess`."""
    return assess(gather(tasks, data, classifier, sights=sights, trade=trade, progress=progress), classifier)


def gather(
    tasks: Path,
    data: Path,
    classifier: Classifier,
    *,
    sights: Path | None = None,
    trade: str | None = None,
    progress: Progress | None = None,
) -> Material:
    """Load the tasks of a file (see `evaluation.tasks` for its form) and read their documents.

    `data`: the folder the tasks' file names start from. `sights`: a file in which what was seen of the documents is kept
    from run to run. `trade`: only that trade's tasks. `progress`: called with pages read and pages to be read.
    A document that cannot be read costs its tasks the pages, and is listed. Raises `InvalidRequest` naming the line.
    """
    every = load_tasks(tasks)
    chosen = _of_trade(every, trade)
    facts = load_page_facts(tasks.parent / PAGES_FILE)
    # How far a file is read must not depend on the trade asked for: neighbouring pages may sway the judgement.
    wanted = {task.file for task in chosen}
    lengths = {file: pages for file, pages in _lengths(every).items() if file in wanted}
    seen, read_pages, read_seconds = _read(data, lengths, classifier, SightStore(sights), progress)
    return Material(tuple(chosen), seen, facts, read_pages, read_seconds)


def assess(material: Material, classifier: Classifier) -> Report:
    """Score the classifier on the tasks as they are."""
    version = classifier.version  # loads the model, which is no part of the judging speed
    started = time.perf_counter()
    verdicts = [_judge(material.seen, task, _verdicts(classifier.decide)) for task in material.tasks]
    judge_seconds = time.perf_counter() - started
    return _report(
        version,
        material,
        material.tasks,
        verdicts,
        Speed(material.read_pages, material.read_seconds, sum(map(len, verdicts)), judge_seconds),
    )


def assess_judges(material: Material, name: str, judge_for: Callable[[Task], Judge], *, context: bool = True) -> Report:
    """Score other judges on the tasks as they are; which one is asked may depend on the task, as folds need it.

    `name`: what the report calls them. `context`: False judges each page as if it were a document of its own.
    """

    def judge_pages(judge: Judge, observation: Observation, classes: Sequence[PageClass]) -> list[Verdict]:
        parts = [observation] if context else [replace(observation, pages=(page,)) for page in observation.pages]
        return [verdict for part in parts for verdict in decide(part, classes, judge).verdicts]

    verdicts = [_judge(material.seen, task, partial(judge_pages, judge_for(task))) for task in material.tasks]
    return _report(name, material, material.tasks, verdicts, Speed())


def vary(material: Material, classifier: Classifier, name: str, plain: Report) -> Outcome:
    """Score the classifier on a variant of the tasks. `plain`: its report on the tasks as they are, to compare with."""
    passes = {}
    for each in VARIANTS[name](material.tasks, material.facts):
        judge_pages = _verdicts(partial(decide, judge=each.judge) if each.judge else classifier.decide)
        verdicts = [_judge(material.seen, task, judge_pages) for task in each.tasks]
        version = each.judge.version if each.judge else classifier.version
        passes[each.name] = _report(version, material, each.tasks, verdicts, Speed())
    return Outcome(name, plain, passes)


def _report(
    version: str, material: Material, tasks: Sequence[Task], verdicts: Sequence[Sequence[Verdict]], speed: Speed
) -> Report:
    scored = (each for task, answers in zip(tasks, verdicts, strict=True) for each in _score(task, answers, material.facts))
    return Report(version, len(tasks), tuple(scored), tuple(_unreadable(material.seen)), speed)


def _of_trade(tasks: Sequence[Task], trade: str | None) -> list[Task]:
    chosen = [task for task in tasks if trade in (None, task.trade)]
    if not chosen:
        raise InvalidRequest(
            "trade", f"no task is of trade {trade!r}; there are: {', '.join(sorted({task.trade for task in tasks}))}"
        )
    return chosen


def _lengths(tasks: Iterable[Task]) -> dict[str, int]:
    """How many pages of each file are wanted: up to the last one expected, with all before it, for judging in context."""
    lengths: dict[str, int] = {}
    for task in tasks:
        lengths[task.file] = max(lengths.get(task.file, 0), max(task.expected) + 1)
    return lengths


def _read(
    data: Path, lengths: Mapping[str, int], classifier: Classifier, store: SightStore, progress: Progress | None
) -> tuple[dict[str, Observation | Unreadable], int, float]:
    """What is seen of each file; how many pages had to be read for it, and the seconds that took."""
    seen: dict[str, Observation | Unreadable] = {}
    missing = []
    for file, pages in lengths.items():
        if kept := store.get(data / file, pages):
            seen[file] = kept
        else:
            missing.append(file)
    total = sum(lengths.values())
    done = total - sum(lengths[file] for file in missing)
    read_pages = 0
    started = time.perf_counter()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        look = partial(_look, data, lengths, classifier)
        for file, outcome in zip(missing, pool.map(look, missing), strict=True):
            seen[file] = outcome
            if isinstance(outcome, Observation):
                store.put(data / file, lengths[file], outcome)
                read_pages += len(outcome.pages)
            done += lengths[file]
            if progress:
                progress(done, total)
    return {file: seen[file] for file in lengths}, read_pages, time.perf_counter() - started


def _look(data: Path, lengths: Mapping[str, int], classifier: Classifier, file: str) -> Observation | Unreadable:
    try:
        return classifier.observe(data / file, pages=range(lengths[file]))
    except (DocumentError, InvalidRequest) as error:
        return Unreadable(file, None, str(error))


def _verdicts(linked: Callable[[Observation, Sequence[PageClass]], Linked]) -> JudgePages:
    return lambda observation, classes: linked(observation, classes).verdicts


def _judge(seen: Seen, task: Task, judge_pages: JudgePages) -> Sequence[Verdict]:
    observation = seen[task.file]
    return judge_pages(observation, task.classes) if isinstance(observation, Observation) else []


def _score(task: Task, verdicts: Sequence[Verdict], facts: Mapping[tuple[str, int], PageFacts]) -> Iterator[Scored]:
    answers = {verdict.page: verdict for verdict in verdicts if verdict.fault is None}
    for page, expected in task.expected.items():
        answer = answers.get(page)
        yield Scored(
            task=task.id,
            trade=task.trade,
            file=task.file,
            page=page,
            expected=expected,
            answered=answer.name if answer else None,
            right=answer is not None and task.accepts(page, answer.name),
            confidence=answer.confidence if answer else None,
            reason=answer.reason if answer else "could not be read",
            suggested_class=answer.suggested_class if answer else None,
            facts=facts.get((task.file, page), PageFacts()),
        )


def _unreadable(seen: Seen) -> Iterator[Unreadable]:
    for file, outcome in seen.items():
        if isinstance(outcome, Unreadable):
            yield outcome
        else:
            yield from (Unreadable(file, page.page, page.message) for page in outcome.pages if isinstance(page, Fault))
