"""A process that reads one file and ends: `python -m bot.intake.worker SECONDS MEMORY READER`.

It exists to be lost. A file may hang it, crash it or take it over, so before the file comes it
gives up all it can do without, by limits that the kernel keeps on Linux and macOS alike
(POSIX.1-2017, getrlimit): no new descriptor, hence no file and no socket; no byte written to a
file; no child; no core dump, which would hold the file; `MEMORY` bytes. A timer with its default
action ends it after `SECONDS`, even in the middle of a C function and with nobody left to kill it.
It never sees a second file, so nothing of one person can come out of the file of another.

Whoever starts it sees to its environment; it goes when its input ends.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO, Final

from bot.core.extract import Extract
from bot.intake.wire import LENGTH, READY, frame

_WATCH: Final = 0.02
"""Seconds between two looks at the memory where the kernel does not bound it."""


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
    confine(memory)
    _write(answers, READY)
    name = _frame(sys.stdin.buffer).decode("utf-8", "replace")
    data = _frame(sys.stdin.buffer)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    extract: Extract = read.read(data, name)
    _write(answers, frame(json.dumps(asdict(extract)).encode()))
    os._exit(0)  # what libraries do at an exit can hang as well


def confine(memory: int) -> None:
    """Give up files, sockets, children and all memory over `memory` bytes, for good."""
    sys.meta_path.clear()  # a module would come from a file: none is there, rather than an error
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(what, (0, 0))
    if sys.platform == "darwin":  # it knows these limits and does not keep them
        threading.Thread(target=watch, args=(memory,), daemon=True).start()
    else:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))  # without the code of libraries
        resource.setrlimit(resource.RLIMIT_AS, (2 * memory, 2 * memory))  # shared memory as well
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def watch(memory: int) -> None:
    """End this process once it has used more than `memory` bytes."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2) of each
    waiting = threading.Event()
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= memory:
        waiting.wait(_WATCH)
    os.kill(os.getpid(), signal.SIGKILL)


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
