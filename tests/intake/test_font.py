from __future__ import annotations

import ctypes
from contextlib import closing
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as c
import pytest

from bot.intake import pdf
from bot.intake.workers import Workers
from tests.intake import seeds
from tests.invoices import documents, invoice
from tests.invoices.layouts import LAYOUTS

SIZE = 10


def read(content: bytes, font: bytes, within: bytes = b"null") -> tuple[str, list[int]]:
    """What a page says, and how far each letter is from the one before, in thousandths of an em."""
    page = seeds.pdf(b"BT /F %d Tf 50 500 Td %s Tj ET" % (SIZE, content), o5=font, o7=within)
    with closing(pdfium.PdfDocument(page)) as document:
        text = document[0].get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        places = []
        for index in range(text.count_chars()):
            c.FPDFText_GetCharOrigin(text, index, x, y)
            places.append(x.value)
        return text.get_text_range(), [
            round((right - left) / SIZE * 1000) for left, right in pairwise(places)
        ]


@pytest.mark.parametrize("kind", [b"Type1", b"TrueType"])
@pytest.mark.parametrize("tag", [b"", b"ABCDEF+"], ids=["", "subset"])
@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, 556) for name in ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")),
        *((name, 556) for name in ("Arial", "ArialMT", "Arial,Bold", "Arial-BoldMT")),
        *((name, 500) for name in ("Times-Roman", "Times-Bold", "TimesNewRoman")),
        *((name, 500) for name in ("TimesNewRomanPSMT", "Times#20New#20Roman", "Times")),
        *((name, 600) for name in ("Courier", "Courier-Bold", "CourierNew", "Courier#20New")),
        *((name, 600) for name in ("CourierNewPSMT", "CourierNew,Bold")),
        *((name, 500) for name in ("SimSun", "#CB#CE#CC#E5", "KaiTi_GB2312", "BWSongTi")),
        ("Symbol", 500),
    ],
)
def test_digits_of_a_font_that_is_only_named_are_as_wide_as_its_own(
    name: str, width: int, tag: bytes, kind: bytes
) -> None:
    base = tag + name.encode()
    font = b"<< /Type /Font /Subtype /%s /BaseFont /%s /Encoding /WinAnsiEncoding >>" % (kind, base)
    text, steps = read(b"(26112000001234567890)", font)
    assert (text, set(steps)) == ("26112000001234567890", {width})


@pytest.mark.parametrize("name", [b"STSong-Light", b"SimSun", b"ArialMT", b"Helvetica"])
def test_a_chinese_letter_that_stands_alone_is_read_whatever_the_font_is_called(
    name: bytes,
) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [7 0 R] >>" % name
    )
    set_ = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >>"
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s %s >>" % (name, set_)
    assert read(b"<%s>" % "购".encode("utf-16-be").hex().encode(), font, descendant)[0] == "购"


async def test_a_process_that_may_open_no_file_reads_fonts_that_are_only_named() -> None:
    pages = [layout(invoice(8)) for layout in LAYOUTS.values()]
    async with Workers() as workers:
        for latin in (documents.CHINESE, *documents.LATIN):
            data = documents.pdf(*pages, latin=latin)
            assert await workers.read(data) == pdf.read(data)
