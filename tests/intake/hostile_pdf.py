"""PDFs made to exhaust or confuse whoever opens them, or to act when they are opened."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.intake.seeds import GIVEN, assembled, page_text, pdf, stream, whole, zeros

FLATE = b"/Filter /FlateDecode"


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Names and contents."""
    yield from _large()
    yield from _looped()
    yield from _active()
    yield from _broken()


def _large() -> Iterator[tuple[str, bytes]]:
    text = page_text(GIVEN)
    yield "content.pdf", pdf(b"", o4=stream(zeros(2**30), FLATE))
    twice = zlib.compress(zeros(2**30))
    yield "twice.pdf", pdf(b"", o4=stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))
    filters = b"/Filter [" + b"/FlateDecode " * 1000 + b"]"
    yield "filters.pdf", pdf(b"", o4=stream(zlib.compress(text), filters))
    wide = b"/Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceGray"
    yield "image.pdf", pdf(text, o6=stream(zeros(2**30), wide + b" /BitsPerComponent 8 " + FLATE))
    yield "bits.pdf", pdf(text, o6=stream(zeros(2**30), wide + b" /BitsPerComponent 1 " + FLATE))
    yield "fax.pdf", pdf(text, o6=stream(b"\0" * 99, wide + b" /Filter /CCITTFaxDecode"))
    yield "jbig.pdf", pdf(text, o6=stream(b"\xff" * 99, wide + b" /Filter /JBIG2Decode"))
    yield (
        "jpx.pdf",
        pdf(text, o6=stream(b"\0\0\0\x0cjP  \r\n\x87\n" * 9, wide + b" /Filter /JPXDecode")),
    )
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [%s] >>"
    for name, box in (("far", b"0 0 1e9 1e9"), ("turned", b"600 800 0 0"), ("flat", b"0 0 0 0")):
        yield f"{name}.pdf", pdf(text, o3=page % box)
    kids = b"<< /Type /Pages /Kids [%s] /Count %d >>"
    yield "pages.pdf", pdf(text, o2=kids % (b"3 0 R " * 100_000, 100_000))
    yield "count.pdf", pdf(text, o2=kids % (b"3 0 R", 2**31 - 1))
    yield "51 pages.pdf", pdf(text, o2=kids % (b"3 0 R " * 51, 51))
    digits = b"BT /F 9 Tf 9 9 Td (" + b"26112000000000000001" * 50_000 + b") Tj ET"
    yield "digits.pdf", pdf(digits)
    yield "letters.pdf", pdf(b"BT /F 9 Tf 9 9 Td " + b"(a) Tj 1 0 Td " * 200_000 + b"ET")
    yield "amounts.pdf", pdf(b"BT /F 9 Tf 9 9 Td (" + b"1,234.56 " * 50_000 + b") Tj ET")
    yield "lines.pdf", pdf(b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (1) Tj " * 100_000 + b"ET")
    yield "paths.pdf", pdf(b"0 0 m " + b"9 9 l " * 500_000 + b"S")


def _looped() -> Iterator[tuple[str, bytes]]:
    text = page_text(GIVEN)
    yield "kids.pdf", pdf(text, o2=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
    yield "parent.pdf", pdf(text, o2=b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>")
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I 6 0 R >> >>"
    yield "form.pdf", pdf(b"/I Do", o6=stream(b"/I Do /I Do", form))
    tens = {
        f"o{6 + n}": stream(b"/I Do " * 10, form.replace(b"6 0 R", b"%d 0 R" % (7 + n)))
        for n in range(12)
    }
    yield "forms.pdf", pdf(b"/I Do", None, **tens)
    font = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0]"
    glyph = font + b" /FirstChar 97 /LastChar 97 /Widths [9] /CharProcs << /a 4 0 R >>"
    yield (
        "glyph.pdf",
        pdf(b"BT /F 9 Tf (a) Tj ET", o5=glyph + b" /Encoding << /Differences [97 /a] >> >>"),
    )
    yield "length.pdf", pdf(text, o4=b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream")
    yield "deep.pdf", pdf(text, o5=b"[" * 100_000 + b"]" * 100_000)
    yield "deep names.pdf", pdf(text, o5=b"<< /a " * 50_000 + b">>" * 50_000)
    yield "deep states.pdf", pdf(b"q " * 500_000)
    seed = whole()["invoice.pdf"]
    yield (
        "previous.pdf",
        seed.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % seed.rindex(b"xref\n0")),
    )
    yield "updates.pdf", seed + b"".join(_update(seed, 500))
    yield (
        "objects.pdf",
        pdf(text, o7=stream(b"7 0 7 0", b"/Type /ObjStm /N 99999999 /First 4 /Extends 7 0 R")),
    )


def _update(seed: bytes, times: int) -> Iterator[bytes]:
    end, last = len(seed), seed.rindex(b"xref\n0")
    for _ in range(times):
        part = b"xref\n0 0\ntrailer\n<< /Size 7 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        part = part % (last, end)
        last, end = end, end + len(part)
        yield part


def _active() -> Iterator[tuple[str, bytes]]:
    text = page_text(GIVEN)
    catalog = b"<< /Type /Catalog /Pages 2 0 R %s >>"
    actions = {
        "script": b"/OpenAction << /S /JavaScript /JS (while(1){app.alert\\(1\\)}) >>",
        "launch": b"/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>",
        "address": b"/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>",
        "submit": b"/AA << /WC << /S /SubmitForm /F (http://127.0.0.1:9/) >> >>",
        "remote": b"/OpenAction << /S /GoToR /F (file:///etc/passwd) /D [0 /Fit] >>",
        "form": b"/AcroForm << /XFA 7 0 R /Fields [] >>",
        "attached": b"/Names << /EmbeddedFiles << /Names [(a.exe) 7 0 R] >> >>",
    }
    for name, action in actions.items():
        yield f"{name}.pdf", pdf(text, o1=catalog % action, o7=stream(b"MZ" + bytes(99)))
    outside = b"/F (/etc/passwd) /FFilter /None"
    yield "outside.pdf", pdf(text, o4=b"<< /Length 0 %s >>\nstream\n\nendstream" % outside)


def _broken() -> Iterator[tuple[str, bytes]]:
    seed, text = whole()["invoice.pdf"], page_text(GIVEN)
    locked = (
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4"
    )
    marks = b" /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    yield "locked.pdf", seed.replace(b"/Root 1 0 R", locked + marks)
    yield "odd lock.pdf", seed.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 1 0 R")
    yield "no table.pdf", seed[: seed.rindex(b"xref\n0")]
    yield (
        "far table.pdf",
        seed[: seed.rindex(b"startxref")] + b"startxref\n99999999999999999999\n%%EOF",
    )
    yield "head only.pdf", b"%PDF-1.7\n"
    yield "head late.pdf", b"\0" * 1000 + seed
    yield "head too late.pdf", b"\0" * 5000 + seed
    yield "no page.pdf", pdf(text, o2=b"<< /Type /Pages /Kids [] /Count 0 >>")
    yield "no font.pdf", pdf(text, o5=b"null")
    yield "odd font.pdf", pdf(text, o5=b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H >>")
    maps = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    ranges = b"1 beginbfrange <00> <ffffffff> <0030> endbfrange " * 1000
    yield "map.pdf", pdf(text, o5=maps, o7=stream(ranges))
    yield "numbers.pdf", pdf(b"9" * 100_000 + b" " + b"-.-.9e999 " * 9999 + b"Td")
    yield "root.pdf", assembled({"o1": b"<< /Type /Catalog >>"})
    yield "rootless.pdf", assembled({"o1": b"null"}, b"")
    yield "nulls.pdf", seed.replace(b" ", b"\0")
