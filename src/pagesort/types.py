"""Every value that crosses from one stage to the next. Plain, frozen, picklable; imports nothing of ours.

Pages are numbered from 0. Coordinates are fractions of the page, origin top-left. What a verdict has many of is a `NamedTuple`:
those cross from process to process in a fraction of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

UNKNOWN = "unknown"
"""The class of a page that fits none of the classes asked for; reserved on the wire."""

_CATCH_ALL = re.compile(
    r"unknown|none(?:of(?:these|those|theabove))?|(?:any|every)thingelse|un(?:categori[sz]ed|classified|sorted)"
    r"|(?:all)?(?:others?|misc|miscellaneous|sonstiges?|andere[sn]?|übriges?|divers|autres?|otr[oa]s?|altr[oiae]|overige?|outr[oa]s?"
    r"|inne|pozostałe)(?:docs?|documents?|pages?|papers?|files?|types?|dokumente|unterlagen|documentos?|documenti|documenten|dokumenty)?"
)

Image = NDArray[np.uint8]
"""One rendered page: height x width x 3, RGB."""

Origin = Literal["text layer", "ocr", "none"]
"""Where a page's words came from; "none" means the page was looked at and holds no text."""


@dataclass(frozen=True, slots=True)
class PageClass:
    """One class the caller asks for: the name that is answered, and what it means (None: the name says it all)."""

    name: str
    description: str | None = None
    phrases: tuple[str, ...] = ()
    """What stands on its pages, as it is printed there, and on hardly any others."""


def is_catch_all(name: str) -> bool:
    """Whether a class of that name is for the pages that fit no other: `UNKNOWN`, or what people call their own, like "Other"."""
    return _CATCH_ALL.fullmatch("".join(filter(str.isalnum, name.casefold()))) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One run of text on one baseline. Two cells of a table row far apart are two lines."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Height of the type as a fraction of the page's height (the font size, or the height of the OCR box)."""
    certainty: float = 1.0
    """How sure the reader was of the text, 0..1. A text layer is taken at its word: 1.0."""


class Page(Protocol):
    """A live page of an open document; only `read` makes them and only `see` looks at them."""

    @property
    def number(self) -> int: ...

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, upright: PDF points, or pixels of an image."""
        ...

    def text_layer(self) -> tuple[Line, ...] | None:
        """The words the file itself stores, in reading order; None where the format has no text layer."""
        ...

    def picture_share(self) -> float:
        """Share of the page's area that pictures cover, 0..1; 1 for an image. Costs a second visit to the page."""
        ...

    def render(self, longest_side: int) -> Image:
        """The page as a picture whose longer side has at most that many pixels."""
        ...

    @property
    def early(self) -> Verdict | None:
        """The verdict on its text, where that was asked for (`Document.pages`) and the text suffices."""
        ...


class Document(Protocol):
    """An open document: a name, a number of pages, and the pages themselves."""

    @property
    def name(self) -> str: ...

    @property
    def page_count(self) -> int: ...

    def page(self, number: int) -> Page:
        """Page `number` from 0. Raises `PageUnreadable` where that page alone is broken."""
        ...

    def pages(self, numbers: Sequence[int], judge: JudgePage | None = None) -> Iterator[Page | Fault]:
        """The pages, in that order, read ahead; a broken one is a `Fault` in its place.

        `judge` is carried over to where pages are read, and gives their `Page.early`: so all cores judge, not only one.
        """
        ...

    def copy_pages(self, numbers: Sequence[int]) -> bytes:
        """Those pages, numbered from 0, as a PDF file of their own. Raises `PageUnreadable`."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """What a drawn page shows beside its words."""

    handwriting: float
    """How much the writing looks like that of a hand, 0..1."""
    photograph: float
    """Share of the page in continuous tone, 0..1."""
    colour: float
    """Share of the page in colour, 0..1."""
    rules: float
    """Number of ruled lines, level and upright, that run over a good part of the page; 0 for the lines of a writing pad."""
    staves: float
    """Number of staves of music."""
    shade: float
    """1 for a page whose ground is dark, 0 for paper."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be observed of one page; nothing is judged yet."""

    page: int
    width: float
    height: float
    lines: tuple[Line, ...]
    origin: Origin
    ink: float | None = None
    """Share of dark pixels, 0..1; None where nobody had to look at the picture."""
    picture: Picture | None = None
    """What the picture shows; None where nobody had to look at it."""
    rotation: int = 0
    """Degrees clockwise that the page had to be turned to be upright: 0, 90, 180 or 270."""
    fingerprint: int | None = None
    """Hash of how the drawn page looks, alike for pages that look alike; None where nobody had to draw it."""
    unread: tuple[Line, ...] = ()
    """Lines that were found but not read, because the others sufficed; their text is empty."""

    @property
    def blank(self) -> bool:
        """True for a page that was looked at and holds neither text nor ink worth speaking of."""
        return not self.lines and self.ink is not None and self.ink < BLANK_INK


