"""The one font that PDFium gets for what is not in a file: every character is the same square.

Many issuers name SimSun and do not embed it. Left alone PDFium searches the fonts of the machine,
opens one of some 20 MB, and where none has the letter it drops words of a single one. With this
font every machine reads the same, and reading opens no file.
"""

from __future__ import annotations

import base64
import ctypes
import zlib
from typing import Any, Final

import pypdfium2.raw as c

SQUARES: Final = zlib.decompress(
    base64.b85decode(
        b"c-oawJxszt7=7&(P$L-PU_wl+(Sb#TYMe|QjIJi&<f0WS3?St%!RX+?;OOMU;NZwi92{I79o-"
        b"$Ajcg|MT{&Wd35j2G&3o^@`|f?;K?5*@YY3PJxpiv~`zwH!q<WIC*e>RANPbJ6ES4|M1{;G6`7`-u$*~Kk-"
        b"fow;$F)_W5IGVL#P3|IrAo7HBw#WBhCE!Z=4~VpC4ZE>Vz*rw2$N5do9A}Ld3$=jB>y6RajT6ceKB--p9$%e>%RE"
        b"eJD%GfK!^{FhvjueUzkJ!y3%+?xE?()--"
        b"0Fjex+b&zM|93a7X`Bmv?arA!htDb{NvV=P3^^+G8o^$eHpY_#(ipoD^g6w+m+Ko~Lk>vy^DmF(<VUUyfU%QxKi+"
        b"s|h=@_MPffLqye+T}Sv0u?Xl!0Ef5}Q#kDF0-"
        b"7;RC5E`dI`NXiBA^=q9OCIUg~L+M)mnDlX=I&Zt8CXZsWft^p#>XtIA|ctf04ZGD;cDa9{QXZKVQaGhX"
    )
)
"""TrueType: two glyphs, and a `cmap` of format 13 that gives U+0020 to U+2FFFF the second."""

_HANDLE = 1
_ON_DEMAND = 2  # the version of the interface that lists no fonts


def give() -> None:
    """Make it PDFium's only font of this process, but for the 14 that PDFium has in itself."""
    c.FPDF_SetSystemFontInfo(ctypes.byref(_INFORMATION))


def _data(this: Any, font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole font for table 0; PDFium asks for the size first."""
    if table:
        return 0
    if buffer and size >= len(SQUARES):
        ctypes.memmove(buffer, SQUARES, len(SQUARES))
    return len(SQUARES)


def _interface() -> Any:
    """The table of functions, which must live as long as the process."""
    functions = {
        "Release": lambda this: None,
        "EnumFonts": lambda this, mapper: None,
        "MapFont": lambda this, weight, italic, charset, pitch, face, exact: _HANDLE,
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
