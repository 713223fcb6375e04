"""What is measured, and against what. Every case returns seconds (or megabytes) by name, the case's own figure first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import rapidocr

from benchmarks.timing import command, medians, python
from pagesort import Classifier
from pagesort.flow import Observation
from pagesort.judge import parse_classes
from pagesort.judge.knowledge import page_types
from pagesort.types import PageClass

CLASSES = (
    "letter",
    "invoice",
    "bank statement",
    "pay stub",
    "receipt",
    "identity card",
    "contract",
    "lab report",
    "resume",
    "memo",
)
OCR_DPI = 150
LONG = 200
"""Pages, at least, of the long document."""

_CLASSIFY = "import sys, pagesort; pagesort.classify(sys.argv[1], ['invoice', 'letter', 'receipt'])"
_PEAK = "from pathlib import Path; print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"

Figures = dict[str, float]


def digital_page(classifier: Classifier, files: Sequence[Path], repeats: int) -> Figures:
    """Seconds per page with a text layer: the whole answer, against nothing but the raw text out of the same files."""
    pages = sum(map(_page_count, files))
    rivals = {
        "whole answer": lambda: [classifier.classify(file, CLASSES) for file in files],
        "raw text extraction (pypdfium2)": lambda: [_raw_text(file) for file in files],
    }
    return {name: seconds / pages for name, seconds in medians(rivals, repeats).items()}


def long_document(classifier: Classifier, files: Sequence[Path], repeats: int) -> Figures:
    """Seconds per page of one long digital document, the same pages over and over: the whole answer against its raw text."""
    with tempfile.TemporaryDirectory() as folder, pypdfium2.PdfDocument.new() as document:
        while len(document) < LONG:
            for file in files:
                with pypdfium2.PdfDocument(file) as source:
                    document.import_pages(source)
        path = Path(folder, "long.pdf")
        document.save(path)
        return digital_page(classifier, [path], repeats)


def scanned_page(classifier: Classifier, files: Sequence[Path], repeats: int) -> Figures:
    """Seconds per page without a text layer: the whole answer, against full-page OCR of the same pages."""
    pages = sum(map(_page_count, files))
    engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})
    rivals = {
        "whole answer": lambda: [classifier.classify(file, CLASSES) for file in files],
        f"full-page OCR (RapidOCR, defaults, {OCR_DPI} dpi)": lambda: [_full_ocr(engine, file) for file in files],
    }
    return {name: seconds / pages for name, seconds in medians(rivals, repeats).items()}


def cold_start(file: Path, repeats: int) -> Figures:
    """Seconds from nothing to the answer for one page, in a process of its own."""
    rivals = {
        "import, load, classify one digital page": lambda: python(_CLASSIFY, str(file)),
        "bare interpreter": lambda: python("pass"),
        "import numpy, onnxruntime": lambda: python("import numpy, onnxruntime"),
    }
    return medians(rivals, repeats)


def help_text(script: Path, repeats: int) -> Figures:
    """Seconds until `pagesort --help` is back."""
    rivals = {"pagesort --help": lambda: command([str(script), "--help"]), "bare interpreter": lambda: python("pass")}
    return medians(rivals, repeats)


def judging(classifier: Classifier, files: Sequence[Path], repeats: int) -> Figures:
    """Seconds per page for the judge alone, over pages already read. Every class is a known type: all of them compete."""
    seen = [classifier.observe(file) for file in files]
    pages = sum(len(each.pages) for each in seen)
    lists = {f"{count} classes": parse_classes([each.name for each in page_types()[:count]]) for count in (10, 200)}
    rivals = {name: _judge_all(classifier, seen, classes) for name, classes in lists.items()}
    return {name: seconds / pages for name, seconds in medians(rivals, repeats).items()}


def peak_memory(digital: Path, scanned: Path) -> Figures:
    """Megabytes of memory at the highest point of a process, as Linux tells it (`VmHWM`, in KiB).

    Not `ru_maxrss`: a new process inherits that from the one that started it.
    """
    runs = {
        "a scanned document": python(f"{_CLASSIFY}; {_PEAK}", str(scanned)),
        "one digital page": python(f"{_CLASSIFY}; {_PEAK}", str(digital)),
        "import numpy, onnxruntime": python(f"import numpy, onnxruntime; {_PEAK}"),
        "bare interpreter": python(_PEAK),
    }
    return {name: int(kilobytes) / 1024 for name, kilobytes in runs.items()}


def _judge_all(classifier: Classifier, seen: Sequence[Observation], classes: Sequence[PageClass]) -> Callable[[], object]:
    return lambda: [classifier.decide(each, classes) for each in seen]


def _page_count(file: Path) -> int:
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def _raw_text(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _full_ocr(engine: rapidocr.RapidOCR, file: Path) -> list[object]:
    with pypdfium2.PdfDocument(file) as document:
        return [engine(page.render(scale=OCR_DPI / 72).to_numpy()) for page in document]
