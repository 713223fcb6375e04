"""The figures as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pagesort.evaluation import Outcome, Report, score, suggestions
from pagesort.evaluation.score import Tally

if TYPE_CHECKING:  # it needs scipy, which a page does not
    from benchmarks.accuracy.ablation import Row

_GROUPS = {"trade": "Trade", "place": "Place in its document", "kind": "Kind of page"}


@dataclass(frozen=True)
class Figures:
    """Everything that was measured."""

    model: tuple[str, str]
    """Snapshot and hash."""
    plain: Report
    """The model as it ships."""
    held_out: Report
    """Weights, temperature and calibration fitted without the page's source."""
    line: tuple[float, float]
    """Slope and offset of the calibration, over all folds."""
    outcomes: Sequence[Outcome]
    rows: Sequence[Row]
    rivals: Mapping[str, Report]
    speed: Mapping[int, float]
    """Number of classes → milliseconds a page."""
    sources: int


def render(figures: Figures, plot: str) -> str:
    """The whole page; `plot` is the file of the reliability plot beside it."""
    parts = [
        _head(figures),
        _headline(figures),
        *(_group(figures, name) for name in _GROUPS),
        _unknown(figures),
        _certain(figures, plot),
        _variants(figures.outcomes),
        _parts(figures),
        _beside(figures),
        _speed(figures.speed),
    ]
    return "\n\n".join(parts) + "\n"


def _head(figures: Figures) -> str:
    snapshot, digest = figures.model
    pages, tasks = figures.plain.overall.pages, figures.plain.tasks
    return f"""# Accuracy

Made by `python -m benchmarks.accuracy TASKS --data FOLDER --sights FILE -o docs/accuracy.md` on {date.today().isoformat()};
not to be edited by hand. Model `{snapshot}`, hash `{digest[:16]}`. {pages} pages in {tasks} tasks, of {figures.sources}
sources. What the figures mean is in [evaluation](evaluation.md).

**As shipped** is the model that is in the package; its few dozen weights were fitted on these very pages. **Held out** are the
same pages judged by weights that were fitted without any page of the same source: what to expect of other documents, as far as
these pages can tell. The knowledge of page types is the same in both; what happens without it, [uncovered](#asked-in-other-ways)
tells. Pages that could not be read count as wrong."""


def _headline(figures: Figures) -> str:
    rows = [
        ("pages right", *(_tally(each.overall) for each in _both(figures))),
        ("mean over trades", *(_percent(each.mean_over_trades) for each in _both(figures))),
    ]
    return "## Right answers\n\n" + _table(("", "as shipped", "held out"), rows)


def _group(figures: Figures, name: str) -> str:
    plain, held_out = (each.groups[name] for each in _both(figures))
    rows = [(each, str(plain[each].pages), _percent(plain[each].share), _percent(held_out[each].share)) for each in plain]
    return _table((_GROUPS[name], "pages", "as shipped", "held out"), rows)


def _unknown(figures: Figures) -> str:
    both = _both(figures)
    fitting = [Tally(len(score.needlessly_unknown(each.scored)), _fitting(each)) for each in both]
    rows = [
        ("answered `unknown`, and rightly so", *(_tally(score.unknown_precision(each.scored)) for each in both)),
        ("fit no class, and answered `unknown`", *(_tally(score.unknown_recall(each.scored)) for each in both)),
        ("fit a class, but answered `unknown`", *(_tally(each) for each in fitting)),
        ("`suggested_class` makes sense", *(_tally(suggestions.tally(each.suggestions)) for each in both)),
    ]
    return "## Pages that fit no class\n\n" + _table(("", "as shipped", "held out"), rows)


def _fitting(report: Report) -> int:
    return sum(each.expected != "unknown" for each in report.scored)


