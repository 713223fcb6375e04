"""The report for people. Pages are numbered from 1 here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pagesort.evaluation import score, suggestions
from pagesort.evaluation.context import Context
from pagesort.evaluation.documents import Seams
from pagesort.evaluation.outcome import Outcome
from pagesort.evaluation.report import Report
from pagesort.evaluation.score import Scored, Tally
from pagesort.evaluation.suggestions import Suggestion

_HEADINGS = {"trade": "By trade", "place": "By place in its document", "kind": "By kind of page"}


def render(report: Report, mistakes: int) -> RenderableType:
    """The whole report for a terminal, with the first `mistakes` mistakes and as many suggestions."""
    parts: list[RenderableType] = [_headline(report)]
    parts += [_tallies(_HEADINGS[name], group) for name, group in report.groups.items() if group]
    parts.append(_figures(report))
    if report.unreadable:
        parts.append(_unreadable(report))
    if mistakes:
        missed = [each for each in report.suggestions if not each.sensible]
        parts += [_mistakes(report.mistakes, mistakes), _suggestions(missed, mistakes)]
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def render_variants(outcomes: Sequence[Outcome], most: int) -> RenderableType:
    """One table of all variants, and for each the first `most` names under which most pages were lost."""
    parts = [_variants(outcomes)]
    parts += [_lost(outcome, most) for outcome in outcomes if most and outcome.lost_most()]
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def render_seams(found: Mapping[str, Mapping[str, Seams]]) -> RenderableType:
    """Where documents start: found, wrongly found and missed, by kind of files and rule."""
    table = _table("Where documents start", "", "rule", "right", "extra", "missed", "F1")
    for kind, rules in found.items():
        for rule, each in rules.items():
            f1 = "-" if each.f1 is None else f"{each.f1:.3f}"
            table.add_row(kind, rule, str(each.found), str(each.extra), str(each.missed), f1)
    return table


def render_contexts(found: Mapping[str, Context]) -> RenderableType:
    """Pages answered right by themselves and with the pages around them."""
    table = _table("Pages answered right", "", "pages", "each alone", "in context")
    for kind, each in found.items():
        table.add_row(kind, str(each.pages), str(each.alone), str(each.linked))
    return table


def _variants(outcomes: Sequence[Outcome]) -> Table:
    table = _table("Variants", "", "pages", "right", "share", "loss", "needlessly unknown")
    plain = outcomes[0].plain
    table.add_row("as they are", *_shares(plain.scored, None))
    for outcome in outcomes:
        table.add_row(outcome.name, *_shares(outcome.scored, outcome.loss(outcome.scored)))
        for name, report in outcome.passes.items() if len(outcome.passes) > 1 else ():
            table.add_row(f"  {name}", *_shares(report.scored, outcome.loss(report.scored)))
    return table


def _shares(scored: Sequence[Scored], loss: float | None) -> tuple[str, ...]:
    tally = score.tally(scored)
    lost = "-" if loss is None else f"{loss * 100:.1f}"
    return str(tally.pages), str(tally.right), _percent(tally), lost, str(len(score.needlessly_unknown(scored)))


def _lost(outcome: Outcome, most: int) -> Table:
    table = _table(f"Lost most pages: {outcome.name}", "class", "asked for as", "in", "pages", "right", "before", "instead")
    for each in outcome.lost_most()[:most]:
        now, before = each.now, each.before
        names = Text(each.name), Text(each.asked_as), each.pass_name
        table.add_row(*names, str(now.pages), str(now.right), str(before.right), Text(each.instead))
    return table


def _headline(report: Report) -> Text:
    overall = report.overall
    text = f"{overall.right} of {overall.pages} pages right: {_percent(overall)} ({report.tasks} tasks, {report.model})"
    return Text(text, style="bold")


def _tallies(title: str, tallies: dict[str, Tally]) -> Table:
    table = _table(title, "", "right", "pages", "share")
    for name, tally in tallies.items():
        table.add_row(name, str(tally.right), str(tally.pages), _percent(tally))
    return table


def _figures(report: Report) -> Table:
    scored, speed = report.scored, report.speed
    precision, recall = score.unknown_precision(scored), score.unknown_recall(scored)
    suggested = suggestions.tally(report.suggestions)
    uncertain = score.errors_among_least_certain(scored)
    error = score.calibration_error(scored)
    table = _table("Figures", "", "")
    table.add_row("mean over trades", f"{report.mean_over_trades:.1%}")
    table.add_row("unknown, precision", f"{_percent(precision)} of {precision.pages} answered so")
    table.add_row("unknown, recall", f"{_percent(recall)} of {recall.pages} that fit no class")
    table.add_row("fit a class, answered unknown", str(len(score.needlessly_unknown(scored))))
    table.add_row("suggestions that make sense", f"{_percent(suggested)} of {suggested.pages}")
    table.add_row("calibration error", "-" if error is None else f"{error:.3f}")
    table.add_row("errors in the least certain tenth", f"{_percent(uncertain)} of {uncertain.pages}")
    table.add_row("reading", _per_second(speed.read_per_second, speed.read_pages))
    table.add_row("judging", _per_second(speed.judged_per_second, speed.judged_pages))
    return table


def _unreadable(report: Report) -> Table:
    table = _table(f"Could not be read, counted as wrong: {len(report.unreadable)}", "file", "page", "why")
    for each in report.unreadable:
        table.add_row(Text(each.file), "all" if each.page is None else str(each.page + 1), Text(each.message))
    return table


def _mistakes(mistakes: Sequence[Scored], most: int) -> Table:
    table = _table(f"Mistakes: {_of(mistakes, most)}", "file", "page", "expected", "answered", "sure", "reason")
    for each in mistakes[:most]:
        sure = "-" if each.confidence is None else f"{each.confidence:.2f}"
        answered = Text(each.answered or "-")
        table.add_row(Text(each.file), str(each.page + 1), Text(each.expected), answered, sure, Text(each.reason))
    return table


def _suggestions(missed: Sequence[Suggestion], most: int) -> Table:
    table = _table(f"Suggestions that miss: {_of(missed, most)}", "file", "page", "suggested", "label", "fit")
    for each in missed[:most]:
        page = each.page
        table.add_row(
            Text(page.file), str(page.page + 1), Text(page.suggested_class or "-"), Text(page.facts.label or "-"), each.fit
        )
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_header=any(columns), box=None, pad_edge=False)
    for column in columns:
        numeric = column in ("right", "pages", "share", "page", "sure", "loss", "before", "needlessly unknown")
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    return table


def _percent(tally: Tally) -> str:
    return "-" if tally.share is None else f"{tally.share:.1%}"


def _per_second(rate: float | None, pages: int) -> str:
    return "kept from an earlier run" if rate is None else f"{rate:.1f} pages a second ({pages} pages)"


def _of(items: Sequence[object], most: int) -> str:
    return str(len(items)) if len(items) <= most else f"the first {most} of {len(items)}"
