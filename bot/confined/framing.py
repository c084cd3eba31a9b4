"""How the desk and a confined process talk over two pipes: frames of four bytes of length and a
body.

First the process tells its `bot.confined.Layers` as JSON, and then it waits. What is asked and
answered is between the two; who asks says how long an answer it takes.
"""

from __future__ import annotations

import struct
from typing import Final

LENGTH: Final = struct.Struct(">I")


def frame(body: bytes) -> bytes:
    """The body behind its length."""
    return LENGTH.pack(len(body)) + body
