"""The process's side: it gives up what it could do, and talks through the pipes that are left.

Whoever starts it sees to its environment; it goes when its input ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable

from bot.confined import confine
from bot.confined.framing import LENGTH, frame


class Pipes:
    """To and from the desk. `answers` is the descriptor that it reads."""

    def __init__(self, answers: int) -> None:
        self._answers = answers

    def hear(self) -> bytes:
        """The next frame; ends the process where nobody is there any more."""
        return _exactly(LENGTH.unpack(_exactly(LENGTH.size))[0])

    def answer(self, body: bytes) -> None:
        data = frame(body)
        while data:
            data = data[os.write(self._answers, data) :]


def begin(memory: int, prepare: Callable[[], object]) -> Pipes:
    """Import and open by `prepare` all that is needed, and give up the rest (`confine`).

    Up to there the desk may hear on standard error why the process does not start.
    """
    # A signal meant for the desk also reaches its group; what is half done is worth its seconds.
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
    os.nice(10)  # the desk goes first
    pipes = Pipes(os.dup(1))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # where libraries print to
    prepare()
    os.dup2(nowhere, 2)  # from here on nothing of what is asked may be told
    pipes.answer(json.dumps(confine(memory)).encode())
    return pipes


def _exactly(size: int) -> bytes:
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        os._exit(0)
    return data
