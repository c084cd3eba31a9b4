"""What an operator bounds: how much one person may send, how large a file, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

PIECES = timedelta(seconds=1.5)
"""How long the next part of what somebody writes is waited for, unless an operator says otherwise.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`messages` are those of one person within `window`, 0: any number; who sends more is muted
    for `mute`. `tickets` are those that a person opens within `ticket_window`, 0: any number.
    `file_bytes` bounds a file, 0: any size. For `pieces` is waited for the next part of what
    somebody writes, 0: not at all. What is closed or silent for `keep` is thinned; None: it stays.
    """

    messages: int = 0
    window: timedelta = timedelta(minutes=1)
    mute: timedelta = timedelta(minutes=5)
    tickets: int = 0
    ticket_window: timedelta = timedelta(hours=1)
    file_bytes: int = 20 * 1024 * 1024
    pieces: timedelta = timedelta(0)
    keep: timedelta | None = None
