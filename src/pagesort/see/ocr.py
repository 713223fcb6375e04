"""Reading the text in a picture: PP-OCR through RapidOCR on onnxruntime, with the models that its wheel brings along."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow

from pagesort.types import Image, Line

DETECTION_SIDE = 1280
"""Longest side, in pixels, at which text is looked for; it is then read at full size. On scanned pages this finds the same
lines as the full size does, in a third of the time. Smaller pictures are enlarged to it, or small type is missed."""

MAX_ENLARGEMENT = 4

MAX_ASPECT = 8
"""Thinner pictures are padded: the detector works on squares of 32 pixels and cannot see a strip of a few."""


class Ocr:
    """Reads pictures; safe to use from several threads, each of which gets an engine of its own while it reads.

    Engines are loaded when first needed and kept for later use, never more than pictures were read at once.
    """

    def __init__(self) -> None:
        self._idle: list[Any] = []
        self._lock = threading.Lock()

    def read(self, image: Image) -> tuple[Line, ...]:
        """The lines of text in a picture (height x width x 3, RGB), from top to bottom.

        The same picture always gives the same lines.
        """
        height, width = image.shape[:2]
        scale = min(max(DETECTION_SIDE / max(height, width), 1.0), MAX_ENLARGEMENT)
        with self._engine() as engine:
            found = engine(_padded(_enlarged(image, scale))[:, :, ::-1])  # it wants BGR
        if found.boxes is None:
            return ()
        return tuple(
            _line(text, np.asarray(corners) / (width * scale, height * scale), float(score))
            for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        )

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

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": DETECTION_SIDE,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
        }
    )


def _enlarged(image: Image, scale: float) -> Image:
    if scale == 1:
        return image
    height, width = image.shape[:2]
    size = (round(width * scale), round(height * scale))
    return np.asarray(Pillow.fromarray(image).resize(size, Pillow.Resampling.BICUBIC))


def _padded(image: Image) -> Image:
    """The picture, with white added at the right or below where it is too thin to be read."""
    height, width = image.shape[:2]
    least = max(32, max(height, width) // MAX_ASPECT)
    padding = ((0, max(0, least - height)), (0, max(0, least - width)), (0, 0))
    return np.pad(image, padding, constant_values=255)


def _line(text: str, corners: np.ndarray[Any, np.dtype[np.float64]], score: float) -> Line:
    """Four corners in fractions of the page → the upright box around them."""
    left, top = np.clip(corners.min(axis=0), 0, 1).tolist()
    right, bottom = np.clip(corners.max(axis=0), 0, 1).tolist()
    return Line(" ".join(text.split()), left, top, right, bottom, size=bottom - top, certainty=score)
