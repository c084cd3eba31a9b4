"""PDF: the letters of its pages, the QR codes in their pictures, and its document information.

Read by PDFium (`pypdfium2`), which draws the pages for the QR codes as well. On the layouts of
`tests/invoices` its letters give every field. Those of pdfplumber give as many where a font is only
named, fewer on turned pages of single letters, and none where a CFF font is embedded, and take up
to six times as long.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from typing import Final, cast

import pypdfium2 as pdfium
import pypdfium2.raw as c
import zxingcpp
from PIL import Image

from bot.core.model.extract import Extract, Key
from bot.intake import codes, font, printed, qr
from bot.intake.layout import UNKNOWN, Letter
from bot.intake.values import CANONICAL, sums, together

PAGES: Final = 50
"""The longest document that is read, in pages."""

DRAWN: Final = 10
"""Pages without letters that are drawn in search of a QR code."""
SEARCHED: Final = 2
"""Of these, pages that are searched closely, which may take a second each."""

_SCALE: Final = 200 / 72
"""200 dots an inch: the modules of an invoice's code of 20 mm are four dots wide."""
_DOTS: Final = 4_000_000
"""The most dots of a drawing; a page of two invoices on A4 has as many at full scale."""

_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LOCKED = (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY)
_INFORMATION: dict[str, Key] = {
    "InvoiceNumber": "number",
    "IssueTime": "date",
    "SellerIdNum": "seller_id",
    "BuyerIdNum": "buyer_id",
}
"""Entries that some issuers add to the document information, named as in the XML of fully digital
invoices; no public standard says so."""

font.give()  # before the first document, or PDFium makes a list of the machine's fonts


def read(data: bytes) -> Extract:
    """What the document says; a locked one and one of more than `PAGES` pages are not read."""
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            return _read(document)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in _LOCKED
        return Extract("pdf", problem="locked" if locked else "unreadable")
    except Exception:  # whatever a library of many formats comes to on a file made for harm
        return Extract("pdf", problem="unreadable")


def _read(document: pdfium.PdfDocument) -> Extract:
    if not 0 < len(document) <= PAGES:
        return Extract("pdf", problem="too_long" if len(document) else "unreadable")
    pages = [_letters(page) for page in _each(document)]
    text, count = printed.told(pages)
    seen = qr.read_all(_codes(document, pages), "pdf")
    scanned = {told.key: told.value for told in seen.told}
    told = together(("qr", scanned), ("data", _information(document)), ("text", text))
    if told:
        return Extract("pdf", told, invoices=max(count, seen.invoices))
    return Extract("pdf", stranger=seen.stranger, host=seen.host)


def _each(document: pdfium.PdfDocument) -> Iterator[pdfium.PdfPage | None]:
    """Every page, None for a broken one."""
    for index in range(len(document)):
        page = None
        with suppress(pdfium.PdfiumError):
            page = document[index]
        yield page
        if page is not None:
            page.close()


def _letters(page: pdfium.PdfPage | None) -> list[Letter]:
    """The letters that are set in the direction of most, as if the page were turned to read them.

    Others stand on seals and watermarks.
    """
    if page is None:
        return []
    try:
        with closing(page.get_textpage()) as text:
            placed = list(islice(_placed(text), printed.MOST))
    except pdfium.PdfiumError:
        return []
    turns = Counter(turn for turn, _ in placed)
    most = max(turns, key=lambda turn: turns[turn], default=0)
    return [letter for turn, letter in placed if turn == most]


def _placed(text: pdfium.PdfTextpage) -> Iterator[tuple[int, Letter]]:
    """Each letter with the whole degrees it is turned by; PDFium's own blanks are left out."""
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), c.FS_RECTF(), c.FS_MATRIX()
    for index in range(c.FPDFText_CountChars(text)):
        value = c.FPDFText_GetUnicode(text, index)
        if c.FPDFText_IsGenerated(text, index) == 1 or 0 < value <= 32:
            continue
        if (
            c.FPDFText_GetCharOrigin(text, index, x, y)
            and c.FPDFText_GetLooseCharBox(text, index, box)
            and c.FPDFText_GetMatrix(text, index, matrix)
        ):
            turn = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
            size = c.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
            character = chr(value) if 0 < value <= 0x10FFFF else UNKNOWN
            yield turn, _upright(character, turn, size, (x.value, y.value), box)


def _upright(
    character: str, turn: int, size: float, origin: tuple[float, float], box: c.FS_RECTF
) -> Letter:
    """A letter in coordinates in which it stands upright and y grows downwards."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    across = [x * cos + y * sin for x in (box.left, box.right) for y in (box.bottom, box.top)]
    base = origin[0] * sin - origin[1] * cos
    return Letter(character, min(across), max(across), base, size)


def _codes(document: pdfium.PdfDocument, pages: Sequence[Sequence[Letter]]) -> list[str]:
    """The texts of the QR codes on the first page, and on pages without letters.

    Those are scans: if none shows an invoice's code at once, the first ones are searched closely.
    """
    scans = [index for index, page in enumerate(pages) if not page][:DRAWN]
    texts: list[str] = []
    for index in dict.fromkeys((0, *scans)):
        texts += _glanced(image) if (image := _drawn(document, index)) else ()
    if any(qr.read(text).told for text in texts):
        return texts
    for index in scans[:SEARCHED]:
        texts += codes.find(image) if (image := _drawn(document, index)) else ()
    return texts


def _drawn(document: pdfium.PdfDocument, index: int) -> Image.Image | None:
    """A page in grey, None for one that cannot be drawn."""
    with suppress(pdfium.PdfiumError), closing(document[index]) as page:
        width, height = page.get_size()
        if width > 0 and height > 0:
            scale = min(_SCALE, math.sqrt(_DOTS / (width * height)))
            if min(width, height) * scale >= 1:
                with closing(page.render(scale=scale, grayscale=True)) as bitmap:
                    return cast(Image.Image, bitmap.to_pil().copy())
    return None


def _glanced(image: Image.Image) -> Iterator[str]:
    for found in zxingcpp.read_barcodes(image, formats=_QR):
        yield found.text


def _information(document: pdfium.PdfDocument) -> dict[Key, str]:
    given = {key: _entry(document, name) for name, key in _INFORMATION.items()}
    told = {key: value for key, text in given.items() if (value := CANONICAL[key](text))}
    net, tax, total = (
        CANONICAL["amount"](_entry(document, name))
        for name in ("TotalAmWithoutTax", "TotalTaxAm", "TotalTax-includedAmount")
    )
    return told | sums(net, tax, total)


def _entry(document: pdfium.PdfDocument, name: str) -> str:
    """An entry of the document information, empty where there is none; at most 200 characters."""
    size = c.FPDF_GetMetaText(document, name.encode(), None, 0)
    if not 2 < size <= 402:
        return ""
    buffer = ctypes.create_string_buffer(size)
    c.FPDF_GetMetaText(document, name.encode(), buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
