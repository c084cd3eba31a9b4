from __future__ import annotations

import io
import struct
import zipfile

import pytest

from bot.intake.archive import ENTRIES, Archive, resolve
from bot.intake.xml import NotRead
from tests.invoices.documents import packed


def problem(data: bytes) -> str:
    with pytest.raises(NotRead) as refused:
        Archive(data)
    return refused.value.problem


def test_entries_are_read_by_their_names() -> None:
    archive = Archive(packed({"OFD.xml": "a", "Doc_0/Document.xml": b"b"}))
    assert archive.names() == ("OFD.xml", "Doc_0/Document.xml")
    assert archive.read("Doc_0/Document.xml") == b"b"
    assert "other" not in archive
    with pytest.raises(NotRead):
        archive.read("other")


@pytest.mark.parametrize(
    ("location", "beside", "name"),
    [
        ("Doc_0/Document.xml", "OFD.xml", "Doc_0/Document.xml"),
        ("/Doc_0/Document.xml", "Doc_1/Document.xml", "Doc_0/Document.xml"),
        ("Pages/Page_0/Content.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("../Res/a.png", "Doc_0/Pages/Content.xml", "Doc_0/Res/a.png"),
        (r"Tags\CustomTag.xml", "Doc_0/Document.xml", "Doc_0/Tags/CustomTag.xml"),
    ],
)
def test_locations_count_from_the_entry_that_names_them(
    location: str, beside: str, name: str
) -> None:
    assert resolve(location, beside) == name


def test_a_size_that_the_header_denies_is_refused() -> None:
    data = bytearray(packed({"a": bytes(9 * 2**20)}))
    directory = data.rfind(b"PK\1\2")
    struct.pack_into("<I", data, directory + 24, 100)
    assert problem(bytes(data)) == "unreadable"


def test_reading_one_entry_again_and_again_has_an_end() -> None:
    archive = Archive(packed({"a": bytes(7 * 2**20)}))
    with pytest.raises(NotRead) as refused:
        for _ in range(9):
            archive.read("a")
    assert refused.value.problem == "bomb"


def test_an_entry_that_grows_too_large_is_a_bomb() -> None:
    archive = Archive(packed({"a": bytes(9 * 2**20)}))
    with pytest.raises(NotRead) as refused:
        archive.read("a")
    assert refused.value.problem == "bomb"


def test_too_many_entries_are_refused_before_they_are_listed() -> None:
    assert problem(packed({str(n): b"" for n in range(ENTRIES + 1)})) == "bomb"
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 2**31, 0, 0)
    assert problem(b"PK\3\4" + end) == "bomb"


def test_an_archive_in_the_archive_is_refused_whatever_its_name() -> None:
    for magic in (b"PK\3\4", b"Rar!\x1a\x07\1\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\0"):
        assert problem(packed({"OFD.xml": "a", "picture.png": magic + b"..."})) == "bomb"


def test_an_encrypted_archive_is_locked() -> None:
    data = bytearray(packed({"a": b"b"}))
    data[data.find(b"PK\3\4") + 6] |= 1
    data[data.rfind(b"PK\1\2") + 8] |= 1
    assert problem(bytes(data)) == "locked"


@pytest.mark.parametrize("name", ["../a", "/a", "C:a", "a\\..\\b", "a/../../b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert problem(packed({name: b"x"})) == "unreadable"


def test_other_compressions_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", b"b")
    assert problem(file.getvalue()) == "unreadable"


def test_two_entries_of_one_name_are_refused() -> None:
    data = packed({"aaaa": b"1", "bbbb": b"2"}).replace(b"bbbb", b"aaaa")
    assert problem(data) == "unreadable"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\3\4", b"PK\5\6", packed({"a": b"b"})[:-5]],
    ids=["nothing", "a beginning", "an end", "one cut short"],
)
def test_what_is_no_zip_is_unreadable(data: bytes) -> None:
    assert problem(data) == "unreadable"
