"""The reliability plot, as SVG: how many answers of each confidence are right."""

from __future__ import annotations

from collections.abc import Sequence

from pagesort.evaluation.score import Bin

SIZE, MARGIN = 360, 48
_BLUE, _GREY = "#2b6cb0", "#8a8f98"


def reliability_plot(bins: Sequence[Bin]) -> str:
    """A dot for each bin with pages in it: mean confidence across, share of right answers upwards, its area by its pages."""
    most = max((each.pages for each in bins), default=1)
    dots = [
        f'<circle cx="{_x(each.confidence):.1f}" cy="{_y(each.right):.1f}" r="{3 + 11 * (each.pages / most) ** 0.5:.1f}" '
        f'fill="{_BLUE}" fill-opacity="0.75"><title>{each.pages} pages: confidence {each.confidence:.2f}, '
        f"right {each.right:.2f}</title></circle>"
        for each in bins
        if each.pages
    ]
    return "\n".join([_HEAD, *_grid(), *dots, "</svg>", ""])


_WIDTH = SIZE + 2 * MARGIN
_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_WIDTH}" width="{_WIDTH}" height="{_WIDTH}" '
    'font-family="sans-serif" font-size="12">\n<title>Confidence and share of right answers</title>\n'
    f'<rect width="{_WIDTH}" height="{_WIDTH}" fill="white"/>'
)


def _grid() -> list[str]:
    parts = [
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{_GREY}" stroke-dasharray="4 4"/>',
        f'<rect x="{_x(0)}" y="{_y(1)}" width="{SIZE}" height="{SIZE}" fill="none" stroke="{_GREY}"/>',
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        parts.append(f'<text x="{_x(tick):.1f}" y="{_y(0) + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{_x(0) - 8}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    middle = MARGIN + SIZE / 2
    parts.append(f'<text x="{middle}" y="{_WIDTH - 8}" text-anchor="middle">confidence</text>')
    parts.append(f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">share of right answers</text>')
    return parts


def _x(share: float) -> float:
    return MARGIN + SIZE * share


def _y(share: float) -> float:
    return MARGIN + SIZE * (1 - share)
