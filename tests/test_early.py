"""Pages judged where they are read: the same verdicts, and nothing lost where that goes wrong."""

from functools import partial

from pagesort import Classifier, Options
from pagesort.early import PRELOAD, EarlyJudge
from pagesort.judge import parse_classes
from pagesort.judge.embedded import judge_shipped
from pagesort.judge.models import SNAPSHOT, Judges
from pagesort.read import Opener
from pagesort.types import Fault, JudgePage, Portable, Sight, Verdict
from samples.bundle import Sheet, build

CLASSES = parse_classes(["invoice", "letter", "receipt", "pay stub"], 10)
BUNDLE = build((Sheet("invoice", ""), Sheet("letter", ""), Sheet("receipt", "", damage="scan"), Sheet("resume", "")))
OPTIONS = Options(workers=2)


def early_verdicts(judge: JudgePage | None) -> list[Verdict | None]:
    opener = Opener(OPTIONS, PRELOAD)
    try:
        with opener.open(BUNDLE) as document:
            return [None if isinstance(page, Fault) else page.early for page in document.pages(range(4), judge)]
    finally:
        opener.close()


def test_pages_with_a_text_layer_are_judged_where_they_are_read() -> None:
    verdicts = early_verdicts(EarlyJudge(partial(judge_shipped, SNAPSHOT, CLASSES)))
    assert [verdict and verdict.name for verdict in verdicts] == ["invoice", "letter", None, "unknown"]
    with Classifier(options=OPTIONS) as classifier:
        seen = [page for page in classifier.observe(BUNDLE).pages if isinstance(page, Sight)]
    here = Judges().get().judge(seen, CLASSES)
    assert all(early in (None, verdict) for early, verdict in zip(verdicts, here, strict=True))


def test_a_judge_that_fails_there_leaves_the_pages_to_the_caller() -> None:
    assert early_verdicts(EarlyJudge(len)) == [None] * 4  # type: ignore[arg-type]
    assert early_verdicts(None) == [None] * 4


def test_what_would_need_the_encoder_in_every_process_is_judged_by_the_caller() -> None:
    judge = Judges().get()
    assert isinstance(judge, Portable) and judge.portable(CLASSES)
    assert judge.portable(parse_classes(["zqx vrt"], 10)) is None
    assert judge.portable(parse_classes([{"class": "1040", "description": "yearly tax return of a person"}], 10)) is None
