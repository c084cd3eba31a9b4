"""The desk's side: start a process that confines itself, ask it, end it."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from typing import Final

from pydantic import TypeAdapter

from bot.confined import Layers, shield
from bot.confined.framing import LENGTH

_LAYERS: Final = TypeAdapter(Layers)
_TOLD: Final = 2**12
_ROOT: Final = Path(__file__).parents[2]
_ENVIRONMENT: Final = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
"""All that a process gets: nothing of the desk's, whose token is among it."""

_CHUNK: Final = 2**18  # what a pipe is given at once; the loop goes on in between
_STARTING: Final = 30.0


class NoProcess(OSError):
    """None starts: a fault of this machine, or the desk stops; what was asked may be in order."""


def lacking(layers: Layers) -> str:
    """What does not confine it on this machine, and why."""
    return "; ".join(f"{name}: {reason}" for name, reason in layers.items() if reason)


async def start(command: Sequence[str], running: set[Process]) -> tuple[Process, Layers]:
    """Start Python with these arguments; it waits to be asked, confined by these layers.

    It is among `running` from the first moment, for whoever ends them all. Raises `NoProcess`.
    """
    shield()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            start_new_session=True,  # Ctrl-C in a terminal is for the desk
        )
    except OSError as error:
        raise NoProcess(str(error)) from error
    running.add(process)
    try:
        async with asyncio.timeout(_STARTING):
            return process, _LAYERS.validate_json(await heard(process, _TOLD))
    except (EOFError, TimeoutError):
        await end(process, running)
        raise NoProcess(await _last_words(process)) from None
    except BaseException:
        await end(process, running)
        raise


async def tell(process: Process, *bodies: bytes) -> None:
    """Send each as a frame. Raises `OSError` where it is gone."""
    to = process.stdin
    assert to is not None
    for body in bodies:
        to.write(LENGTH.pack(len(body)))
        for at in range(0, len(body), _CHUNK):
            to.write(body[at : at + _CHUNK])
            await to.drain()


async def heard(process: Process, most: int) -> bytes:
    """What it says next. Raises `EOFError` where it ends, `ValueError` above `most` bytes."""
    answers = process.stdout
    assert answers is not None
    (size,) = LENGTH.unpack(await answers.readexactly(LENGTH.size))
    if size > most:
        raise ValueError(f"an answer of {size} bytes is too long")
    return await answers.readexactly(size)


async def end(process: Process, running: set[Process]) -> int:
    """Kill it if it lives, and give what it ended with.

    By `os.kill`, as asyncio does from 3.13 on: its `kill` before that may itself collect what
    the process ended with, and nobody hears of it (github.com/python/cpython/issues/87744).
    """
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, SIGKILL)
    code = await process.wait()
    running.discard(process)
    return code


async def _last_words(process: Process) -> str:
    """The last line it wrote before it was confined, when nothing had been asked yet."""
    assert process.stderr is not None
    said = (await process.stderr.read()).decode("utf-8", "replace").strip()
    return said.rpartition("\n")[2] or "it says nothing"
