"""How the desk and a worker talk over two pipes: frames of four bytes of length and a body.

A worker that is confined and waits for its file tells its `bot.intake.confinement.Layers` as JSON.
The desk sends the file's name and the file; the worker answers with an `Extract` as JSON.
"""

from __future__ import annotations

import struct
from typing import Final

LENGTH: Final = struct.Struct(">I")
ANSWER: Final = 2**16
"""The longest answer that is taken, in bytes."""


def frame(body: bytes) -> bytes:
    """The body behind its length."""
    return LENGTH.pack(len(body)) + body
