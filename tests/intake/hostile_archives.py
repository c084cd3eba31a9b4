"""Zips and XML made to exhaust, to reach outside, or to confuse."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.intake.seeds import GIVEN, XMLNS, ofd, ofd_entry, whole, xml, zeros, zipped

ENTRY = ofd_entry(GIVEN).encode()


def archives() -> Iterator[tuple[str, bytes]]:
    """OFDs by name and content."""
    yield from _swelling()
    yield from _tricky()
    yield from ((f"{name}.ofd", zipped({"OFD.xml": body})) for name, body in documents())


def documents() -> Iterator[tuple[str, bytes]]:
    """XML by name and content."""
    yield from _entities()
    yield from _misshapen()


def packed(path: str, body: bytes, size: int) -> bytes:
    """A zip of one OFD and a member that says it unpacks to `size`; `body` is packed by zlib."""
    file = io.BytesIO(ofd(GIVEN))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        raw = body[2:-4]
        info = zipfile.ZipInfo(path)
        archive.writestr(info, raw)
        info.compress_type, info.file_size, info.CRC = zipfile.ZIP_DEFLATED, size, 0
    data = bytearray(file.getvalue())
    local = data.index(path.encode()) - 30
    data[local + 8 : local + 10] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    data[local + 22 : local + 26] = struct.pack("<I", size)
    return bytes(data)


def _swelling() -> Iterator[tuple[str, bytes]]:
    yield "swells.ofd", packed("Doc_0/Pages/Page_0/Content.xml", zeros(2**30), 2**30)
    yield "swells and lies.ofd", packed("Doc_0/Attachs/original_invoice.xml", zeros(2**30), 100)
    yield "entry swells.ofd", zipped({"OFD.xml": ENTRY + b" " * 2**25})
    yield "attachment swells.ofd", ofd(GIVEN, Doc_0__Attachs__original_invoice__xml=bytes(2**25))
    yield "many.ofd", zipped({"OFD.xml": ENTRY} | {f"{n}.xml": b"" for n in range(10_000)})
    swelling = bytes(2**20)
    yield "many swell.ofd", zipped({"OFD.xml": ENTRY} | {f"{n}.xml": swelling for n in range(200)})
    inner = zipped({"OFD.xml": ENTRY, "zeros": bytes(2**22)})
    for depth in range(1, 6):
        inner = zipped({"OFD.xml": inner, "inner.ofd": inner})
        yield f"nested {depth}.ofd", inner
    inner = zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": bytes(2**22)})})})
    yield "beside.ofd", zipped({"OFD.xml": ENTRY, "inner.zip": inner})
    yield "overlapping.ofd", _overlapping(2000)


def _overlapping(times: int) -> bytes:
    """Many entries of the list for the same packed bytes: small here, large for who unpacks."""
    seed = zipped({"OFD.xml": ENTRY, "big.xml": bytes(2**20)})
    start, size = _list_of(seed)
    rows = seed[start : start + size]
    row = rows[rows.index(b"PK\x01\x02", 4) :]
    many = rows + row * times
    end = seed[start + size :]
    count = struct.pack("<HHII", times + 2, times + 2, len(many), start)
    return seed[:start] + many + end[:8] + count + end[20:]


def _list_of(data: bytes) -> tuple[int, int]:
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<II", data[end + 12 : end + 20])
    return start, size


def _tricky() -> Iterator[tuple[str, bytes]]:
    paths = (
        "../../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\win.ini",
        "C:\\a",
        "a\0b",
        "a/" * 9999,
    )
    for number, path in enumerate(paths):
        yield f"path {number}.ofd", zipped({"OFD.xml": ENTRY, path: b"root:x:0:0"})
        outside = ofd_entry(GIVEN, path.replace("\0", "")).encode()
        yield f"root {number}.ofd", zipped({"OFD.xml": outside})
    for number, root in enumerate(
        ("http://127.0.0.1:9/a.xml", "file:///etc/passwd", "OFD.xml", "")
    ):
        yield f"address {number}.ofd", zipped({"OFD.xml": ofd_entry(GIVEN, root).encode()})
    seed, (start, size) = whole()["invoice.ofd"], _list_of(whole()["invoice.ofd"])
    yield "locked.ofd", _changed(seed, start + 8, b"\x01\x00")
    yield "method.ofd", _changed(seed, start + 10, b"\x63\x00")
    yield "sizes.ofd", _changed(seed, start + 20, b"\xff\xff\xff\xff\xff\xff\xff\xff")
    yield "offset.ofd", _changed(seed, start + 42, b"\xff\xff\xff\x7f")
    yield "count.ofd", _changed(seed, start + size + 8, b"\xff\xff\xff\xff")
    yield "no list.ofd", seed[:start]
    yield "comment.ofd", _changed(seed, len(seed) - 2, b"\xff\xff") + b"PK\x05\x06" * 16_000
    link = zipfile.ZipInfo("Doc_0/Document.xml")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("OFD.xml", ENTRY)
    yield "link.ofd", file.getvalue()
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield f"method {method}.ofd", zipped({"OFD.xml": ENTRY, "a": bytes(2**21)}, method)
    yield "case.ofd", zipped({"ofd.XML": ENTRY, "x": b"OFD.xml"})
    loop = f"<ofd:Document {XMLNS}><ofd:Attachments>Document.xml</ofd:Attachments></ofd:Document>"
    yield "loop.ofd", zipped({"OFD.xml": ENTRY, "Doc_0/Document.xml": loop.encode()})
    yield "spoiled.ofd", zipped({"OFD.xml": zlib.compress(ENTRY)})


def _changed(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _typed(declarations: str, body: str = "&a;") -> bytes:
    declared = xml(GIVEN, f"<Remark>{body}</Remark>")
    return declared.replace("?>", f"?><!DOCTYPE EInvoice [{declarations}]>", 1).encode()


def _entities() -> Iterator[tuple[str, bytes]]:
    laughs = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    yield "laughs.xml", _typed(laughs, "&a11;")
    yield "quadratic.xml", _typed(f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 20_000)
    yield "file.xml", _typed('<!ENTITY a SYSTEM "file:///etc/passwd">')
    yield "address.xml", _typed('<!ENTITY a SYSTEM "http://127.0.0.1:9/a">')
    yield "parameter.xml", _typed('<!ENTITY % p SYSTEM "http://127.0.0.1:9/a"> %p;', "")
    yield "loop.xml", _typed('<!ENTITY a "&b;"><!ENTITY b "&a;">')
    yield "attribute.xml", _typed(f'<!ATTLIST EInvoice a CDATA "{"x" * 99}">', "")
    typed = xml(GIVEN).replace("?>", '?><!DOCTYPE EInvoice SYSTEM "http://127.0.0.1:9/a.dtd">', 1)
    yield "outside.xml", typed.encode()
    yield "typed.xml", _typed("", "")


def _misshapen() -> Iterator[tuple[str, bytes]]:
    head, seed = '<?xml version="1.0" encoding="UTF-8"?>', xml(GIVEN)
    deep = 100_000
    yield "deep.xml", (head + "<EInvoice>" + "<a>" * deep + "</a>" * deep + "</EInvoice>").encode()
    yield "unclosed.xml", (head + "<EInvoice>" + "<a>" * deep).encode()
    yield "wide.xml", xml(GIVEN, "<a/>" * 300_000).encode()
    attributes = " ".join(f'a{n}="1"' for n in range(100_000))
    yield "attributes.xml", xml(GIVEN, f"<a {attributes}/>").encode()
    yield "names.xml", xml(GIVEN, f"<{'n' * 1_000_000}/>").encode()
    yield "spaces.xml", xml(GIVEN, "".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(9999))).encode()
    yield "text.xml", xml(GIVEN, "<a>" + "1" * 5_000_000 + "</a>").encode()
    yield "section.xml", xml(GIVEN, "<a><![CDATA[" + "]]" * 1_000_000 + "]]></a>").encode()
    yield (
        "again.xml",
        seed.replace(
            "</EInvoice>",
            "<TaxSupervisionInfo><InvoiceNumber>1</InvoiceNumber></TaxSupervisionInfo>" * 9999
            + "</EInvoice>",
        ).encode(),
    )
    yield (
        "include.xml",
        xml(
            GIVEN,
            '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
        ).encode(),
    )
    yield (
        "style.xml",
        seed.replace("?>", '?><?xml-stylesheet href="http://127.0.0.1:9/a"?>', 1).encode(),
    )
    for encoding in (
        "UTF-7",
        "UTF-16",
        "EBCDIC-CP-US",
        "x" * 9999,
        "idna",
        "punycode",
        "zlib_codec",
    ):
        yield f"as {encoding[:20]}.xml", seed.replace("UTF-8", encoding, 1).encode()
    yield "wide letters.xml", seed.replace("UTF-8", "UTF-16", 1).encode("utf-16")
    yield "odd bytes.xml", seed.encode().replace(GIVEN.number.encode(), b"\xff\xfe\xed\xa0\x80")
    yield "nulls.xml", seed.encode().replace(b"<Header>", b"<Header>\0")
    yield "number.xml", seed.replace(GIVEN.number, "9" * 1_000_000).encode()
    yield "sum.xml", seed.replace(str(GIVEN.total), "1e999999999").encode()
    yield "no number.xml", seed.replace(str(GIVEN.total), "NaN").encode()
    yield "head.xml", head.encode()
    yield "empty.xml", (head + "<EInvoice/>").encode()
    yield "two.xml", (seed + seed).encode()
