"""PDF files that loop, nest, multiply, or claim to be enormous."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence

MANY = 100_000
PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 400 600]"
FONT = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def file(objects: Sequence[bytes | str]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    body = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each.encode("latin-1") if isinstance(each, str) else each)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(body) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)


def stream(data: bytes, entries: str = "", *, packed: bool = True) -> bytes:
    """A stream object."""
    data = zlib.compress(data, 9) if packed else data
    how = "/Filter /FlateDecode" if packed else ""
    return f"<< {entries} {how} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def one_page(content: bytes, resources: str = FONT, *more: bytes | str, page: str = PAGE) -> bytes:
    """A PDF with one page; `more` are objects from number 5 on."""
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return file(["<< /Type /Catalog /Pages 2 0 R >>", pages, f"<< {page} {resources} /Contents 4 0 R >>", stream(content), *more])


def form(content: str, resources: str) -> bytes:
    return stream(content.encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 400 600] /Resources << {resources} >>")


def picture(width: int, height: int, data: bytes = b"\0", how: str = "/ColorSpace /DeviceRGB /BitsPerComponent 8") -> bytes:
    """A page that shows one picture of that claimed size."""
    image = stream(data, f"/Type /XObject /Subtype /Image /Width {width} /Height {height} {how}")
    return one_page(b"400 0 0 600 0 0 cm /X Do", "/Resources << /XObject << /X 5 0 R >> >>", image)


def many_pages(count: int = MANY) -> bytes:
    """So many pages, all the same object."""
    pages = f"<< /Type /Pages /Kids [{'3 0 R ' * count}] /Count {count} >>"
    return file(["<< /Type /Catalog /Pages 2 0 R >>", pages, f"<< {PAGE} {FONT} >>"])


def deep_page_tree(depth: int = 20_000) -> bytes:
    nodes = [f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>" for number in range(2, depth)]
    return file(["<< /Type /Catalog /Pages 2 0 R >>", *nodes, f"<< {PAGE} >>"])


def looping_page_tree() -> bytes:
    pages = "<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 2147483647 /Parent 2 0 R >>"
    return file(["<< /Type /Catalog /Pages 2 0 R >>", pages, f"<< {PAGE} >>"])


def forms_that_multiply(levels: int = 12, fan: int = 10) -> bytes:
    """Each form draws the next ten times: a billion words in a few hundred bytes."""
    forms = [
        form("/X Do " * fan, f"/XObject << /X {6 + level} 0 R >>") if level < levels else form("BT /F1 9 Tf (x) Tj ET", "")
        for level in range(levels + 1)
    ]
    return one_page(b"/X Do", "/Resources << /XObject << /X 5 0 R >> >>", *forms)


def form_in_itself() -> bytes:
    return one_page(b"/X Do", "/Resources << /XObject << /X 5 0 R >> >>", form("/X Do /X Do", "/XObject << /X 5 0 R >>"))


def glyph_in_itself() -> bytes:
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /FirstChar 97 "
        "/LastChar 97 /Widths [1] /Encoding << /Differences [97 /a] >> /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    glyph = stream(b"1 0 0 0 1 1 d1 BT /F1 1 Tf (aaaa) Tj ET")
    return one_page(b"BT /F1 20 Tf 50 50 Td (aaaa) Tj ET", "/Resources << /Font << /F1 5 0 R >> >>", font, glyph)


def pattern_of_dust() -> bytes:
    """A pattern whose tiles are a thousandth of a point apart, over the whole page."""
    tile = stream(
        b"0 0 1 1 re f",
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 /Resources << >>",
    )
    return one_page(b"/Pattern cs /P scn 0 0 400 600 re f", "/Resources << /Pattern << /P 5 0 R >> >>", tile)


def mask_of_itself() -> bytes:
    state = "<< /SMask << /S /Luminosity /G 6 0 R >> >>"
    group = stream(
        b"/G gs 0 0 400 600 re f",
        "/Type /XObject /Subtype /Form /BBox [0 0 400 600] /Group << /S /Transparency >> "
        "/Resources << /ExtGState << /G 5 0 R >> >>",
    )
    return one_page(b"/G gs 0 0 400 600 re f", "/Resources << /ExtGState << /G 5 0 R >> >>", state, group)


def huge_font() -> bytes:
    """A TrueType font whose tables claim to be 4 GB each, with widths for a million characters."""
    program = b"\0\1\0\0\0\x0a" + bytes(6) + b"".join(name + b"\0\0\0\0\0\0\0\x0c\xff\xff\xff\xff" for name in _TABLES)
    widths = " ".join(["1000"] * 1_000_000)
    described = "/Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 6 0 R /FirstChar 0 /LastChar 999999"
    font = f"<< {described} /Widths [{widths}] >>"
    descriptor = "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R /FontBBox [0 0 99999999 99999999] >>"
    content = b"BT /F1 999999999 Tf (hello) Tj ET"
    return one_page(content, "/Resources << /Font << /F1 5 0 R >> >>", font, descriptor, stream(program * 1000))


_TABLES = (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post", b"OS/2")


def layered_filters(layers: int = 12) -> bytes:
    """A gigabyte of nothing, packed again and again."""
    data = zlib.compress(bytes(100_000_000), 9)
    for _ in range(2):
        data = zlib.compress(data, 9)
    page = f"<< {PAGE} {FONT} /Contents 4 0 R >>"
    filters = "/FlateDecode " * 3 + "/ASCIIHexDecode " * (layers - 3) if layers > 3 else "/FlateDecode " * 3
    content = f"<< /Filter [{filters}] /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
    return file(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content])


def looping_xref() -> bytes:
    data = one_page(b"BT /F1 12 Tf 50 500 Td (Hello) Tj ET")
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev %d /XRefStm %d >>" % (start, start))


def object_stream_in_itself() -> bytes:
    inside = stream(b"5 0 6 10 <</A 5 0 R>> <</B 6 0 R>>", "/Type /ObjStm /N 99999999 /First 9 /Extends 5 0 R")
    return one_page(b"q", FONT, inside).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R")


def huge_annotations() -> bytes:
    described = "/Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (x) /Rect [0 0 400 600]"
    field = f"<< {described} /Parent 5 0 R /Kids [5 0 R] /AP << /N 5 0 R >> >>"
    page = f"<< {PAGE} {FONT} /Contents 4 0 R /Annots [{'5 0 R ' * MANY}] >>"
    catalog = f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{'5 0 R ' * MANY}] >> >>"
    return file([catalog, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(b"q"), field])


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "100,000 pages": many_pages,
    "2 billion pages claimed": looping_page_tree,
    "deep page tree": deep_page_tree,
    "forms that multiply": forms_that_multiply,
    "form in itself": form_in_itself,
    "glyph in itself": glyph_in_itself,
    "pattern of dust": pattern_of_dust,
    "mask of itself": mask_of_itself,
    "huge font": huge_font,
    "layered filters": layered_filters,
    "looping xref": looping_xref,
    "object stream in itself": object_stream_in_itself,
    "huge annotations": huge_annotations,
    "content of 1 GB": lambda: one_page(b"q Q " * 250_000_000),
    "10 million characters": lambda: one_page(b"BT /F1 9 Tf 9 TL " + b"(abcdefghij klmnopqrs) ' " * 500_000 + b"ET"),
    "a million lines drawn": lambda: one_page(b"0 0 m 400 600 l S\n" * 1_000_000),
    "a million states": lambda: one_page(b"q " * 1_000_000 + b"BT /F1 12 Tf (Hello) Tj ET"),
    "deep arrays": lambda: one_page(b"[" * 1_000_000, f"{FONT} /Deep {'[' * 200_000}{']' * 200_000}"),
    "deep dictionaries": lambda: file(["<< /Type /Catalog /Pages 2 0 R >>", "<< /A " * 200_000 + ">>" * 200_000]),
    "picture of 10 gigapixels": lambda: picture(100_000, 100_000),
    "picture at the limit": lambda: picture(14_000, 14_000, bytes(14_000 * 14_000 * 3)),
    "jbig2 claims": lambda: picture(60_000, 60_000, b"\0" * 99, "/Filter /JBIG2Decode /BitsPerComponent 1"),
    "page of a million miles": lambda: one_page(b"q", page=PAGE.replace("400 600", "1e12 1e12")),
    "page without size": lambda: one_page(b"q", page=PAGE.replace("400 600", "0 0")),
    "page as thin as a hair": lambda: one_page(b"q", page=PAGE.replace("400 600", "0.001 14400")),
    "page of no number": lambda: one_page(b"q", page=PAGE.replace("400 600", "nan inf")),
    "page its own parent": lambda: one_page(b"q", page=PAGE.replace("2 0 R", "3 0 R")),
    "clip paths": lambda: one_page(b"0 0 400 600 re W n " * 500_000),
    "shading without end": lambda: one_page(
        b"/S sh", "/Resources << /Shading << /S 5 0 R >> >>", "<< /ShadingType 1 /ColorSpace /DeviceRGB /Function 5 0 R >>"
    ),
}
"""What each is, and how to make it; some take a second to make."""
