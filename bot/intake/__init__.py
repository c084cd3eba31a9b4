"""What a sent file says: a QR code, a PDF, an OFD or an XML to the values of an invoice.

A reader is `bot.intake.<format>.read(data) -> Extract`: bytes in, values with their evidence out,
nothing of its input trusted, nothing raised. Readers are imported when they are first needed, so
that the desk, which reads in worker processes (`bot.intake.workers`), never loads them itself.
"""

from __future__ import annotations

import codecs
import re
from importlib import import_module
from typing import Final

from bot.core.model.extract import Extract, Format
from bot.intake.directory import lists

BYTES: Final = 20 * 2**20
"""The largest file that is read, in bytes."""

_READERS: Final[tuple[Format, ...]] = ("picture", "pdf", "ofd", "xml")
_LATER: Final = ("numpy.fft", "PIL.PpmImagePlugin")
"""Modules that libraries import when they are first used."""
_ENCODINGS: Final = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp437"),
    *("gb18030", "gbk", "gb2312", "big5"),
)
"""What text of invoices and names in zips are written in."""

# A magic and where it stands; one entry a format that people send (also those nobody here decodes,
# so that a person hears of a broken picture and not of a file of another kind).
_PICTURES: Final = (
    (0, b"\xff\xd8\xff"),  # JPEG
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"GIF8"),
    (0, b"BM"),
    (0, b"II*\0"),  # TIFF, both orders of bytes
    (0, b"MM\0*"),
    (8, b"WEBP"),
    (4, b"ftypheic"),  # ISO 23008-12: what an iPhone saves
    (4, b"ftypheix"),
    (4, b"ftypmif1"),
    (4, b"ftypavif"),
)
_PDF_WITHIN: Final = 1024  # readers take a header anywhere in there, so junk before it is no trick
_XML: Final = re.compile(r"\s*<(\?xml\s|[eE]?Invoice\b)")
_ENDINGS: Final[dict[str, Format]] = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic"), "picture"),
    "pdf": "pdf",
    "ofd": "ofd",
    "xml": "xml",
}


def sniff(data: bytes) -> Format:
    """The format that the content shows; its name plays no part.

    A zip is an OFD when its own list has an `OFD.xml` (GB/T 33190-2016), and another thing
    otherwise, also when it is a zip of OFDs.
    """
    if any(data.startswith(magic, at) for at, magic in _PICTURES):
        return "picture"
    if data.startswith(b"PK\x03\x04"):
        return "ofd" if lists(data, b"OFD.xml") else "other"
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    return "xml" if _XML.match(_beginning(data)) else "other"


def read(data: bytes, name: str = "") -> Extract:
    """What the file says. Raises nothing of its own; a reader at fault may raise anything.

    Where the content is of no kind that is read, the ending of `name` only tells what the file was
    meant to be, so that the person hears that it is broken.
    """
    form = sniff(data)
    if len(data) > BYTES:
        return Extract(form, problem="too_big")
    if form == "other":
        meant = _ENDINGS.get(name.rpartition(".")[2].lower())
        return Extract(meant, problem="unreadable") if meant else Extract("other")
    extract: Extract = import_module(f"{__name__}.{form}").read(data)
    return extract


def prepare() -> None:
    """Import all that reading needs, so that it opens no file but the one that is sent."""
    for module in (*(f"{__name__}.{form}" for form in _READERS), *_LATER):
        import_module(module)
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)


def _beginning(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ):
        if data.startswith(mark):
            return data[len(mark) : 256].decode(encoding, "ignore")
    return data[:256].decode("latin-1")
