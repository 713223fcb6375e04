"""Images of every format as upright pages on white, and clear errors for those that are none."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from pagesort.errors import DocumentTooLarge, PageUnreadable, UnreadableDocument
from pagesort.options import Options
from pagesort.types import Image
from samples.images import SIZE, dcx, gd, picture, samples, saved
from tests.read.opening import OPTIONS, open_document


def render(data: bytes, page: int = 0, longest_side: int = 1000) -> Image:
    with open_document(data, OPTIONS) as document:
        return document.page(page).render(longest_side)


def quarters(image: Image) -> list[int]:
    """Mean grey of the upper left, upper right, lower left and lower right quarter."""
    height, width = image.shape[0] // 2, image.shape[1] // 2
    parts = (image[:height, :width], image[:height, width:], image[height:, :width], image[height:, width:])
    return [round(float(part.mean())) for part in parts]


@pytest.mark.parametrize("name", samples())
def test_every_format_is_one_upright_page(name: str) -> None:
    with open_document(samples()[name], OPTIONS) as document:
        page = document.page(0)
        image = page.render(1000)
        assert document.page_count == (2 if name == "dcx" else 1)
        assert page.text_layer() is None and page.picture_share() == 1
        if name != "icns":  # whose largest picture Pillow writes itself
            assert page.size == SIZE
    assert quarters(image) == pytest.approx([0, 255, 255, 255], abs=12)


def test_an_icon_gives_its_largest_picture() -> None:
    with open_document(saved("ICNS", picture((256, 256))), OPTIONS) as document:
        assert document.page(0).size == (1024, 1024)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_turns_the_page(kind: str, orientation: int) -> None:
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes what a viewer will do
    stored = picture() if orientation == 1 else picture().transpose(Pillow.Transpose(back[orientation]))
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    with open_document(saved(kind, stored, exif=exif, **options), OPTIONS) as document:
        page = document.page(0)
        assert page.size == SIZE
        image = page.render(1000)
    assert image.shape[:2] == (SIZE[1], SIZE[0])
    assert quarters(image) == pytest.approx([0, 255, 255, 255], abs=12)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # as it is everywhere but in these tests
def test_a_broken_orientation_is_no_orientation() -> None:
    data = saved("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    with open_document(data, OPTIONS) as document:
        assert document.page(0).size == SIZE


@pytest.mark.parametrize(("kind", "mode"), [("TIFF", "RGB"), ("TIFF", "1"), ("GIF", "P")])
def test_frames_are_pages(kind: str, mode: str) -> None:
    frames = [Pillow.new("L", SIZE, grey).convert(mode) for grey in (0, 255, 0)]
    data = saved(kind, frames[0], save_all=True, append_images=frames[1:])
    with open_document(data, OPTIONS) as document:
        assert document.page_count == 3
        means = [document.page(number).render(50).mean() for number in (2, 0, 1)]  # in any order
    assert means == [0, 0, 255]


def test_dcx_frames_are_pages() -> None:
    with open_document(dcx(3), OPTIONS) as document:
        assert document.page_count == 3
        assert quarters(document.page(2).render(100)) == pytest.approx([0, 255, 255, 255], abs=12)


def test_frames_may_differ_in_size() -> None:
    data = saved("TIFF", picture((40, 20)), save_all=True, append_images=[picture((20, 60))])
    with open_document(data, OPTIONS) as document:
        assert [document.page(number).size for number in (0, 1)] == [(40, 20), (20, 60)]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_one_page(kind: str) -> None:
    data = saved(kind, picture(), save_all=True, append_images=[Pillow.new("RGB", SIZE, "red")])
    with open_document(data, OPTIONS) as document:
        assert document.page_count == 1
        assert quarters(document.page(0).render(100)) == pytest.approx([0, 255, 255, 255], abs=12)


def test_what_is_transparent_is_white() -> None:
    clear = Pillow.new("RGBA", SIZE, (0, 0, 0, 0))
    half = Pillow.new("LA", SIZE, (0, 128))
    palette = Pillow.new("P", SIZE, 0)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    assert render(saved("PNG", clear)).min() == 255
    assert render(saved("PNG", half)).mean() == pytest.approx(127, abs=1)
    assert render(saved("PNG", palette, transparency=0)).min() == 255
    assert render(saved("GIF", palette, transparency=0)).min() == 255
    assert render(saved("TIFF", clear)).min() == 255


def test_transparent_gd_pixels_are_white() -> None:
    data = bytearray(gd(true_color=True))
    data[11::4] = bytes([127]) * len(data[11::4])
    assert render(bytes(data)).min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr", "LAB", "I;16", "I", "F"])
def test_modes(mode: str) -> None:
    grey = picture().convert("L")
    if mode == "I;16":
        image = Pillow.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    elif mode == "LAB":
        image = Pillow.merge("LAB", (grey, Pillow.new("L", SIZE, 128), Pillow.new("L", SIZE, 128)))
    else:
        image = grey.convert("RGB").convert(mode) if mode in ("P", "CMYK", "YCbCr") else grey.convert(mode)
    assert quarters(render(saved("TIFF", image))) == pytest.approx([0, 255, 255, 255], abs=2)


def test_the_render_is_no_larger_than_asked_and_no_larger_than_the_picture() -> None:
    data = saved("PNG", picture((640, 480)))
    assert render(data, longest_side=320).shape == (240, 320, 3)
    assert render(data, longest_side=5000).shape == (480, 640, 3)


def test_one_pixel_is_a_page() -> None:
    assert render(saved("PNG", Pillow.new("RGB", (1, 1), "red"))).tolist() == [[[255, 0, 0]]]


def test_a_strip_is_no_page() -> None:
    assert render(saved("PNG", Pillow.new("RGB", (60, 3000), "white")), longest_side=1000).shape == (1000, 20, 3)
    with pytest.raises(PageUnreadable, match="Page 1 of upload is a strip, more than 50 times as long"):
        render(saved("PNG", Pillow.new("RGB", (50, 3000), "white")))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large; its pixels are not there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_too_many_pixels_are_refused_before_decoding() -> None:
    with (
        pytest.raises(DocumentTooLarge, match=r"30,000 x 30,000 pixels; at most 200,000,000.*PAGESORT_MAX_PIXELS"),
        open_document(png_of(30_000, 30_000), OPTIONS),
    ):
        pass
    with pytest.raises(DocumentTooLarge, match="64 x 48"), open_document(saved("GIF"), Options(max_pixels=64 * 48 - 1)):
        pass


def test_our_limit_counts_not_that_of_pillow() -> None:
    """190 million pixels are more than Pillow takes by itself, with an error; 100 million give a warning."""
    for width in (10_000, 19_000):
        with open_document(png_of(width, 10_000), OPTIONS) as document:
            assert document.page(0).size == (width, 10_000)


def test_a_later_frame_with_too_many_pixels_costs_only_itself() -> None:
    data = saved("TIFF", picture((40, 20)), save_all=True, append_images=[picture((200, 200))])
    with open_document(data, Options(max_pixels=10_000)) as document:
        assert document.page(0).render(50).shape == (20, 40, 3)
        with pytest.raises(PageUnreadable, match="200 x 200 pixels"):
            document.page(1)


def test_more_frames_than_allowed() -> None:
    for kind in ("TIFF", "GIF"):
        frames = [Pillow.new("L", SIZE, grey) for grey in (0, 100, 200)]
        data = saved(kind, frames[0], save_all=True, append_images=frames[1:])
        with pytest.raises(DocumentTooLarge, match="more than 2 frames"), open_document(data, Options(max_pages=2)):
            pass


def test_truncated_images() -> None:
    noise = Pillow.effect_noise((200, 200), 80)
    data = saved("JPEG", noise)
    with open_document(data[: len(data) // 2], OPTIONS) as document, pytest.raises(PageUnreadable, match="upload is broken"):
        document.page(0).render(100)
    with pytest.raises(UnreadableDocument, match="upload is a broken PNG image"), open_document(saved("PNG")[:20], OPTIONS):
        pass


def test_a_broken_frame_does_not_cost_the_others() -> None:
    noise = Pillow.effect_noise((100, 100), 80)
    data = saved("TIFF", noise, save_all=True, append_images=[noise, noise], compression="tiff_lzw")
    for order in ((0, 2, 0), (2, 0, 2)):  # a frame that fails must not leave another in its place
        with open_document(data[:-9000], Options(workers=1)) as document:
            assert document.page_count == 3
            for number in order:
                if number == 0:
                    assert document.page(0).render(50).shape == (50, 50, 3)
                else:
                    with pytest.raises(PageUnreadable, match="Page 3 of upload is broken"):
                        document.page(2).render(50)


def test_a_file_is_opened_only_as_what_it_is() -> None:
    """A PNG signature before an EPS program must not reach Ghostscript, nor any other reader than PNG's."""
    with pytest.raises(UnreadableDocument, match="PNG"), open_document(b"\x89PNG\r\n\x1a\n%!PS-Adobe-3.0 EPSF-3.0", OPTIONS):
        pass


def test_the_stream_survives() -> None:
    stream = BytesIO(saved("TIFF"))
    with open_document(stream, OPTIONS) as document:
        document.page(0).render(10)
    assert stream.seek(0) == 0
