"""PDF files made of pages: those of a PDF copied as they are, pictures set on a page each. Runs in a reading process."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pagesort.types import Image

POINTS_PER_INCH = 72
_FILE_ID = re.compile(rb"(?<=/ID\[<)[0-9A-F]{32}><[0-9A-F]{32}(?=>\])")
_CREATED = re.compile(rb"/CreationDate\s?\(D:[^)]*\)")
_ENDS = 2048
"""Bytes at either end of a file in which PDFium writes what it says of the file itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page that is a picture."""

    content: bytes | Image
    """The bytes of a JPEG file, which are taken over as they are; or the pixels, upright."""
    size: tuple[int, int]
    """Width and height in pixels, before it is turned."""
    rotation: int
    """By how many degrees clockwise it is to be turned to be upright: 0, 90, 180 or 270."""
    dpi: float


def copied_pages(document: pdfium.PdfDocument, numbers: Sequence[int]) -> bytes:
    """Those pages as a PDF file: the same bytes every time. Raises PdfiumError where PDFium cannot copy one of them.

    What belongs to the document and not to its pages stays behind (bookmarks, attachments, signatures). So does what makes a
    form a form, and the fields would be shown no more: they are made part of the page, filled in as they are.
    """
    with closing(pdfium.PdfDocument.new()) as copy:
        copy.import_pages(document, list(numbers))
        for number in range(len(copy)):
            with closing(copy.get_page(number)) as page:
                if _holds_fields(page) and pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_FAIL:
                    raise pdfium.PdfiumError("Its form fields cannot be kept.")
        return _saved(copy)


def picture_pages(pictures: Iterable[Sheet]) -> bytes:
    """A PDF file with a page for each picture, pixel for pixel as it was. Raises PdfiumError."""
    with closing(pdfium.PdfDocument.new()) as pdf:
        for picture in pictures:
            _add_picture(pdf, picture)
        return _saved(pdf)


def _holds_fields(page: pdfium.PdfPage) -> bool:
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind == pdfium_c.FPDF_ANNOT_WIDGET:
            return True
    return False


def _add_picture(pdf: pdfium.PdfDocument, picture: Sheet) -> None:
    width, height = (side * POINTS_PER_INCH / picture.dpi for side in picture.size)
    with closing(pdf.new_page(width, height)) as page:
        image = pdfium.PdfImage.new(pdf)
        if isinstance(picture.content, bytes):
            image.load_jpeg(io.BytesIO(picture.content), inline=True)
        else:
            with closing(_bitmap(picture.content)) as bitmap:
                image.set_bitmap(bitmap)
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        page.insert_obj(image)
        page.set_rotation(picture.rotation)
        page.gen_content()


def _bitmap(pixels: Image) -> pdfium.PdfBitmap:
    grey = bool((pixels == pixels[:, :, :1]).all())
    height, width = pixels.shape[:2]
    kind = pdfium_c.FPDFBitmap_Gray if grey else pdfium_c.FPDFBitmap_BGR
    bitmap = pdfium.PdfBitmap.new_native(width, height, kind)
    target = bitmap.to_numpy()
    target[...] = pixels[:, :, 0].reshape(target.shape) if grey else pixels[:, :, ::-1]
    return bitmap


def _saved(pdf: pdfium.PdfDocument) -> bytes:
    """The file. PDFium gives each a date, and a name by chance; here there is no date, and the name follows from the content."""
    stream = io.BytesIO()
    pdf.save(stream)
    content = stream.getvalue()
    content = _CREATED.sub(lambda date: b" " * len(date[0]), content[:_ENDS], count=1) + content[_ENDS:]
    body, trailer = content[:-_ENDS], content[-_ENDS:]
    digest = hashlib.sha256(_FILE_ID.sub(b"", content)).hexdigest()[:32].upper().encode()
    return body + _FILE_ID.sub(digest + b"><" + digest, trailer)
