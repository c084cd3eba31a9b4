"""Small whole files of every format, with one invoice in each: what hostile files are made from."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cache

from PIL import Image

from tests.invoices import Invoice, invoice
from tests.invoices.sheet import qr

GIVEN = invoice(6)
XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@cache
def whole() -> dict[str, bytes]:
    """By what they are called; each is read without a problem."""
    image = _page(GIVEN)
    return {
        **{f"photo.{end}": _picture(image, form) for end, form in _PICTURES.items()},
        "invoice.pdf": pdf(page_text(GIVEN), image),
        "invoice.ofd": ofd(GIVEN),
        "invoice.xml": xml(GIVEN).encode(),
    }


_PICTURES = {
    "png": "PNG",
    "jpg": "JPEG",
    "gif": "GIF",
    "bmp": "BMP",
    "tif": "TIFF",
    "webp": "WEBP",
}


def xml(given: Invoice, more: str = "") -> str:
    """A fully digital invoice as data, `more` put in at the end."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><Version>0.31</Version></Header>'
        f"<EInvoiceData><SellerInformation><SellerIdNum>{given.seller_id}</SellerIdNum>"
        f"<SellerName>{given.seller}</SellerName></SellerInformation><BasicInformation>"
        f"<TotalAmWithoutTax>{given.net}</TotalAmWithoutTax><TotalTaxAm>{given.tax}</TotalTaxAm>"
        f"<TotalTax-includedAmount>{given.total}</TotalTax-includedAmount></BasicInformation>"
        f"</EInvoiceData><TaxSupervisionInfo><InvoiceNumber>{given.number}</InvoiceNumber>"
        f"<IssueTime>{given.date}</IssueTime></TaxSupervisionInfo>{more}</EInvoice>"
    )


def ofd_entry(given: Invoice, documents: str = "Doc_0/Document.xml", more: str = "") -> str:
    """The `OFD.xml` of a fully digital invoice."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {XMLNS} Version="1.1" DocType="OFD">'
        "<ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>"
        f'<ofd:CustomData Name="发票号码">{given.number}</ofd:CustomData>'
        f'<ofd:CustomData Name="开票日期">{given.date}</ofd:CustomData>'
        f'<ofd:CustomData Name="合计金额">{given.net}</ofd:CustomData>'
        f'<ofd:CustomData Name="合计税额">{given.tax}</ofd:CustomData>{more}'
        f"</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>{documents}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def ofd(given: Invoice, **parts: bytes) -> bytes:
    """A zip of the entry and a document with nothing on it; `parts` by path, `/` as `__`."""
    members = {"OFD.xml": ofd_entry(given).encode()}
    members["Doc_0/Document.xml"] = f"<ofd:Document {XMLNS}/>".encode()
    members |= {path.replace("__", "/"): body for path, body in parts.items()}
    return zipped(members)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip, each member with the same date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for path, body in members.items():
            archive.writestr(zipfile.ZipInfo(path), body, compress_type=method)
    return file.getvalue()


def page_text(given: Invoice) -> bytes:
    """What a page shows, in the Latin letters that every reader of PDF has a font for."""
    lines = (given.number, f"{given.date:%Y-%m-%d}", f"{given.total}")
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    return f"BT /F 12 Tf 50 500 Td {shown} ET q 100 0 0 100 50 600 cm /I Do Q".encode()


def pdf(content: bytes, image: Image.Image | None = None, **parts: bytes) -> bytes:
    """One page of `content`, packed; `parts` replaces or adds objects: `o4=b"<< ... >>"`."""
    image = image or Image.new("L", (8, 8))
    size = b"/Width %d /Height %d" % image.size
    picture = b"/Subtype /Image " + size + b" /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects = {
        "o1": b"<< /Type /Catalog /Pages 2 0 R >>",
        "o2": b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "o3": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources"
        b" << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>",
        "o4": stream(zlib.compress(content), b"/Filter /FlateDecode"),
        "o5": b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "o6": stream(zlib.compress(image.tobytes()), picture + b" /Filter /FlateDecode"),
    } | parts
    return assembled(objects)


def assembled(objects: dict[str, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Objects with their table; a name's digits are the number of its object."""
    data, places = b"%PDF-1.7\n", {}
    for name, body in objects.items():
        places[int(name[1:])] = len(data)
        data += b"%s 0 obj\n%s\nendobj\n" % (name[1:].encode(), body)
    size = max(places) + 1
    rows = (b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(rows)
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + table + end


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream with its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), entries, body)


def zeros(size: int) -> bytes:
    """What unpacks (zlib) to so many zero bytes, made in no time: one packed block, repeated.

    Its check sum at the end is wrong, which whoever unpacks it sees only when it is too late.
    """
    packer = zlib.compressobj(9)
    head = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + again * (size // 2**20 - 1) + packer.flush()


def _page(given: Invoice) -> Image.Image:
    page = Image.new("L", (240, 160), 255)
    page.paste(qr(given.qr_text(), 140), (10, 10))
    return page


def _picture(image: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    image.save(file, form)
    return file.getvalue()
