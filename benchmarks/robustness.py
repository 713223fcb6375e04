"""`python -m benchmarks.robustness [--files N] [--read] [--corpus FOLDER] [--keep FOLDER]`: hostile files by the thousand.

One `Classifier` must survive them all and still answer a sound file at the end. An outcome is an answer (with or without lost
pages) or one of our errors. Anything else is a crash; anything over the limits is a hang. With `--read` the first pages are
opened, read and drawn, but not judged: that is where the danger is, and it takes a tenth of the time.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pagesort import Classifier, Options, PagesortError
from pagesort.errors import InvalidRequest, PageUnreadable
from pagesort.read import Opener
from pagesort.types import Fault
from samples.hostile.bombs import BOMBS
from samples.hostile.mutate import mutants
from samples.seeds import seeds

OPTIONS = Options(page_timeout=5, document_timeout=30, office_timeout=20)
"""Tighter than the defaults, so that a run ends; what needs longer is given up."""

PAGES = 3
"""Pages of a file that are looked at, from the first."""

SIDE = 1750
"""Longest side, in pixels, at which they are drawn."""

HANG = OPTIONS.document_timeout + OPTIONS.office_timeout + 6 * OPTIONS.page_timeout
"""Seconds after which a file has gone past every limit: converting, opening, and then reading page by page."""

Case = tuple[str, bytes]


@dataclass
class Tally:
    """What became of the files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def add(self, name: str, outcome: str, seconds: float) -> None:
        self.outcomes[outcome] += 1
        if outcome.startswith("crash"):
            self.crashes.append(f"{name}: {outcome}")
        if seconds > HANG:
            self.hangs.append(f"{name}: {seconds:.0f} s")
        self.slowest = max(self.slowest, (seconds, name))


Work = Callable[[bytes], bool]
"""What is done with a file; True where pages were lost."""


def run(cases: Iterator[Case], work: Work, keep: Path | None = None, told: int = 0) -> Tally:
    """Do the work on every case, two at once. `keep`: a folder for files that crash or hang; `told`: how often to tell."""
    tally = Tally()

    def timed(case: Case) -> tuple[Case, str, float]:
        started = time.perf_counter()
        outcome = outcome_of(case[1], work)
        return case, outcome, time.perf_counter() - started

    with ThreadPoolExecutor(2) as threads:
        for batch in _batches(cases):
            for (name, data), outcome, seconds in threads.map(timed, batch):
                tally.add(name, outcome, seconds)
                if told and tally.outcomes.total() % told == 0:
                    print(f"{tally.outcomes.total():6}  {seconds:6.2f} s  {name}: {outcome}", file=sys.stderr)
                if keep and (outcome.startswith("crash") or seconds > HANG):
                    (keep / name.replace("/", "_")).write_bytes(data)
    return tally


def outcome_of(data: bytes, work: Work) -> str:
    """ "answer", "answer, pages lost", the code of one of our errors, or "crash: " and the exception."""
    try:
        return "answer, pages lost" if work(data) else "answer"
    except PagesortError as error:
        return error.code
    except Exception as error:
        return f"crash: {type(error).__name__}: {error}"


def classifying(classifier: Classifier) -> Work:
    """The whole way to an answer, for the first pages."""

    def work(data: bytes) -> bool:
        try:
            answer = classifier.classify(data, ["invoice", "letter"], pages=f"1-{PAGES}")
        except InvalidRequest:  # a document of fewer pages
            answer = classifier.classify(data, ["invoice", "letter"], pages="1")
        return any(page.fault for page in answer.classification)

    return work


def reading(opener: Opener) -> Work:
    """Everything a parser is asked for, and nothing else, for the first pages."""

    def work(data: bytes) -> bool:
        lost = False
        with opener.open(data) as document:
            for page in document.pages(range(min(PAGES, document.page_count))):
                try:
                    if isinstance(page, Fault):
                        raise PageUnreadable(page.message)
                    page.picture_share()
                    page.render(SIDE)
                except PageUnreadable:
                    lost = True
        return lost

    return work


def broken(count: int, seed: int, sound: Mapping[str, bytes]) -> Iterator[Case]:
    """So many broken files, out of sound ones."""
    names = list(sound)
    for number, (which, how, data) in enumerate(mutants(list(sound.values()), count, seed)):
        yield f"{number} {names[which]} {how}", data


def bombs() -> Iterator[Case]:
    for name, make in BOMBS.items():
        yield name, make()


def corpus(folder: Path) -> Iterator[Case]:
    """Every file below a folder, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def _batches(cases: Iterator[Case]) -> Iterator[list[Case]]:
    """Two at a time: a bomb may be large before it goes off."""
    while batch := list(itertools.islice(cases, 2)):
        yield batch


def main() -> int:
    """Exit code 0 where nothing crashed or hung."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.robustness", description="Classify hostile files by the thousand."
    )
    parser.add_argument("--files", type=int, default=2_000, metavar="N", help="broken files to make (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed breaks them in other ways")
    parser.add_argument("--read", action="store_true", help="open, read and draw pages, but judge none")
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="files to classify instead of our own")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to keep files that crash or hang")
    args = parser.parse_args()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    sets = (
        {"corpus": corpus(args.corpus)} if args.corpus else {"bombs": bombs(), "broken": broken(args.files, args.seed, seeds())}
    )
    figures = {}
    with Classifier(options=OPTIONS) as classifier, closing(Opener(OPTIONS)) as opener:
        work = reading(opener) if args.read else classifying(classifier)
        for name, cases in sets.items():
            figures[name] = _report(name, run(cases, work, args.keep, told=100 if name == "broken" else 1))
        survived = outcome_of(seeds(with_office=False)["pdf"], work) == "answer"
    print(json.dumps({**figures, "survived": survived}))
    return 0 if survived and not any(each["crashes"] or each["hangs"] for each in figures.values()) else 1


def _report(name: str, tally: Tally) -> dict[str, object]:
    total = tally.outcomes.total()
    print(f"{name}: {total} files, {len(tally.crashes)} crashes, {len(tally.hangs)} hangs")
    print(f"  slowest: {tally.slowest[1]}, {tally.slowest[0]:.1f} s")
    for outcome, count in tally.outcomes.most_common():
        print(f"  {count:6}  {outcome}")
    for line in tally.crashes + tally.hangs:
        print(f"  ! {line}")
    return {
        "files": total,
        "crashes": len(tally.crashes),
        "hangs": len(tally.hangs),
        "slowest_s": round(tally.slowest[0], 1),
        "outcomes": dict(tally.outcomes),
    }


if __name__ == "__main__":
    sys.exit(main())
