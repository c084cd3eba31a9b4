"""The list at the end of a zip, found without opening the zip (PKWARE's APPNOTE.TXT, 4.3.12-16)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Final

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_SIZE, _END_64_SIZE, _COMMENT = 22, 20, 2**16
_ENTRY: Final = rb"PK\x01\x02.{24}%b.{16}%b"
"""An entry: its mark, fields, the length of its name, more fields and the name."""


@dataclass(frozen=True, slots=True)
class Directory:
    """What the end of a zip says of its list: so many entries, from `start` to `end` in bytes;
    `large` if it says it again in the form for 65,536 entries or 4 GB.
    """

    entries: int
    start: int
    end: int
    large: bool


def find(data: bytes) -> Directory | None:
    """The list of a zip, None where it has no end; `start` is negative where its size is false."""
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - _COMMENT))
    if end < 0 or len(data) - end < _END_SIZE:
        return None
    _, _, _, entries, size, _, _ = struct.unpack_from("<HHHHIIH", data, end + 4)
    large = data[max(0, end - _END_64_SIZE) : end].startswith(_END_64)
    return Directory(entries, end - size, end, large)


def lists(data: bytes, name: bytes) -> bool:
    """Whether a zip has an entry of this name itself, and not in a zip that is stored within it."""
    directory = find(data)
    if directory is None or directory.start < 0:
        return False
    entry = re.compile(_ENTRY % (re.escape(struct.pack("<H", len(name))), re.escape(name)), re.S)
    return entry.search(data, directory.start, directory.end) is not None
