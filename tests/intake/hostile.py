"""Some hundreds of files that nobody sends in good faith, and some that come when things break.

Whole files cut short and changed at random, files under a wrong name, files that are two things at
once, programs and scripts, and what is made to exhaust whoever opens it. Made from a seed, the same
each time; none is larger than what the desk takes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from random import Random

from tests.intake.hostile_archives import archives, documents
from tests.intake.hostile_pdf import pdfs
from tests.intake.hostile_pictures import pictures
from tests.intake.seeds import whole, zipped

SECRET = "root:x:0:0"
"""The beginning of the file that some of them reach for."""

ENDED = {"content.pdf", "twice.pdf", "form.pdf", "forms.pdf"}
"""What PDFium unpacks or repeats until its memory is out, and then ends its process: that is what
the process is for. Nothing else may come so far."""
File = tuple[str, bytes]


def corpus(seed: int = 0, changes: int = 9) -> Iterator[File]:
    """Every hostile file; `changes` of each whole one."""
    yield from cut()
    yield from changed(seed, changes)
    yield from misnamed()
    yield from double()
    yield from strangers()
    yield from noise(seed)
    yield from pictures()
    yield from pdfs()
    yield from archives()
    yield from documents()


def cut() -> Iterator[File]:
    """Beginnings and ends of whole files."""
    for name, data in whole().items():
        for tenths in (1, 3, 5, 7, 9):
            yield f"first {tenths} {name}", data[: len(data) * tenths // 10]
        yield f"all but one {name}", data[:-1]
        yield f"last half {name}", data[len(data) // 2 :]


def changed(seed: int, times: int) -> Iterator[File]:
    """Whole files with bytes changed, doubled, dropped, or moved."""
    for name, data in whole().items():
        for number in range(times):
            yield f"changed {number} {name}", change(data, Random(f"{seed} {number} {name}"))


def change(data: bytes, chance: Random) -> bytes:
    """A few changes; most spare the beginning, or the file would only be of no kind."""
    file = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10, 100))):
        at = chance.randrange(min(8, len(file) // 2), max(len(file), 9))
        size = chance.choice((1, 2, 4, 4, 40))
        sort = chance.randrange(5)
        if sort == 0:
            file[at : at + size] = chance.randbytes(size)
        elif sort == 1:
            file[at : at + size] = b"\xff" * size
        elif sort == 2:
            file[at:at] = file[at : at + size * 10]
        elif sort == 3:
            del file[at : at + size]
        else:
            file[at : at + size] = bytes(size)
    return bytes(file)


def misnamed() -> Iterator[File]:
    """Whole files under the name of another kind, or under a name that is itself a trick."""
    names = ("a.pdf", "a.ofd", "a.xml", "a.jpg", "a.exe", "", "a" * 5000, "../../a.pdf", "a\0.pdf",
             "\u202efdp.exe", "\ud800.pdf")  # fmt: skip
    contents = list(whole().values())
    for number, name in enumerate(names):
        yield name, contents[number % len(contents)]
        yield name, contents[(number + 6) % len(contents)]


def double() -> Iterator[File]:
    """Files that are two things at once."""
    files = whole()
    for one, other in (
        ("photo.gif", "invoice.pdf"),
        ("photo.png", "invoice.ofd"),
        ("photo.jpg", "invoice.pdf"),
        ("invoice.pdf", "invoice.ofd"),
        ("invoice.ofd", "invoice.pdf"),
        ("invoice.xml", "invoice.ofd"),
        ("photo.bmp", "invoice.xml"),
        ("photo.webp", "photo.jpg"),
    ):
        yield f"{one} and {other}", files[one] + files[other]
    yield "GIF89a=1;.js", b"GIF89a=1;alert(1)//" + files["photo.gif"]
    yield "page.pdf", b"<html><script>alert(1)</script>" + files["invoice.pdf"]
    yield "shell.pdf", b"#!/bin/sh\nexit 1\n" + files["invoice.pdf"]
    yield "program.pdf", b"MZ" + bytes(60) + files["invoice.pdf"]
    yield "inside.ofd", zipped({"OFD.xml": files["invoice.pdf"]})
    yield "picture.ofd", zipped({"OFD.xml": files["photo.png"]})


def strangers() -> Iterator[File]:
    """Programs, scripts and documents of kinds that are not read."""
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    contents = {
        "a.sh": b"#!/bin/sh\ncurl http://127.0.0.1:9/ | sh\n",
        "a.bat": b"@echo off\r\ndel /f /q C:\\*\r\n",
        "a.py": b"__import__('os').system('id')",
        "a.pkl": b"cos\nsystem\n(S'id'\ntR.",
        "a.html": b"<!DOCTYPE html><script>alert(1)</script>",
        "a.svg": svg,
        "b.svg": b'<?xml version="1.0"?>' + svg,
        "c.svg": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]>' + svg,
        "a.exe": b"MZ\x90\0" + bytes(60) + b"PE\0\0",
        "a.elf": b"\x7fELF\x02\x01\x01" + bytes(99),
        "a.class": b"\xca\xfe\xba\xbe" + bytes(99),
        "a.lnk": b"L\0\0\0\x01\x14\x02\0" + bytes(99),
        "a.docm": zipped({"word/vbaProject.bin": b"Attribute VB_Name", "[Content_Types].xml": b""}),
        "a.xlsx": zipped({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b""}),
        "a.apk": zipped({"classes.dex": b"dex\n035\0"}),
        "a.jar": zipped({"META-INF/MANIFEST.MF": b"Main-Class: A"}),
        "a.zip": zipped(dict(whole())),
        "a.rar": b"Rar!\x1a\x07\x01\0" + bytes(99),
        "a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(99),
        "a.gz": gzip.compress(bytes(10**7), mtime=0),
        "a.xz": b"\xfd7zXZ\0" + bytes(99),
        "a.tar": b"../../etc/passwd".ljust(257, b"\0") + b"ustar\x0000" + bytes(247),
        "a.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file run\n",
        "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "a.mp4": b"\0\0\0\x18ftypmp42" + bytes(99),
        "a.db": b"SQLite format 3\0" + bytes(99),
        "a.json": b"[" * 100_000,
        "a.eml": b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
        "a.txt": "发票号码：26112000000000000001".encode(),
        "a.psd": b"8BPS\0\x01" + bytes(6) + b"\xff" * 20,
        "a.ico": b"\0\0\x01\0\xff\xff" + bytes(99),
        "a.jp2": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99),
        "a.icns": b"icns\xff\xff\xff\xff" + bytes(99),
        "a.fli": b"\xff\xff\xff\xff\x11\xaf" + b"\xff" * 200,
    }
    yield from contents.items()


def noise(seed: int) -> Iterator[File]:
    """Nothing, little, and much of no kind; and the same behind the beginning of a kind."""
    chance = Random(seed)
    for size in (0, 1, 2, 3, 7, 8, 100, 10**6):
        yield f"{size}.pdf", chance.randbytes(size)
    for name, data in whole().items():
        yield f"begins as {name}", data[:16] + chance.randbytes(5000)
        yield f"nothing after {name}", data[:16] + bytes(5000)
        yield f"only begins {name}", data[:8]
