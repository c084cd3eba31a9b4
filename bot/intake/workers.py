"""The desk's side of reading: a process for each file, at most a few together, one kept ready.

What the file does to its process costs that file alone. What that may do at all stands in
`bot.confined`; here a process that keeps silent is killed, and its answer is believed only as far
as it is one.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio.subprocess import Process
from contextlib import suppress
from signal import SIGALRM
from types import TracebackType
from typing import Final, Self

from pydantic import TypeAdapter

from bot.confined import Layers
from bot.confined.process import NoProcess, end, heard, lacking, start, tell
from bot.core.model.extract import Extract
from bot.intake import BYTES, sniff

log = logging.getLogger(__name__)

_EXTRACT: Final = TypeAdapter(Extract)
_ANSWER: Final = 2**16  # bytes
_NAME: Final = 255
_GRACE: Final = 1.0


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

        `name` is what its sender calls it. Raises `NoProcess` where no process can be started.
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
        """What confines a worker on this machine, tried out. Raises `NoProcess`."""
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
            raise NoProcess("no more files are read")
        spare, self._spare = self._spare, asyncio.create_task(self._start())
        if spare is not None:
            with suppress(NoProcess):  # it may have been long ago
                process = await spare
                if process.returncode is None:
                    return process
                self._running.discard(process)
        return await self._start()

    async def _start(self) -> Process:
        process, layers = await start(self._command, self._running)
        self._confined(layers)
        return process

    def _confined(self, layers: Layers) -> None:
        """Files are read with what this machine has; what it lacks is told once."""
        if layers != self._layers and (missing := lacking(layers)):
            log.warning("files are read without %s", missing)
        self._layers = layers

    async def _end(self, process: Process) -> int:
        return await end(process, self._running)


async def _ask(process: Process, data: bytes, name: str) -> bytes:
    await tell(process, name.encode("utf-8", "replace")[-_NAME:], data)
    return await heard(process, _ANSWER)
