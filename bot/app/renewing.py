"""What authors edit is taken on while the desk runs; what is wrong with it is told, and the old
content stays.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from bot.app.load import Mistakes, read, with_matcher
from bot.app.load.compiled import Index
from bot.app.startup import unready
from bot.app.wiring import introduced
from bot.core.content.knowledge import Knowledge
from bot.loops import Desk
from bot.loops.winding import wind
from bot.matching.meaning import Encoder
from bot.store import Store

log = logging.getLogger(__name__)
EVERY = 3.0  # seconds between two looks at the folder
NICE = 10  # by which building gives way to whoever waits for an answer

Seen = Mapping[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Source:
    """The folder `root` that authors edit, where what is built of it is kept (`index`), and the
    groups and roles that the settings name. With an `encoder` it is built in this process.
    """

    root: Path
    index: Path
    groups: Mapping[str, str]
    roles: Mapping[str, str]
    encoder: Encoder | None = None

    def seen(self) -> Seen:
        """When each file was written last, and its size in bytes: what an edit changes."""
        found = {}
        for folder, _, names in os.walk(self.root, followlinks=True):
            for path in (Path(folder, name) for name in names):
                with suppress(OSError):  # it went meanwhile
                    stat = path.stat()
                    found[path] = (stat.st_mtime_ns, stat.st_size)
        return found

    def read(self) -> Knowledge:
        """Without what takes long to build. Raises `Unfit`."""
        try:
            knowledge = read(self.root)
        except Mistakes as error:
            raise Unfit(str(error)) from None
        tiers = [tier.id for tier in knowledge.tiers.tiers]
        if wrong := [*unready(tiers, self.groups, self.roles)]:
            raise Unfit("\n".join(wrong))
        return knowledge


class Unfit(Exception):
    """What is wrong in the folder, or in the settings for it, a line each."""


@asynccontextmanager
async def renewed(desk: Desk[Store], source: Source, every: float = EVERY) -> AsyncIterator[None]:
    """Within, the desk takes on what is edited, as soon as it was the same at two looks."""
    task = asyncio.create_task(_follow(desk, source, source.seen(), every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _follow(desk: Desk[Store], source: Source, known: Seen, every: float) -> None:
    tried = before = known
    while True:
        await asyncio.sleep(every)
        now = await asyncio.to_thread(source.seen)
        if now == before != tried:
            tried = now
            await _renew(desk, source)
        before = now


async def _renew(desk: Desk[Store], source: Source) -> None:
    """Take on what the folder says now; whatever is wrong with that, the desk goes on."""
    try:
        new = await _built(source)
        if new.version == desk.knowledge.version:
            return
        await desk.take_on(replace(new, limits=desk.knowledge.limits))
        gc.freeze()  # it stays as long as what was loaded at the start would
        await wind(desk, desk.clock())
        await introduced(desk.channels.values(), new)
    except Unfit as wrong:
        for line in str(wrong).splitlines():
            log.error("the edited faq/ is not taken on: %s", line)
    except Exception:
        log.exception("the edited faq/ could not be taken on")
    else:
        log.info("the edited faq/ is taken on, version %s", new.version)


async def _built(source: Source) -> Knowledge:
    """What was edited, ready to answer. Building takes seconds of processor, so another process
    does it; an encoder cannot be had there.
    """
    if source.encoder is not None:
        return await asyncio.to_thread(lambda: with_matcher(source.read(), source.encoder))
    told, tells = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_build, args=(source, tells), daemon=True
    )
    process.start()
    tells.close()
    try:
        wrong = await asyncio.to_thread(_heard, told)
    finally:
        process.kill()
        process.join()
    if wrong:
        raise Unfit(wrong)
    found: Knowledge | None = await asyncio.to_thread(Index.of(source.index, source.root).recalled)
    if found is None:
        raise ChildProcessError("what was built is not there: see above, or it was edited again")
    return found


def _heard(told: Connection) -> str:
    """What was wrong, or "". Raises `EOFError` where the process ended before."""
    with told:
        wrong: str = told.recv()
    return wrong


def _build(source: Source, tells: Connection) -> None:
    """In a process of its own: keep what is built, and tell what was wrong."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    try:
        Index.of(source.index, source.root).keep(partial(with_matcher, source.read()))
    except Unfit as error:
        tells.send(str(error))
    else:
        tells.send("")