BLANK_INK = 0.002
"""Dust, a fold or a punched hole leave about a tenth of a percent of a page dark; a single printed line leaves more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A page that could not be read: takes the page's place, so that the other pages are not lost."""

    page: int
    code: str
    message: str


class Candidate(NamedTuple):
    """A class and how well it fits the page, 0..1. Over all classes and `unknown` the scores sum to at most 1."""

    name: str
    score: float


class Box(NamedTuple):
    """A part of the page; fractions of its width and height, origin top-left."""

    left: float
    top: float
    right: float
    bottom: float


ClueKind = Literal["title", "telling phrase", "usual phrase"]
"""What words on the page are to the class: the page's own title; a phrase that by itself points to the class; one that is
usual on such pages, but on others too."""


class Clue(NamedTuple):
    """Words on the page that the judgement goes by."""

    text: str
    """As they stand on the page."""
    kind: ClueKind
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """The page number that a page bears: "2 of 4"."""

    number: int
    total: int | None
    """None where only the page's own number is printed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so of a page, whatever its class."""

    blank: bool = False
    duplicate_of: int | None = None
    """The earlier page that shows the same; None where there is none."""
    rotation: int = 0
    """Degrees clockwise that the page had to be turned to be upright: 0, 90, 180 or 270."""
    printed_page: PrintedNumber | None = None
    """The page number that the page bears; None where it bears none."""
    two_up: bool = False
    """Whether two pages stand side by side on it, as on the scan of an open book."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one page."""

    page: int
    name: str
    """One of the caller's class names, or `UNKNOWN`."""
    reason: str
    suggested_class: str | None = None
    """What the page seems to be instead; only where `name` is `UNKNOWN`."""
    confidence: float | None = None
    """Probability that `name` is right, 0..1; None means not scored."""
    candidates: tuple[Candidate, ...] = ()
    """Every class and `UNKNOWN`, best first, the chosen one included; the answer keeps the best few."""
    fault: str | None = None
    """The code of the error that kept this page from being read; None for a page that was read."""
    evidence: tuple[Clue, ...] = ()
    """What the reason goes by, strongest first; empty where only looks, neighbours or a fault decided."""
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive pages of the file that form one document."""

    name: str
    """The class of its pages: one of the caller's, or `UNKNOWN`."""
    pages: tuple[int, ...]
    """In order, without gaps among the pages asked for; at least one."""
    confidence: float | None
    """Probability that class and limits are right, 0..1; None where no page of it was scored."""
    reason: str
    """Why a new document starts with its first page."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Pages judged in the light of their neighbours."""

    verdicts: tuple[Verdict, ...]
    """One for each page, in page order."""
    documents: tuple[Part, ...]
    """The pages as documents: every page in exactly one, in order."""


JudgePage = Callable[[Page], Verdict | None]
"""Judges a page by its text alone; None where that does not suffice. Can be pickled, and asks nothing of its process."""

JudgeSight = Callable[[Sight], Verdict]


class Judge(Protocol):
    """A classifier back end. One method judges; what it is called is data."""

    @property
    def version(self) -> str:
        """The resolved model snapshot, e.g. "classify-20261123"."""
        ...

    @property
    def model_hash(self) -> str:
        """Hash, in hex, of everything that decides an answer beside the program: weights, and knowledge of page types."""
        ...

    def judge(self, sights: Sequence[Sight], classes: Sequence[PageClass]) -> list[Verdict]:
        """One verdict for each sight, same length and order; deterministic."""
        ...


@runtime_checkable
class Portable(Protocol):
    """A judge that can be had in other processes too."""

    def portable(self, classes: Sequence[PageClass]) -> JudgeSight | None:
        """What judges one sight by these classes in any process just as `judge` does here; None where that does not pay."""
        ...


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the answer says about the whole run; field names as on the wire."""

    filename: str
    org_id: str | None
    page_count: int
    """Pages classified (fewer than the document has where `pages=` limits them)."""
    duration_ms: int
    credit_usage: float
    job_id: str
    version: str
    model_hash: str
    """Ours: `Judge.model_hash`. The same bytes, classes and hash give the same answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The response: one verdict per page, in page order, always."""

    classification: tuple[Verdict, ...]
    documents: tuple[Part, ...]
    """The pages as documents: every page in exactly one, in order."""
    metadata: Metadata
