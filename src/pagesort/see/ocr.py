"""Text in a picture, in two steps: where it stands, and what it says. PP-OCR through RapidOCR on onnxruntime, with the
models that its wheel brings along. Finding costs the same for every page, reading costs by the length of the lines: so
lines are read one by one, and only those that somebody asks for (`reading`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pagesort.see.ink import ink_box
from pagesort.types import Image, Line

Region = NDArray[np.float32]
"""Where a line of text stands: 4 corners x (x, y) in pixels; top left first as the text reads, then clockwise."""

MAX_ENLARGEMENT = 4

MAX_ASPECT = 8
"""Thinner pictures are padded: the detector works on squares of 32 pixels and cannot see a strip of a few."""

LEAST_CERTAIN = 0.5
"""What is read with less certainty is no text: RapidOCR's own limit."""

_READING_HEIGHT = 48
"""Height, in pixels, that the recogniser wants lines to have."""

_NARROWED = 0.85
"""Lines are made that much narrower before they are read: it takes as much less time, and reads the same."""

_LONGEST = 2400
"""Pixels to which a longer line is narrowed; no line of print is as long, and time goes by length."""


class Ocr:
    """Reads pictures; safe to use from several threads, each of which gets an engine of its own while it reads.

    Engines are loaded when first needed and kept for later use, never more than pictures were read at once.
    """

    def __init__(self) -> None:
        self._idle: list[Any] = []
        self._lock = threading.Lock()

    def find(self, image: Image, side: int) -> list[Region]:
        """Where text stands in a picture (height x width x 3, RGB), in no particular order.

        `side`: pixels to which the longer side is scaled before; the time goes by its square, and small type needs more.
        """
        rows, columns = ink_box(image)
        scale = min(side / max(image.shape[:2]), MAX_ENLARGEMENT)
        with self._engine() as engine:
            found = engine.text_det(_padded(_scaled(image[rows, columns], scale))[:, :, ::-1])
        if found.boxes is None:
            return []
        height, width = image.shape[:2]
        corners = np.asarray(found.boxes, np.float32) / scale + (columns.start, rows.start)
        return list(np.clip(corners, 0, (width, height)).astype(np.float32))

    def read(self, image: Image, regions: Sequence[Region]) -> list[Line | None]:
        """The line that stands in each region, or None where that is no text. The same picture always gives the same lines.

        Lines that stand on their head are not turned: which way up a page is, is settled for the page as a whole (`reading`).
        """
        height, width = image.shape[:2]
        with self._engine() as engine:
            texts = [_text(engine, image, region) for region in regions]
        return [
            _line(text, region / (width, height), certainty) if text and certainty >= LEAST_CERTAIN else None
            for region, (text, certainty) in zip(regions, texts, strict=True)
        ]

    @contextmanager
    def _engine(self) -> Iterator[Any]:
        with self._lock:
            engine = self._idle.pop() if self._idle else None
        engine = engine or _load()
        try:
            yield engine
        finally:
            with self._lock:
                self._idle.append(engine)


def _load() -> Any:
    """A new engine: one thread, because pages are read side by side; silent; and offline.

    RapidOCR downloads a model whose checksum it does not know; a model given by its path is taken as it is.
    """
    import rapidocr

    cv2.setNumThreads(1)  # for the same reason: two threads for each page would only get in each other's way
    models = Path(rapidocr.__file__).parent / "models"
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.min_side_len": 1,  # pictures come in the right size
            "Global.max_side_len": 100_000,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,  # a third faster than to ask the system for memory each time
            "Det.limit_type": "max",
            "Det.limit_side_len": 100_000,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "Rec.rec_img_shape": [3, _READING_HEIGHT, 16],  # narrow lines are not padded to 320 pixels
        }
    )
    # Loads the detector, which is then asked directly: `engine` would cut out every line that it finds.
    engine(np.full((32, 32, 3), 255, np.uint8))
    return engine


def _scaled(image: Image, scale: float) -> Image:
    height, width = image.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)


def _padded(image: Image) -> Image:
    """The picture, with white added at the right or below where it is too thin to be read."""
    height, width = image.shape[:2]
    least = max(32, max(height, width) // MAX_ASPECT)
    padding = ((0, max(0, least - height)), (0, max(0, least - width)), (0, 0))
    return np.pad(image, padding, constant_values=255)


def _text(engine: Any, image: Image, region: Region) -> tuple[str, float]:
    crop = _cut_out(image, region)
    found = engine(crop[:, :, ::-1], use_det=False, use_cls=False, use_rec=True)  # it wants BGR
    return (" ".join(found.txts[0].split()), float(found.scores[0])) if found.txts else ("", 0.0)


def _cut_out(image: Image, region: Region) -> Image:
    """The region, straightened, at the size that the recogniser reads; a line that runs up the page is laid level."""
    sides = np.linalg.norm(region - np.roll(region, -1, axis=0), axis=1).tolist()  # top, right, bottom, left
    width, height = max(1.0, sides[0], sides[2]), max(1.0, sides[1], sides[3])
    if height >= 1.5 * width:
        return _cut_out(image, np.roll(region, -1, axis=0))
    length = int(np.clip(_READING_HEIGHT * _NARROWED * width / height, 16, _LONGEST))
    first = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    straight = cv2.warpPerspective(
        image,
        cv2.getPerspectiveTransform(region, first),
        (int(width), int(height)),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(cv2.resize(straight, (length, _READING_HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)


def _line(text: str, corners: NDArray[np.floating[Any]], score: float) -> Line:
    """Four corners in fractions of the page → the upright box around them."""
    left, top = np.clip(corners.min(axis=0), 0, 1).tolist()
    right, bottom = np.clip(corners.max(axis=0), 0, 1).tolist()
    return Line(text, left, top, right, bottom, size=bottom - top, certainty=score)
