"""Small images in every format that is read, made on the spot; those that Pillow cannot write are put together here."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

SIZE = (64, 48)


def picture(size: tuple[int, int] = SIZE) -> Pillow.Image:
    """White, with a black square in the upper left quarter: enough to see which side is up."""
    image = Pillow.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill="black")
    return image


def saved(kind: str, image: Pillow.Image | None = None, **options: object) -> bytes:
    """`image`, or the standard picture, as a file of that kind. HEIF needs pillow-heif, which only developers have."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    buffer = BytesIO()
    (image or picture()).save(buffer, kind, **options)
    return buffer.getvalue()


def psd() -> bytes:
    """A flat Photoshop file: header, three empty sections, raw planes."""
    image = picture()
    header = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, image.height, image.width, 8, 3)
    planes = b"".join(band.tobytes() for band in image.split())
    return header + bytes(12) + struct.pack(">H", 0) + planes


def dcx(frames: int = 2) -> bytes:
    """PCX pictures behind a table of their offsets."""
    pages = [saved("PCX") for _ in range(frames)]
    offsets, place = [], 4 + 4 * (frames + 1)
    for page in pages:
        offsets.append(place)
        place += len(page)
    return struct.pack(f"<I{frames}II", 0x3ADE68B1, *offsets, 0) + b"".join(pages)


def gd(true_color: bool) -> bytes:
    """A GD 2 picture; colours and alpha as libgd writes them."""
    image = picture()
    size = struct.pack(">HH", *image.size)
    if true_color:
        pixels = np.insert(np.asarray(image), 0, 0, axis=2).tobytes()  # alpha first; 0 is opaque
        return b"\xff\xfe" + size + b"\x01" + struct.pack(">i", -1) + pixels
    palette = b"".join(bytes((grey, grey, grey, 0)) for grey in range(256))
    return b"\xff\xff" + size + b"\x00" + struct.pack(">Hi", 256, -1) + palette + image.convert("L").tobytes()


def samples() -> dict[str, bytes]:
    """One file of each format, by a name for the test report."""
    frame = picture().convert("P")
    return {
        "avif": saved("AVIF", quality=100),
        "heic": saved("HEIF", quality=95),
        "jpeg": saved("JPEG"),
        "png": saved("PNG"),
        "apng": saved("PNG", save_all=True, append_images=[Pillow.new("RGB", SIZE, "red")]),
        "bmp": saved("BMP"),
        "dib": saved("DIB"),
        "dcx": dcx(),
        "dds": saved("DDS"),
        "gd": gd(true_color=False),
        "gd true colour": gd(true_color=True),
        "gif": saved("GIF", frame),
        "icns": saved("ICNS", picture((128, 128))),
        "jp2": saved("JPEG2000"),
        "j2k": saved("JPEG2000", no_jp2=True),
        "pcx": saved("PCX"),
        "ppm": saved("PPM"),
        "pbm": saved("PPM", picture().convert("1")),
        "psd": psd(),
        "tga": saved("TGA"),
        "tga packed": saved("TGA", compression="tga_rle"),
        "tga grey": saved("TGA", picture().convert("L")),
        "tiff": saved("TIFF"),
        "bigtiff": saved("TIFF", big_tiff=True),
        "webp": saved("WEBP", lossless=True),
    }
