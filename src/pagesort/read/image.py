"""Images through Pillow, as documents of one page or, for TIFF, GIF and DCX, one page a frame."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import BinaryIO

import numpy as np
from PIL import Image as Pillow

from pagesort.errors import DocumentTooLarge, PagesortError, PageUnreadable, UnreadableDocument
from pagesort.options import Options
from pagesort.read.sniff import HEAD, Kind, gd_layout
from pagesort.types import Image, Line

PAGED = ("TIFF", "GIF", "DCX")
"""Formats whose frames are pages. An animated PNG or WEBP counts as its first picture."""

# Pillow warns of every oddity in a file's metadata, of which no page is the worse.
warnings.filterwarnings("ignore", module=r"PIL\.")

_ADVICE = "Open it in another program and save it again."

_ORIENTATION = 0x0112  # the EXIF tag; its values 2 to 8 say how to turn the picture upright
_UPRIGHT = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


class ImageDocument:
    """An open image. Safe to use from several threads: Pillow keeps one place in the file, so each document has a lock."""

    def __init__(self, stream: BinaryIO, kind: Kind, name: str, options: Options) -> None:
        """Raises `UnreadableDocument` or `DocumentTooLarge`."""
        self.name = name
        self.lock = threading.Lock()
        self._max_pixels = options.max_pixels
        # Pillow has one limit for the whole process. It must not cut in below ours, which is checked before decoding.
        if Pillow.MAX_IMAGE_PIXELS is not None:
            Pillow.MAX_IMAGE_PIXELS = max(Pillow.MAX_IMAGE_PIXELS, options.max_pixels)
        try:
            self._image = _open(stream, kind)
            self.refuse_if_huge(self._image.size)
            self.page_count = _frame_count(self._image, options.max_pages) if kind in PAGED else 1
        except PagesortError:
            raise
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
            raise self._too_large("") from None
        except Exception as error:  # a decoder given hostile bytes raises nearly anything
            raise UnreadableDocument(f"{name} is a broken {kind} image ({_short(error)}). {_ADVICE}") from error
        if self.page_count > options.max_pages:
            message = f"{name} has more than {options.max_pages:,} frames, the most that are read."
            raise DocumentTooLarge(f"{message} Split it, or raise PAGESORT_MAX_PAGES.")

    def page(self, number: int) -> ImagePage:
        """Page `number` from 0. Raises `PageUnreadable`."""
        with self.frame(number) as frame:
            return ImagePage(self, number, _upright_size(frame))

    @contextmanager
    def frame(self, number: int) -> Iterator[Pillow.Image]:
        """The image, turned to that frame, under the lock. Whatever Pillow raises comes out as `PageUnreadable`."""
        try:
            with self.lock:
                if self.page_count > 1:
                    self._image.seek(number)
                self.refuse_if_huge(self._image.size)
                yield self._image
        except PagesortError as error:
            raise PageUnreadable(str(error)) from None
        except Exception as error:  # as above
            where = f"Page {number + 1} of {self.name}" if self.page_count > 1 else self.name
            raise PageUnreadable(f"{where} is broken ({_short(error)}). {_ADVICE}") from error

    def refuse_if_huge(self, size: tuple[int, int]) -> None:
        if size[0] * size[1] > self._max_pixels:
            raise self._too_large(f" of {size[0]:,} x {size[1]:,} pixels")

    def _too_large(self, shape: str) -> DocumentTooLarge:
        message = f"{self.name} holds a picture{shape}; at most {self._max_pixels:,} pixels are read. "
        return DocumentTooLarge(message + "Make it smaller, or raise PAGESORT_MAX_PIXELS.")

    def __enter__(self) -> ImageDocument:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to do: closing Pillow's image would close the stream, which may be the caller's."""


class ImagePage:
    """One frame of an image: a page without a text layer."""

    def __init__(self, document: ImageDocument, number: int, size: tuple[int, int]) -> None:
        self._document = document
        self.number = number
        self.size: tuple[float, float] = size

    def text_layer(self) -> tuple[Line, ...] | None:
        """None: an image stores no words."""
        return None

    def picture_share(self) -> float:
        """1.0: an image is all picture."""
        return 1.0

    def render(self, longest_side: int) -> Image:
        """The frame upright on white, never larger than it is. Raises `PageUnreadable`."""
        with self._document.frame(self.number) as frame:
            frame.load()
            turn = _UPRIGHT.get(_orientation(frame))
            picture = _flat(frame)
            picture.thumbnail((longest_side, longest_side), Pillow.Resampling.LANCZOS)
            return np.array(picture if turn is None else picture.transpose(turn))


def _open(stream: BinaryIO, kind: Kind) -> Pillow.Image:
    """The image, its header read. The plugin is called by name, so that no other one gets to see the bytes."""
    stream.seek(0)
    if kind == "GD":
        return _open_gd(stream)
    Pillow.init()
    factory, _ = Pillow.OPEN[kind]
    return factory(stream, "")


def _frame_count(image: Pillow.Image, limit: int) -> int:
    """Frames of the file, or `limit` + 1 where there are more. A broken frame is counted, so that it is missed as a page."""
    if image.format != "TIFF":
        return int(getattr(image, "n_frames", 1))
    for number in range(1, limit + 1):  # a TIFF is a chain, which Pillow would follow to an end that may be far away
        try:
            image.seek(number)
        except EOFError:
            return number
        except Exception:
            return number + 1
    return limit + 1


def _open_gd(stream: BinaryIO) -> Pillow.Image:
    """A GD 2 picture. Pillow has a reader, but for pictures with a palette only."""
    head = stream.read(HEAD)
    layout = gd_layout(head, stream.seek(0, os.SEEK_END))
    if layout is None:
        raise ValueError("its header does not fit its size")
    true_color, width, height, start = layout
    stream.seek(start)
    pixels = stream.read()
    if not true_color:
        picture = Pillow.frombytes("P", (width, height), pixels)
        picture.putpalette(head[13:start], "RGBX")
        return picture
    # Alpha runs from 0, opaque, to 127, and comes first.
    argb = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
    alpha = ((127 - np.minimum(argb[:, :, :1], 127)) * np.uint16(255) // 127).astype(np.uint8)
    return Pillow.fromarray(np.concatenate([argb[:, :, 1:], alpha], axis=2), "RGBA")


def _orientation(image: Pillow.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # EXIF too broken to be read says nothing about which side is up
        return 1


def _upright_size(image: Pillow.Image) -> tuple[int, int]:
    width, height = image.size
    # A TIFF already states its size as it will be once Pillow has decoded and turned it.
    turned = image.format != "TIFF" and _orientation(image) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)


def _flat(image: Pillow.Image) -> Pillow.Image:
    """Any mode as RGB, what is transparent as white."""
    if image.mode.startswith("I;16"):
        image = Pillow.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.mode in ("I", "F"):
        image = _stretched(image)
    elif image.mode == "LAB":
        image = image.getchannel("L")
    if not image.has_transparency_data:
        return image.convert("RGB") if image.mode != "RGB" else image.copy()
    image = image.convert("RGBA")
    white = Pillow.new("RGBA", image.size, "white")
    return Pillow.alpha_composite(white, image).convert("RGB")


def _stretched(image: Pillow.Image) -> Pillow.Image:
    """Grey values of no fixed range (32 bits, or floating point), spread from black to white."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float64))
    low, high = float(values.min()), float(values.max())
    return Pillow.fromarray(((values - low) * (255 / ((high - low) or 1))).astype(np.uint8))


def _short(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text if len(text) <= 120 else text[:117] + "..."
