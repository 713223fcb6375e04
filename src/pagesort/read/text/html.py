"""HTML → blocks. Only its words and their rank count: no style, no script, and nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from pagesort.read.text.blocks import BODY, HEADINGS, Block, Flow

_HEADING = {f"h{level}": size for level, size in HEADINGS.items()}
_SKIPPED = {"script", "style", "template", "noscript", "svg", "math", "object", "iframe"}
_SHOWN_INPUTS = {"text", "submit", "button", "email", "number", "date", "tel", "url", "search"}
_BREAKING = {
    *_HEADING,
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
}
_BREAKING |= {"fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "nav"}
_BREAKING |= {"ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"}


def blocks(html: Iterable[str]) -> Iterator[Flow]:
    """Paragraphs, headings and table rows, in the order of the file."""
    parser = _Parser()
    for piece in html:
        parser.feed(piece)
        yield from parser.take()
    parser.close()
    parser.end_block()
    yield from parser.take()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Flow] = []
        self._cells: list[str] = []
        self._words: list[str] = []
        self._size = BODY
        self._in_row = self._fixed = False
        self._skipping = 0

    def take(self) -> list[Flow]:
        """The blocks that are complete."""
        done, self._done = self._done, []
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag == "br":
            self._words.append("\n")
        elif tag in ("td", "th") and self._in_row:
            self._end_cell()
        elif tag in _BREAKING and not (self._in_row and tag not in ("tr", "table")):
            self.end_block()
        self._size = _HEADING.get(tag, self._size)
        if tag == "tr":
            self._in_row = True
        elif tag == "pre":
            self._fixed = True
        elif tag == "li":
            self._words.append("- ")
        elif tag == "img":
            self._words.append(f" {dict(attrs).get('alt') or ''} ")
        elif tag == "input" and (dict(attrs).get("type") or "text").lower() in _SHOWN_INPUTS:
            self._words.append(f" {dict(attrs).get('value') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BREAKING and not (self._in_row and tag not in ("tr", "table")):
            self.end_block()
        if tag in _HEADING:
            self._size = BODY
        elif tag in ("tr", "table"):
            self._in_row = False
        elif tag == "pre":
            self._fixed = False

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data if self._fixed else _collapsed(data))

    def end_block(self) -> None:
        """What was said so far is a block."""
        self._end_cell()
        if any(self._cells):
            self._done.append(Block(tuple(self._cells), self._size, self._fixed))
        self._cells = []

    def _end_cell(self) -> None:
        text = "".join(self._words)
        self._words = []
        if not self._fixed:
            text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        if text.strip() or self._in_row:
            self._cells.append(text)


def _collapsed(data: str) -> str:
    """Line ends and runs of spaces mean one space in HTML."""
    text = " ".join(data.split())
    before = " " if data[:1].isspace() else ""
    return f"{before}{text} " if data[-1:].isspace() else f"{before}{text}"
