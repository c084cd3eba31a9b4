"""The font that PDFium gets for what is not in a file: boxes as wide as letters of Chinese fonts.

Many issuers name SimSun and do not embed it. Left alone PDFium searches the fonts of the machine,
opens one of some 20 MB, and where none has the letter it drops words of a single one. With this
font every machine reads the same, and reading opens no file.

Most of them set digits in Helvetica, one of the 14 fonts that a file may name without saying how
wide their letters are (ISO 32000-1, 9.6.2.2). PDFium has these in itself, under all names that are
in use for them, and no other widths would do: a value would run into the next box.
"""

from __future__ import annotations

import base64
import ctypes
import zlib
from typing import Any, Final

import pypdfium2.raw as c

BOXES: Final = zlib.decompress(
    base64.b85decode(
        b"c-oawze~eF7=5{mwJrXjI!KB`M8)DFhSEt81sxT1bkNw=c4%y{6(Ur0=%7Qv!BPJM=T0Ib4vuaPZsOn{pqmiiB|%"
        b"Gvf)Bprz5Cu>-hF`vAc<2*nCqK!)(Tc90WHJToxEea7!|wJm(<x(<!JBaZT61(nR=~Uv<qAFC*$NdtX!E3{Y$b%{"
        b"?3{zJ9RJdh-3QCs0S+5yp1%n)KAoL$M#(GAx0giHur6(C~imC6Q(-ft=8(yMF>~*p|Y}C&GXv!@WL0Q{7~J-^!5G"
        b"k+wiYsTdMsM0wK6Zx;`_|Z@`f4;G|B-U`0ZYIs)C`x3mkU)$va(5-Pp#M;TmrT^2J)W~tIXnNTH`{41Op1_MVXa*"
        b"EImKjaK6d_TM)ooURFS<wVIxv|tl%9723Y<@R-b~rWd^{-=S4`D|^M^4R0PtcbPXGJbBL=|$qV?7q|WmI{~B5K&+"
        b"vxGxbVB;Wg^~4X>5mtl"
    )
)
"""TrueType: half an em for U+0020 to U+00FF, one for those up to U+2FFFF (`cmap` of format 13)."""

_HANDLE = 1
_OWN = (b"Courier", b"Helvetica", b"Times-")
"""How the names begin that PDFium asks for when a document names one of its own fonts; Symbol and
ZapfDingbats it takes without asking."""
_ON_DEMAND = 2  # the version of the interface that lists no fonts


def give() -> None:
    """Make it PDFium's only font of this process, but for the 14 that PDFium has in itself."""
    c.FPDF_SetSystemFontInfo(ctypes.byref(_INFORMATION))


def _mapped(
    this: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any
) -> int | None:
    """None for a font of PDFium's own, unless Chinese is set in it, of which it has no letter."""
    own = ctypes.string_at(face).startswith(_OWN) and charset == c.FXFONT_ANSI_CHARSET
    return None if own else _HANDLE


def _data(this: Any, font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole font for table 0; PDFium asks for the size first."""
    if table:
        return 0
    if buffer and size >= len(BOXES):
        ctypes.memmove(buffer, BOXES, len(BOXES))
    return len(BOXES)


def _interface() -> Any:
    """The table of functions, which must live as long as the process."""
    functions = {
        "Release": lambda this: None,
        "EnumFonts": lambda this, mapper: None,
        "MapFont": _mapped,
        "GetFont": lambda this, face: _HANDLE,
        "GetFontData": _data,
        "GetFaceName": lambda this, font, buffer, size: 0,
        "GetFontCharset": lambda this, font: 1,
        "DeleteFont": lambda this, font: None,
    }
    types = dict(c.FPDF_SYSFONTINFO._fields_)
    made = {name: types[name](function) for name, function in functions.items()}
    return c.FPDF_SYSFONTINFO(version=_ON_DEMAND, **made)


_INFORMATION = _interface()
