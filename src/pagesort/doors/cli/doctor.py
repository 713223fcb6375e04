"""`pagesort doctor`: what is installed, what is missing and how to install it, and whether the whole thing works.

Every check stands alone and imports what it checks, so that one broken part does not hide the state of the others.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Literal

from pagesort import __version__
from pagesort.errors import EXIT_FAILED, EXIT_MISSING, EXIT_OK

State = Literal["ok", "missing", "broken"]

BASE_MODULES = {
    "numpy": "numpy",
    "Pillow": "PIL",
    "pi-heif": "pi_heif",
    "pypdfium2": "pypdfium2",
    "pebble": "pebble",
    "markdown-it-py": "markdown_it",
    "onnxruntime": "onnxruntime",
    "opencv-python-headless": "cv2",
    "rapidocr": "rapidocr",
    "tokenizers": "tokenizers",
    "PyYAML": "yaml",
    "httpcore": "httpcore",
    "urllib3": "urllib3",
    "rich": "rich",
}
EXTRA_MODULES = {
    "http": {
        "fastapi": "fastapi",
        "uvicorn": "uvicorn",
        "python-multipart": "python_multipart",
        "fastapi-standalone-docs": "fastapi_standalone_docs",
    }
}

REINSTALL = 'pip install --force-reinstall "pagesort"'
CODECS = {"jpg_2000": "JPEG 2000", "webp": "WebP", "libtiff": "TIFF", "avif": "AVIF"}


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one part."""

    name: str
    state: State
    detail: str
    fix: str | None = None
    """The line that mends it; None where nothing is to be mended."""
    required: bool = True
    """False for extras: pagesort classifies documents without them."""


def attach(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


def main(args: argparse.Namespace) -> int:
    """Exit code 0 if documents can be classified here, extras or not."""
    checks = examine()
    faulty = [check for check in checks if check.required and check.state != "ok"]
    if args.json:
        print(json.dumps({"ok": not faulty, "checks": [asdict(check) for check in checks]}, indent=2))
    else:
        _print_table(checks)
    if not faulty:
        return EXIT_OK
    return EXIT_MISSING if any(check.state == "missing" for check in faulty) else EXIT_FAILED


def examine() -> list[Check]:
    """All checks, in the order in which one would look for a fault."""
    return [
        Check("Python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        Check("pagesort", "ok", __version__),
        Check("machine", "ok", _machine()),
        *[_module(name, module) for name, module in BASE_MODULES.items()],
        _guarded("picture formats", _codecs),
        _guarded("LibreOffice", _office),
        _guarded("OCR models", _ocr_models),
        _guarded("model files", lambda: check_weights(Path(__file__).parents[2] / "judge" / "weights")),
        *[_extra(extra, modules) for extra, modules in EXTRA_MODULES.items()],
        _guarded("self-check", _classify_a_page),
    ]


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except Exception as error:  # whatever is broken, the report must still come out
        return Check(name, "broken", f"{type(error).__name__}: {error}", REINSTALL)


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return f"{cores} cores"
    return f"{cores} cores, {memory / 2**30:.1f} GiB memory"


def _module(name: str, module: str) -> Check:
    """Really imported: a package may be there and still lack a system library it needs."""
    try:
        importlib.import_module(module)
        return Check(name, "ok", metadata.version(name))
    except ModuleNotFoundError as error:
        return Check(name, "missing", str(error), REINSTALL)
    except Exception as error:
        return Check(name, "broken", f"{type(error).__name__}: {error}", REINSTALL)


def _codecs() -> Check:
    from PIL import features

    without = [title for codec, title in CODECS.items() if not features.check(codec)]
    if without:
        fix = "pip install --force-reinstall --only-binary pillow pillow"
        return Check("picture formats", "broken", f"Pillow was built without {', '.join(without)}", fix)
    return Check("picture formats", "ok", ", ".join(CODECS.values()))


def _office() -> Check:
    """Needed for Word, PowerPoint, OpenDocument and RTF files only."""
    from pagesort.read.office import INSTALL, find_office

    found = find_office()
    if found is None:
        why = "office documents are refused; LibreOffice with Writer, Impress and the Python module uno would convert them"
        return Check("LibreOffice", "missing", why, INSTALL, required=False)
    network = "without network" if found.prefix else "network not cut off (no unshare here), but never asked for"
    return Check("LibreOffice", "ok", f"{found.version()}, {network}", required=False)


def _ocr_models() -> Check:
    names = {each.name for each in (resources.files("rapidocr") / "models").iterdir() if each.name.endswith(".onnx")}
    without = [part for part in ("det", "rec", "cls") if not any(f"_{part}_" in name for name in names)]
    if without:
        return Check("OCR models", "missing", f"no model for {', '.join(without)}", "pip install --force-reinstall rapidocr")
    return Check("OCR models", "ok", ", ".join(sorted(names)))


def check_weights(folder: Path) -> Check:
    """Every file of the shipped model against the checksums shipped with it."""
    from pagesort.judge.shipped import damaged_weights, listed_checksums

    try:
        damaged, listed = damaged_weights(folder), listed_checksums(folder)
    except OSError:
        return Check("model files", "missing", f"no weights in {folder}", REINSTALL)
    if damaged:
        return Check("model files", "broken", f"{folder / damaged[0]} is missing or not as it was shipped", REINSTALL)
    return Check("model files", "ok", f"{len(listed)} as shipped")


def _extra(extra: str, modules: dict[str, str]) -> Check:
    found = [_module(name, module) for name, module in modules.items()]
    fix = f'pip install "pagesort[{extra}]"'
    for state in ("missing", "broken"):
        faulty = [each for each in found if each.state == state]
        if faulty:
            return Check(f"extra: {extra}", faulty[0].state, ", ".join(each.name for each in faulty), fix, required=False)
    return Check(f"extra: {extra}", "ok", ", ".join(f"{each.name} {each.detail}" for each in found), required=False)


def _classify_a_page() -> Check:
    """A picture of an invoice, inside a PDF: goes through PDFium, OCR and the judge."""
    from PIL import Image, ImageDraw, ImageFont

    from pagesort import Classifier

    picture = Image.new("RGB", (850, 1100), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((90, 90), "INVOICE", fill="black", font=ImageFont.load_default(60))
    pen.text(
        (90, 220), "Invoice number 1001\nInvoice date 2 March\nAmount due 40.00", fill="black", font=ImageFont.load_default(28)
    )
    file = io.BytesIO()
    picture.save(file, "PDF", resolution=100)
    with Classifier() as classifier:
        answer = classifier.classify(file.getvalue(), ["invoice", "passport"], filename="self-check.pdf")
    verdict = answer.classification[0]
    if verdict.name != "invoice":
        return Check("self-check", "broken", f"an invoice was taken for {verdict.name}: {verdict.reason}", REINSTALL)
    return Check("self-check", "ok", f"a scanned invoice was recognised in {answer.metadata.duration_ms} ms")


def _print_table(checks: list[Check]) -> None:
    """Plain text: rich is one of the parts that may be missing."""
    width = max(len(check.name) for check in checks)
    for check in checks:
        print(f"{check.state:7}  {check.name:{width}}  {check.detail}", file=sys.stdout)
        if check.fix:
            print(f"{'':7}  {'':{width}}  {'install with' if check.state == 'missing' else 'mend with'}: {check.fix}")
