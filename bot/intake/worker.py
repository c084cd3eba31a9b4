"""A process that reads one file and ends: `python -m bot.intake.worker SECONDS MEMORY READER`.

It exists to be lost. A file may hang it, crash it or take it over, so before the file comes it
gives up all it can do without (`bot.intake.confinement`), and tells which layers hold. A timer with
its default action ends it after `SECONDS`, even in the middle of a C function; one that was taken
over and stops the timer is killed by the desk or, on Linux, with the desk. It never sees a second
file, so nothing of one person can come out of the file of another.

Whoever starts it sees to its environment; it goes when its input ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from bot.core.model.extract import Extract
from bot.intake.confinement import confine
from bot.intake.framing import LENGTH, frame


def main(seconds: float, memory: int, reader: str) -> None:
    """Read the file that comes in on the input, write what it says to the output, and end."""
    # A signal meant for the desk also reaches its group; a file half read is worth its two seconds.
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
    os.nice(10)  # the desk goes first
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # where libraries print to
    read = import_module(reader)
    read.prepare()
    os.dup2(nowhere, 2)  # up to here the desk may hear why it does not start; no file is told of
    _write(answers, frame(json.dumps(confine(memory)).encode()))
    name = _frame(sys.stdin.buffer).decode("utf-8", "replace")
    data = _frame(sys.stdin.buffer)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    extract: Extract = read.read(data, name)
    _write(answers, frame(json.dumps(asdict(extract)).encode()))
    os._exit(0)  # what libraries do at an exit can hang as well


def _frame(stream: BinaryIO) -> bytes:
    return _exactly(stream, LENGTH.unpack(_exactly(stream, LENGTH.size))[0])


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:  # nobody is there any more
        os._exit(0)
    return data


def _write(to: int, data: bytes) -> None:
    while data:
        data = data[os.write(to, data) :]


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
