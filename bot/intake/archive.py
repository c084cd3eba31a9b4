"""A zip read in memory with limits: nothing is unpacked to a disk, and nothing grows unbounded.

What a header claims is only used to refuse early; the bytes that come out are counted.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import struct
import zipfile
import zlib
from typing import Final

from bot.intake import directory
from bot.intake.xml import NotRead

ENTRIES: Final = 1000
"""The most entries; an OFD of 50 pages with its signatures has some 150."""
ENTRY: Final = 8 * 2**20
"""The most bytes that one entry may grow to."""
ALL: Final = 32 * 2**20
"""The most bytes that all entries together may claim or grow to."""

_DIRECTORY = 300  # bytes an entry of the directory may have on average
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

codecs.lookup("cp437")  # of names; now, for where files are read no module can be loaded

_NESTED: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\0",
)
"""How archives begin that nobody puts into an OFD."""


class Archive:
    """The entries of a zip by name. Raises `NotRead` where it is none, is encrypted (`locked`), has
    another archive within, too many entries or too much in them (`bomb`), or names that are paths
    out of it, or twice the same (`unreadable`).
    """

    def __init__(self, data: bytes) -> None:
        _sound(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
            raise NotRead("unreadable") from None
        self._left = ALL
        infos = self._zip.infolist()
        if len(infos) > ENTRIES or sum(info.file_size for info in infos) > ALL:
            raise NotRead("bomb")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise NotRead("locked")
        self._infos = {info.filename: info for info in infos}
        if len(self._infos) < len(infos) or not all(map(_usual, infos)):
            raise NotRead("unreadable")
        if any(self._open(info, 6).startswith(_NESTED) for info in infos):
            raise NotRead("bomb")

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> tuple[str, ...]:
        """The names of all entries, in their order."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of an entry. Raises `NotRead` for one that is missing, broken or too large."""
        if name not in self._infos:
            raise NotRead("unreadable")
        data = self._open(self._infos[name], ENTRY + 1)
        self._left -= len(data)
        if len(data) > ENTRY or self._left < 0:
            raise NotRead("bomb")
        return data

    def _open(self, info: zipfile.ZipInfo, most: int) -> bytes:
        try:
            with self._zip.open(info) as entry:
                return entry.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
                RuntimeError, struct.error):  # fmt: skip
            raise NotRead("unreadable") from None


def resolve(location: str, beside: str) -> str:
    """The entry that a location in the entry `beside` means: from the root if it begins with a
    slash, else from its folder (GB/T 33190-2016, ST_Loc).
    """
    location = location.strip().replace("\\", "/")
    folder = "" if location.startswith("/") else posixpath.dirname(beside)
    return posixpath.normpath(posixpath.join(folder, location.lstrip("/")))


def _sound(data: bytes) -> None:
    """Refuse what its own end says is too much, before the directory is read."""
    found = directory.find(data)
    if found is None:
        raise NotRead("unreadable")
    size = found.end - found.start
    if found.large or found.entries > ENTRIES or size > ENTRIES * _DIRECTORY:
        raise NotRead("bomb")


def _usual(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    inside = not name.startswith("/") and ".." not in name.split("/") and ":" not in name
    return info.compress_type in _METHODS and inside and "\\" not in name and "\0" not in name
