"""Standard error, on which nothing that identifies somebody and no secret appears.

Log lines are one part of what a process says there. Others are warnings, the traceback it ends
with, those of threads, tasks and finalizers, and what logging says of a record that it cannot
format. All are written to `sys.stderr`, which is therefore what masks them.
"""

from __future__ import annotations

import io
import re
import sys
import threading
from typing import TYPE_CHECKING, TextIO

from bot.core.text.private import hidden

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_COLOURS = re.compile(r"\x1b\[[\d;]*m")  # ECMA-48, SGR: one amid a value would keep it readable

_INPUT = re.compile("(?<=input_value=).*")
"""What pydantic was given, as it shows it: cut in the middle, maybe amid a value."""
_CUT = re.compile(r"[\w@+-]{0,64}\.{3}[\w@.+-]{0,64}")
"""Words on both sides of where somebody cut a text: half a value is none that is known."""
_TELLING = re.compile(r"[\d@]")


def mask(*secrets: str) -> None:
    """From here on standard error shows no private value, and of `secrets` (str) three stars."""
    given = {secret for secret in secrets if secret}
    masked = getattr(sys.stderr, "buffer", None)
    if isinstance(masked, _Masked):
        masked.secrets |= given
    elif sys.stderr is not None:  # it is None where the process has none
        stream = io.TextIOWrapper(
            _Masked(sys.stderr, given), "utf-8", "backslashreplace", line_buffering=True
        )
        sys.stderr = stream
        vars(sys)["__stderr__"] = stream  # to which Python returns while it ends


class _Masked(io.BufferedIOBase):
    """Bytes of UTF-8 for `to`, a line at a time: a value may be written in pieces."""

    name = "<stderr>"

    def __init__(self, to: TextIO, secrets: set[str]) -> None:
        self._to = to
        self.secrets = secrets
        self._begun = b""
        self._lock = threading.RLock()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        piece = bytes(data)
        with self._lock:
            lines, end, self._begun = (self._begun + piece).rpartition(b"\n")
            self._say(lines + end)
        return len(piece)

    def flush(self) -> None:
        with self._lock:
            begun, self._begun = self._begun, b""
            self._say(begun)
            if not self._to.closed:
                self._to.flush()

    def _say(self, data: bytes) -> None:
        text = _COLOURS.sub("", data.decode("utf-8", "backslashreplace"))
        text = _CUT.sub(_without_halves, _INPUT.sub("***", text))
        for secret in self.secrets:
            text = text.replace(secret, "***")
        if text:
            self._to.write(hidden(text))


def _without_halves(cut: re.Match[str]) -> str:
    return "..." if _TELLING.search(cut[0]) else cut[0]
