"""How the desk and a worker talk over two pipes: frames of four bytes of length and a body."""

from __future__ import annotations

import struct
from typing import Final

LENGTH: Final = struct.Struct(">I")
READY: Final = b"+"
"""The one byte a worker writes once it is confined and waits for its file."""

ANSWER: Final = 2**16
"""The longest answer that is taken, in bytes."""


def frame(body: bytes) -> bytes:
    """The body behind its length."""
    return LENGTH.pack(len(body)) + body
