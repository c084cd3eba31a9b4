"""The desk's side of drawing: one process, started with the first chart, draws one at a time.

One that dies is started again, once for a chart.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio.subprocess import Process
from signal import SIGALRM
from typing import Final

from pydantic import TypeAdapter

from bot.confined import Layers
from bot.confined.process import NoProcess, end, heard, lacking, start, tell
from bot.core.model.chart import Chart

log = logging.getLogger(__name__)

CHART: Final[TypeAdapter[Chart]] = TypeAdapter(Chart)
_REASON: Final = 2**16  # bytes
_PICTURE: Final = 10 * 2**20
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_TRIES: Final = 2
_GRACE: Final = 1.0


class NoPicture(OSError):
    """This chart is not drawn, for the reason that it tells."""


class Drawer:
    """Draws charts in a process of its own, within one event loop.

    `seconds` (wall) bound each chart, `memory` (bytes) the process; `draws` names the module that
    draws.
    """

    def __init__(
        self,
        *,
        seconds: float = 10.0,
        memory: int = 256 * 2**20,
        draws: str = "bot.charts.draw",
    ) -> None:
        self._turn = asyncio.Lock()
        self._seconds = seconds
        self._command = ["-m", "bot.charts.worker", str(seconds), str(memory), draws]
        self._process: Process | None = None
        self._running: set[Process] = set()
        self._closed = False
        self._layers: Layers = {}

    async def draw(self, chart: Chart) -> bytes:
        """The chart as a PNG. Raises `NoPicture`, and `NoProcess` where none can be started."""
        asked, code = CHART.dump_json(chart), 0
        async with self._turn:
            for _ in range(_TRIES):
                process = await self._take()
                try:
                    async with asyncio.timeout(self._seconds + _GRACE):
                        await tell(process, asked)
                        reason = await heard(process, _REASON)
                        picture = await heard(process, _PICTURE)
                    return _believed(reason.decode("utf-8", "replace"), picture)
                except TimeoutError:
                    await self._end(process)
                    code = -SIGALRM
                except (EOFError, ConnectionError):
                    code = await self._end(process)
                except ValueError as error:
                    await self._end(process)
                    raise NoPicture(str(error)) from None
                except asyncio.CancelledError:
                    await self._end(process)
                    raise
                if code == -SIGALRM:
                    raise NoPicture(f"it takes over {self._seconds:g} s")
        raise NoPicture(f"its process ended {_TRIES} times, with {code}")

    async def layers(self) -> Layers:
        """What confines the process on this machine, tried out. Raises `NoProcess`."""
        async with self._turn:
            await self._take()
            return self._layers

    async def close(self) -> None:
        """End the process, for good: what is being drawn is not."""
        self._closed = True
        for process in tuple(self._running):
            await self._end(process)

    async def _take(self) -> Process:
        """The process that waits for a chart, or a new one."""
        if self._closed:
            raise NoProcess("no more charts are drawn")
        if self._process is not None and self._process.returncode is not None:
            await self._end(self._process)
        if self._process is None:
            self._process, layers = await start(self._command, self._running)
            if missing := lacking(layers):
                log.warning("charts are drawn without %s", missing)
            self._layers = layers
        return self._process

    async def _end(self, process: Process) -> int:
        if self._process is process:
            self._process = None
        return await end(process, self._running)


def _believed(reason: str, picture: bytes) -> bytes:
    if reason or not picture.startswith(_PNG):
        raise NoPicture(reason or "its process answers with no picture")
    return picture