def _certain(figures: Figures, plot: str) -> str:
    both = _both(figures)
    rows = [
        ("expected calibration error", *(_number(score.calibration_error(each.scored)) for each in both)),
        ("errors among the least certain tenth", *(_tally(score.errors_among_least_certain(each.scored)) for each in both)),
    ]
    bins = [
        (f"{each.confidence:.2f}", f"{each.right:.2f}", str(each.pages)) for each in score.reliability(figures.held_out.scored)
    ]
    return f"""## Confidence

Held out here also means that the calibration was fitted on other sources.

{_table(("", "as shipped", "held out"), rows)}

![Reliability plot]({plot})

{_table(("mean confidence", "share right", "pages"), bins)}"""


def _variants(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for outcome in outcomes:
        rows.append((f"**{_words(outcome.name)}**", *_outcome(outcome, outcome.scored)))
        if len(outcome.passes) > 1:
            rows += [(name, *_outcome(outcome, report.scored)) for name, report in outcome.passes.items()]
    head = ("", "pages", "right", "as they are", "loss in points", "fit, answered `unknown`")
    return f"""## Asked in other ways

The model as shipped on the [variants](evaluation.md#the-variants); "as they are" are the same pages in the plain tasks.

{_table(head, rows)}"""


def _outcome(outcome: Outcome, scored: Sequence[score.Scored]) -> tuple[str, ...]:
    tally, loss = score.tally(scored), outcome.loss(scored)
    lost = "-" if loss is None else f"{100 * loss:.1f}"
    needless = len(score.needlessly_unknown(scored))
    return str(tally.pages), _percent(tally.share), _percent(outcome.before(scored).share), lost, str(needless)


CROSS_ENCODER = (
    "taught on invented pages and asked where classes are close, it won 4 of the 384 pages of `written/fit`, none of "
    "`written/held`, none of 832 development pages, and 4 of those with the knowledge of the asked types taken away; alone it "
    "finds the class of 53.3% of the development pages that fit one ([experiments](experiments.md), 2026-11-27, "
    "`train/cross_encoder.py`)"
)
"""Measured once, since teaching one takes an hour."""


def _parts(figures: Figures) -> str:
    rows = [("everything", _percent(figures.held_out.overall.share), "", "")]
    whole = figures.held_out.overall.share or 0.0
    for row in figures.rows:
        left = row.left_out.overall.share or 0.0
        alone = _percent(row.alone.overall.share) if row.alone else "-"
        rows.append((row.part, _percent(left), f"{100 * (whole - left):.1f}", alone))
    return f"""## What each part is worth

Held out; for every row the weights were fitted anew, without that part or with it alone. "Alone" is each page by itself, with
no other evidence than that; types outside the list still compete. What is no evidence by itself has no such figure.

{_table(("", "left out", "costs points", "alone"), rows)}

A cross-encoder is not part of the model: {CROSS_ENCODER}."""


def _beside(figures: Figures) -> str:
    reports = {"pagesort, held out": figures.held_out, **figures.rivals}
    rows = [
        (
            name,
            _percent(each.overall.share),
            _percent(each.mean_over_trades),
            _percent(score.unknown_recall(each.scored).share),
            _percent(Tally(len(score.needlessly_unknown(each.scored)), _fitting(each)).share),
        )
        for name, each in reports.items()
    ]
    return f"""## Side by side

The same pages in the same harness. The others answer `unknown` below a threshold tuned on the other folds' sources. The
embeddings are those of the encoder that ships with pagesort.

{_table(("", "pages right", "mean over trades", "fit none, so answered", "fit, answered `unknown`"), rows)}"""


def _speed(speed: Mapping[int, float]) -> str:
    rows = [(str(count), f"{each:.1f}") for count, each in speed.items()]
    return f"""## Time

Median milliseconds the judge takes for one page that has been read, on one core, class list known.

{_table(("classes", "ms a page"), rows)}"""


def _both(figures: Figures) -> tuple[Report, Report]:
    return figures.plain, figures.held_out


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *("--:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _tally(tally: Tally) -> str:
    return f"{_percent(tally.share)} ({tally.right} of {tally.pages})"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _words(name: str) -> str:
    return name.replace("_", " ")
