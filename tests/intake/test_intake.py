"""A file is what its content says it is; its name only tells what it was meant to be."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.core.model.extract import Extract, Format
from bot.intake import BYTES, read, sniff
from tests.intake.hostile import strangers
from tests.intake.hostile_pictures import pictures
from tests.intake.seeds import whole, zipped

FORMATS: dict[str, Format] = {"pdf": "pdf", "ofd": "ofd", "xml": "xml"}


@pytest.mark.parametrize("name", whole())
def test_a_whole_file_is_known_by_its_content(name: str) -> None:
    expected = FORMATS.get(name.rpartition(".")[2], "picture")
    assert sniff(whole()[name]) == expected


@pytest.mark.parametrize("name", whole())
def test_a_wrong_name_changes_nothing(name: str) -> None:
    data = whole()[name]
    assert read(data, "a.exe") == read(data, "a.pdf") == read(data)


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
        (b"\0" * 1019 + b"%PDF-", "pdf"),
        (b"\0" * 1024 + b"%PDF-", "other"),
        (b"<?xml version='1.0'?>", "xml"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "xml"),
        ("\ufeff<?xml version='1.0'?>".encode("utf-16-le"), "xml"),
        ("\ufeff<?xml version='1.0'?>".encode("utf-16-be"), "xml"),
        (b"\n<EInvoice>", "xml"),
        (b"<eInvoice a='1'>", "xml"),
        (b"<Invoices>", "other"),
        (b"<html>", "other"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"\0\0\0\x18ftypmp42", "other"),
        (b"RIFF\0\0\0\0WEBP", "picture"),
        (b"RIFF\0\0\0\0WAVE", "other"),
        (zipped({"OFD.xml": b""}), "ofd"),
        (zipped({"word/document.xml": b""}), "other"),
        (b"", "other"),
    ],
)
def test_a_beginning_tells_the_format(beginning: bytes, expected: Format) -> None:
    assert sniff(beginning) == expected


OFD = whole()["invoice.ofd"]


@pytest.mark.parametrize(
    "entries",
    [
        {"发票.ofd": OFD},
        {"a.ofd": OFD, "b.pdf": whole()["invoice.pdf"]},
        {"a.zip": zipped({"b.ofd": OFD}, zipfile.ZIP_STORED)},
        {"read me.txt": b"PK\1\2 an OFD has an OFD.xml"},
        {"发票/OFD.xml": b"<OFD/>", "发票/Doc_0/Document.xml": b"<Document/>"},
        {"OFD.xml.bak": b"", "MyOFD.xml": b"", "ofd.xml": b"", "OFD.xmlx": b""},
    ],
)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("behind", [b"", b"OFD.xml"])
def test_a_zip_that_only_speaks_of_an_ofd_is_a_zip(
    entries: dict[str, bytes], method: int, behind: bytes
) -> None:
    with zipfile.ZipFile(file := io.BytesIO(zipped(entries, method)), "a") as archive:
        archive.comment = behind
    assert read(file.getvalue(), "发票.zip") == Extract("other")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_ofd_is_one_wherever_its_entry_is_listed(method: int) -> None:
    others = {f"{number}.xml": b"<a/>" for number in range(20)}
    data = zipped(others | {"OFD.xml": b"<OFD/>"} | {"z.xml": b""}, method)
    assert sniff(data) == sniff(data + b"\0" * 9) == "ofd"
    assert read(zipped({"OFD.xml": b"<OFD/>", "inner.ofd": OFD}, method)).problem == "bomb"


@pytest.mark.parametrize(("name", "data"), list(strangers()))
def test_what_is_not_read_is_not_opened(name: str, data: bytes) -> None:
    assert not read(data, name).told


def test_a_file_of_no_known_kind_is_broken_when_its_name_says_one() -> None:
    assert read(b"\0" * 99, "发票.PDF") == Extract("pdf", problem="unreadable")
    assert read(b"\0" * 99, "发票.txt") == Extract("other")
    assert read(b"\0" * 99) == Extract("other")


def test_a_file_over_the_limit_is_not_opened() -> None:
    assert read(b"%PDF-1.7" + bytes(BYTES)) == Extract("pdf", problem="too_big")


def test_reading_needs_no_module_that_was_not_there_before_the_file(tmp_path: Path) -> None:
    """In a worker a late import finds nothing, and a good file is lost to it."""
    files = whole() | {name: data for name, data in pictures() if len(data) < 10_000}
    for number, data in enumerate(files.values()):
        (tmp_path / str(number)).write_bytes(data)
    script = """
import sys
from pathlib import Path
from bot import intake
intake.prepare()
files = [file.read_bytes() for file in Path(sys.argv[1]).iterdir()]
before = set(sys.modules)
for data in files:
    intake.read(data)
print(*set(sys.modules) - before)
print(*before)
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, stdout=-1, check=True, text=True)
    late, early = map(str.split, done.stdout.splitlines())
    assert not late
    assert {"bot.matching", "rjieba", "opencc", "pydantic", "asyncio"}.isdisjoint(early)
