"""Images through Pillow, as documents of one page or, for TIFF, GIF and DCX, one page a frame."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
from PIL import Image as Pillow

from pagesort.errors import DocumentTooLarge, PagesortError, PageUnreadable, UnreadableDocument
from pagesort.read.copy import Sheet, picture_pages
from pagesort.read.file import File, PageText
from pagesort.read.sniff import HEAD, Kind, gd_layout
from pagesort.types import Image

PAGED = ("TIFF", "GIF", "DCX")
"""Formats whose frames are pages. An animated PNG or WEBP counts as its first picture."""

# Pillow warns of every oddity in a file's metadata, of which no page is the worse.
warnings.filterwarnings("ignore", module=r"PIL\.")

REDUCING_GAP = 2
"""How many times as large as needed a picture still is after the quick way of making it smaller."""

_REDUCIBLE = {"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "La", "RGBa", "RGBX"}

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

_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}
"""The orientations that are no mirror images, in degrees clockwise."""

_DPI, _LEAST_DPI, _MOST_DPI = 96.0, 30.0, 2400.0
"""Pixels to the inch where the file says nothing, or nothing that could be true."""


class ImageDocument:
    """An open image."""

    def __init__(self, file: File) -> None:
        """Raises `UnreadableDocument` or `DocumentTooLarge`."""
        self.name = file.name
        self._max_pixels = file.options.max_pixels
        # Pillow has one limit for the whole process. It must not cut in below ours, which is checked before decoding.
        Pillow.MAX_IMAGE_PIXELS = max(Pillow.MAX_IMAGE_PIXELS or 0, self._max_pixels)
        self._path = file.path
        self._kind = file.kind
        self._stream = file.path.open("rb")
        try:
            self._image = _open(self._stream, file.kind)
            self._astray = False
            self._refuse_if_huge()
            self.page_count = file.page_count or self._count(file.options.max_pages)
        except PagesortError:
            raise
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
            raise self._too_large("") from None
        except MemoryError:
            raise
        except Exception as error:  # a decoder given hostile bytes raises nearly anything
            raise UnreadableDocument(f"{self.name} is a broken {file.kind} image ({_short(error)}). {_ADVICE}") from error

    def read(self, number: int) -> PageText:
        """The size of page `number`, from 0, as it is seen; an image stores no words. Raises `PageUnreadable`."""
        with self._frame(number) as frame:
            return PageText(_upright_size(frame), None)

    def picture_share(self, number: int) -> float:
        """1.0: an image is all picture."""
        return 1.0

    def render(self, number: int, longest_side: int) -> Image:
        """The frame upright on white, never larger than it is. Raises `PageUnreadable`."""
        with self._frame(number) as frame:
            if frame.format == "JPEG":
                frame = _open(self._stream, "JPEG")  # anew, since it can be told only once how large it will be needed
                frame.draft(None, (REDUCING_GAP * longest_side, REDUCING_GAP * longest_side))
            frame.load()
            turn = _UPRIGHT.get(_orientation(frame))
            picture = _flat(_reduced(frame, longest_side))
            picture.thumbnail((longest_side, longest_side), Pillow.Resampling.LANCZOS)
            return np.array(picture if turn is None else picture.transpose(turn))

    def copy_pages(self, numbers: Sequence[int]) -> bytes:
        """Those frames as a PDF file, a page for each; a JPEG file goes in as it is, all else pixel for pixel.

        Raises `PageUnreadable`.
        """
        return picture_pages(self._sheet(number) for number in numbers)

    def _sheet(self, number: int) -> Sheet:
        with self._frame(number) as frame:
            dpi, turn = _dpi(frame), _TURNS.get(_orientation(frame))
            if frame.format == "JPEG" and frame.mode in ("L", "RGB") and turn is not None:
                return Sheet(self._path.read_bytes(), frame.size, turn, dpi)
            longest_side = max(_upright_size(frame))
        pixels = self.render(number, longest_side)
        return Sheet(pixels, (pixels.shape[1], pixels.shape[0]), 0, dpi)

    def close(self) -> None:
        self._stream.close()

    def _count(self, limit: int) -> int:
        count = _frame_count(self._image, limit) if self._image.format in PAGED else 1
        self._astray = count > 1
        if count > limit:
            message = f"{self.name} has more than {limit:,} frames, the most that are read."
            raise DocumentTooLarge(f"{message} Split it, or raise PAGESORT_MAX_PAGES.")
        return count

    @contextmanager
    def _frame(self, number: int) -> Iterator[Pillow.Image]:
        """The image, turned to that frame. Whatever Pillow raises comes out as `PageUnreadable`."""
        try:
            if self._astray:  # a seek that failed is forgotten by Pillow: the same one again would give the frame before
                self._image = _open(self._stream, self._kind)
            self._astray = True
            if self.page_count > 1:
                self._image.seek(number)
            self._refuse_if_huge()
            yield self._image
            self._astray = False
        except PagesortError as error:
            raise PageUnreadable(str(error)) from None
        except MemoryError:
            raise
        except Exception as error:  # as above
            where = f"Page {number + 1} of {self.name}" if self.page_count > 1 else self.name
            raise PageUnreadable(f"{where} is broken ({_short(error)}). {_ADVICE}") from error

    def _refuse_if_huge(self) -> None:
        width, height = self._image.size
        if width * height > self._max_pixels:
            raise self._too_large(f" of {width:,} x {height:,} pixels")

    def _too_large(self, shape: str) -> DocumentTooLarge:
        message = f"{self.name} holds a picture{shape}; at most {self._max_pixels:,} pixels are read. "
        return DocumentTooLarge(message + "Make it smaller, or raise PAGESORT_MAX_PIXELS.")


def _open(stream: BinaryIO, kind: Kind) -> Pillow.Image:
    """The image, its header read. The plugin is called by name, so that no other one gets to see the bytes."""
    stream.seek(0)
    if kind == "GD":
        return _open_gd(stream)
    Pillow.init()
    if kind == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)  # pages are decoded side by side
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


def _reduced(image: Pillow.Image, longest_side: int) -> Pillow.Image:
    """The image in a quick, coarse way made smaller, if it is much larger than needed: each copy of it is smaller, too."""
    factor = max(image.size) // (REDUCING_GAP * longest_side)
    return image.reduce(factor) if factor > 1 and image.mode in _REDUCIBLE else image


def _orientation(image: Pillow.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # EXIF too broken to be read says nothing about which side is up
        return 1


def _dpi(image: Pillow.Image) -> float:
    try:
        dpi = float(image.info["dpi"][0])
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError):
        return _DPI
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else _DPI


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
