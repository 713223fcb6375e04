"""`python -m benchmarks.files [--pages N]`: every type of file, how long it takes; and how much memory a long document does."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console
from rich.table import Table

from benchmarks.cases import CLASSES
from benchmarks.timing import medians
from pagesort import Classifier
from samples.seeds import seeds

REPEATS = 5
MEGABYTES = 190
"""Of the pictures in a long document: nearly as much as a document may have by default."""

_CLASSIFY = """
import sys, time, pagesort
with pagesort.Classifier() as classifier:
    started = time.perf_counter()
    next(classifier.stream(sys.argv[1], ["invoice", "letter"]))
    print("first", time.perf_counter() - started)
    answer = classifier.classify(sys.argv[1], ["invoice", "letter"])
    print("pages", answer.metadata.page_count, answer.metadata.duration_ms / 1000)
"""


def types(classifier: Classifier) -> dict[str, dict[str, float]]:
    """Pages and seconds (warm, whole answer) for a small file of every type."""
    figures = {}
    for name, data in seeds().items():
        pages = len(classifier.classify(data, CLASSES).classification)
        (seconds,) = medians({name: partial(classifier.classify, data, CLASSES)}, REPEATS).values()
        figures[name] = {"bytes": len(data), "pages": pages, "seconds": round(seconds, 3)}
    return figures


def memory(document: Path) -> dict[str, float]:
    """Megabytes at the highest point of the program and all its processes together, and seconds to the first and last page.

    Pages that processes share count once (`Pss`, as Linux tells it); looked at ten times a second.
    """
    peak = 0.0
    with subprocess.Popen([sys.executable, "-c", _CLASSIFY, str(document)], stdout=subprocess.PIPE, text=True) as program:
        while program.poll() is None:
            peak = max(peak, sum(map(_megabytes, _family(program.pid))))
            time.sleep(0.1)
        assert program.stdout
        told = program.stdout.read().split()
    size = document.stat().st_size / 2**20
    return {
        "file_mb": round(size),
        "pages": int(told[3]),
        "peak_mb": round(peak),
        "first_s": float(told[1]),
        "all_s": float(told[4]),
    }


def _family(pid: int) -> Iterator[int]:
    """The process, and all that it started, and so on."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
            except OSError:  # it has ended
                continue
    waiting = [pid]
    while waiting:
        yield (one := waiting.pop())
        waiting += parents.get(one, [])


def _megabytes(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return 0.0


def long_document(path: Path, pages: int, megabytes: int = 0) -> Path:
    """A PDF of that many pages of text, each over a picture of its own where it is to be so large."""
    as_text, rl_config.useA85 = rl_config.useA85, 0  # pictures as bytes
    canvas = Canvas(str(path), invariant=1)
    pixels = int((megabytes * 2**20 / pages) ** 0.5)
    noise = np.random.default_rng(1)
    for page in range(pages):
        if pixels:
            picture = Image.fromarray(noise.integers(0, 255, (pixels, pixels), np.uint8))
            file = io.BytesIO()
            picture.save(file, "PNG")
            canvas.drawImage(ImageReader(file), 0, 0, 595, 842)
        for row in range(45):
            canvas.drawString(
                60, 780 - 16 * row, f"Page {page + 1}, line {row + 1}: invoice number {page * 45 + row}, amount due 40.00"
            )
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = as_text
    return path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files", description="Every type of file, and long documents.")
    parser.add_argument("--pages", type=int, default=2_000, metavar="N", help="of the long documents (default: %(default)s)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = memory(long_document(Path(folder) / "text.pdf", args.pages))
        pictures = memory(long_document(Path(folder) / "pictures.pdf", args.pages, MEGABYTES))
    with Classifier() as classifier:
        by_type = types(classifier)
    table = Table("type", "bytes", "pages", "seconds", title=f"{os.cpu_count()} cores, medians of {REPEATS}", box=None)
    for name, each in by_type.items():
        table.add_row(name, f"{each['bytes']:,}", str(each["pages"]), f"{each['seconds']:.3f}")
    Console().print(table)
    for name, found in (("text", text), ("pictures under text", pictures)):
        told = f"{found['pages']:,} pages, {found['file_mb']} MB: at most {found['peak_mb']} MB of memory"
        print(f"{name}: {told}; first page after {found['first_s']:.2f} s, all in {found['all_s']:.1f} s")
    print(json.dumps({"types": by_type, "long documents": {"text": text, "pictures": pictures}}))


if __name__ == "__main__":
    main()
