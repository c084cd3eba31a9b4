"""A process that reads one file and ends: `python -m bot.intake.worker SECONDS MEMORY READER`.

It exists to be lost. A file may hang it, crash it or take it over, so before the file comes it
gives up all it can do without (`bot.confined`), and tells which layers hold. A timer with its
default action ends it after `SECONDS`, even in the middle of a C function; one that was taken over
and stops the timer is killed by the desk or, on Linux, with the desk. It never sees a second file,
so nothing of one person can come out of the file of another.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from importlib import import_module

from bot.confined.inside import begin
from bot.core.model.extract import Extract


def main(seconds: float, memory: int, reader: str) -> None:
    """Read the file that comes in on the input, write what it says to the output, and end."""
    pipes = begin(memory, lambda: import_module(reader).prepare())
    name, data = pipes.hear().decode("utf-8", "replace"), pipes.hear()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    extract: Extract = sys.modules[reader].read(data, name)
    pipes.answer(json.dumps(asdict(extract)).encode())
    os._exit(0)  # what libraries do at an exit can hang as well


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
