"""The desk's side of reading: a process for each file, at most a few together, one kept ready.

What the file does to its process costs that file alone. What that may do at all stands in
`bot.intake.confinement`; here a process that keeps silent is killed, and its answer is believed
only as far as it is one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path
from signal import SIGALRM, SIGKILL
from types import TracebackType
from typing import Final, Self

from pydantic import TypeAdapter

from bot.core.model.extract import Extract
from bot.intake import BYTES, sniff
from bot.intake.confinement import Layers, shield
from bot.intake.framing import ANSWER, LENGTH, frame

log = logging.getLogger(__name__)

_EXTRACT: Final = TypeAdapter(Extract)
_LAYERS: Final = TypeAdapter(Layers)
_ROOT: Final = Path(__file__).parents[2]
_ENVIRONMENT: Final = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
"""All that a worker gets: nothing of the desk's, whose token is among it."""

_NAME: Final = 255
_CHUNK: Final = 2**18  # what a pipe is given at once; the loop goes on in between
_STARTING: Final = 30.0
_GRACE: Final = 1.0


class NoWorker(OSError):
    """No process reads: a fault of this machine, or the desk stops; the file may be in order."""


class Workers:
    """Reads files in processes of their own. Use it as an async context, within one event loop.

    At most `most` read together; who asks first is read first. `seconds` (wall) and `memory`
    (bytes) bound each file; `reader` names the module that reads.
    """

    def __init__(
        self,
        *,
        most: int = 2,
        seconds: float = 10.0,
        memory: int = 256 * 2**20,
        reader: str = "bot.intake",
    ) -> None:
        self._turns = asyncio.Semaphore(most)
        self._seconds = seconds
        self._command = ["-m", "bot.intake.worker", str(seconds), str(memory), reader]
        self._spare: asyncio.Task[Process] | None = None
        self._running: set[Process] = set()
        self._closed = False
        self._layers: Layers = {}

    async def __aenter__(self) -> Self:
        self._spare = asyncio.create_task(self._start())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def read(self, data: bytes, name: str = "") -> Extract:
        """What the file says; one that hangs or ends its process has `problem` slow or crashed.

        `name` is what its sender calls it. Raises `NoWorker` where no process can be started.
        """
        if len(data) > BYTES:
            return Extract(sniff(data), problem="too_big")
        async with self._turns:
            process = await self._take()
            try:
                async with asyncio.timeout(self._seconds + _GRACE):
                    answer = await _ask(process, data, name)
                return _EXTRACT.validate_json(answer, strict=True)
            except TimeoutError:
                return Extract(sniff(data), problem="slow")
            except (EOFError, OSError):
                slow = await self._end(process) == -SIGALRM
                return Extract(sniff(data), problem="slow" if slow else "crashed")
            except ValueError:  # no answer that a reader gives
                return Extract(sniff(data), problem="crashed")
            finally:
                await self._end(process)

    async def layers(self) -> Layers:
        """What confines a worker on this machine, tried out. Raises `NoWorker`."""
        await self._end(await self._start())
        return self._layers

    async def close(self) -> None:
        """End every process, for good: what is being read is crashed, what waits has no worker."""
        self._closed = True
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.cancel()
            await asyncio.gather(spare, return_exceptions=True)
        for process in tuple(self._running):
            await self._end(process)

    async def _take(self) -> Process:
        """A process that waits for a file; the next one starts meanwhile."""
        if self._closed:
            raise NoWorker("no more files are read")
        spare, self._spare = self._spare, asyncio.create_task(self._start())
        if spare is not None:
            with suppress(NoWorker):  # it may have been long ago
                process = await spare
                if process.returncode is None:
                    return process
                self._running.discard(process)
        return await self._start()

    async def _start(self) -> Process:
        shield()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                cwd=_ROOT,
                env=_ENVIRONMENT,
                start_new_session=True,  # Ctrl-C in a terminal is for the desk
            )
        except OSError as error:
            raise NoWorker(f"no process reads files: {error}") from error
        self._running.add(process)
        try:
            async with asyncio.timeout(_STARTING):
                self._confined(_LAYERS.validate_json(await _framed(process)))
        except (EOFError, TimeoutError):
            await self._end(process)
            raise NoWorker(f"no process reads files: {await _last_words(process)}") from None
        except BaseException:
            await self._end(process)
            raise
        return process

    def _confined(self, layers: Layers) -> None:
        """Files are read with what this machine has; what it lacks is told once."""
        lacking = [f"{name}: {reason}" for name, reason in layers.items() if reason]
        if lacking and layers != self._layers:
            log.warning("files are read without %s", "; ".join(lacking))
        self._layers = layers

    async def _end(self, process: Process) -> int:
        """Kill it if it lives, and give what it ended with.

        By `os.kill`, as asyncio does from 3.13 on: its `kill` before that may itself collect what
        the process ended with, and nobody hears of it (github.com/python/cpython/issues/87744).
        """
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, SIGKILL)
        code = await process.wait()
        self._running.discard(process)
        return code


async def _ask(process: Process, data: bytes, name: str) -> bytes:
    to = process.stdin
    assert to is not None
    to.write(frame(name.encode("utf-8", "replace")[-_NAME:]) + LENGTH.pack(len(data)))
    for at in range(0, len(data), _CHUNK):
        to.write(data[at : at + _CHUNK])
        await to.drain()
    return await _framed(process)


async def _framed(process: Process) -> bytes:
    """What a worker says next."""
    answers = process.stdout
    assert answers is not None
    (size,) = LENGTH.unpack(await answers.readexactly(LENGTH.size))
    if size > ANSWER:
        raise ValueError("an answer is short")
    return await answers.readexactly(size)


async def _last_words(process: Process) -> str:
    """The last line it wrote before it was confined, when no file had come yet."""
    assert process.stderr is not None
    said = (await process.stderr.read()).decode("utf-8", "replace").strip()
    return said.rpartition("\n")[2] or "it says nothing"
