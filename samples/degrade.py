"""A clean picture of a page → what a scanner, a fax or a careless hand makes of it. Seeded; numpy and Pillow only.

Pictures are height x width x 3, RGB, 0..255.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Picture = NDArray[np.uint8]


def scan(picture: Picture, seed: int = 0) -> Picture:
    """A page through a cheap flatbed scanner: a little skew, soft focus, grey paper with a shadow, noise, dust, JPEG."""
    chance = np.random.default_rng(seed)
    picture = skew(picture, chance.uniform(-1.6, 1.6))
    picture = blur(picture, chance.uniform(0.5, 0.8))
    picture = grey_paper(picture, chance)
    picture = speckle(noise(picture, chance, 6.0), chance, 150)
    return jpeg(picture, int(chance.integers(45, 65)))


def fax(picture: Picture, seed: int = 0) -> Picture:
    """A page through a fax: half the resolution, black and white only, broken lines and specks."""
    chance = np.random.default_rng(seed)
    image = Image.fromarray(picture).convert("L")
    small = np.asarray(image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.LANCZOS), np.float32)
    black = small + chance.normal(0, 18, small.shape) < 150
    sheet = np.where(black, 0, 255).astype(np.uint8)
    return speckle(np.stack([sheet] * 3, axis=-1), chance, 120)


def upside_down(picture: Picture, seed: int = 0) -> Picture:
    """A scan of a sheet that lay the wrong way round."""
    return np.ascontiguousarray(scan(picture, seed)[::-1, ::-1])


DAMAGE: dict[str, Callable[[Picture, int], Picture]] = {"scan": scan, "fax": fax, "upside down": upside_down}


def skew(picture: Picture, degrees: float) -> Picture:
    return np.asarray(Image.fromarray(picture).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(225, 225, 222)))


def blur(picture: Picture, radius: float) -> Picture:
    return np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(radius)))


def grey_paper(picture: Picture, chance: np.random.Generator) -> Picture:
    """Paper that is not white, ink that is not black, and the shadow of a lid that was not quite closed."""
    height, width = picture.shape[:2]
    shade = np.linspace(0.0, chance.uniform(10, 30), width) * np.linspace(1.0, 0.4, height)[:, None]
    paper, ink = chance.uniform(220, 240), chance.uniform(25, 60)
    return _clipped(ink + picture * ((paper - ink) / 255.0) - shade[..., None])


def noise(picture: Picture, chance: np.random.Generator, strength: float) -> Picture:
    """Grain; `strength` is its standard deviation in grey levels."""
    return _clipped(picture + chance.normal(0, strength, picture.shape[:2])[..., None])


def speckle(picture: Picture, chance: np.random.Generator, specks: int) -> Picture:
    """Dust: that many dark dots of one to three pixels."""
    height, width = picture.shape[:2]
    spoiled: Picture = picture.copy()
    for y, x, size in zip(
        chance.integers(0, height, specks), chance.integers(0, width, specks), chance.integers(1, 4, specks), strict=True
    ):
        spoiled[y : y + size, x : x + size] = chance.integers(30, 120)
    return spoiled


def jpeg(picture: Picture, quality: int) -> Picture:
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream).convert("RGB"))


def _clipped(values: NDArray[np.floating]) -> Picture:
    whole: Picture = np.rint(values).clip(0, 255).astype(np.uint8)
    return whole
