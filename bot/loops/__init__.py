"""The loops of a running desk: receive, wake, work, deliver.

channel --receive--> inbox --work--> cases, outbox --deliver--> channel
timers  --wake-----> inbox
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence

from bot.loops.deliver import deliver
from bot.loops.desk import Desk
from bot.loops.rate_limit import Pace
from bot.loops.receive import poll, serve
from bot.loops.wake import wake
from bot.loops.work import work
from bot.store.protocol import Receive, Store

__all__ = ["Desk", "Pace", "poll", "run", "serve", "settled"]

PATIENCE = 7.0  # seconds to finish what has arrived when asked to stop


async def run(
    desk: Desk[Store],
    receive: Callable[[Desk[Receive]], Awaitable[None]],
    stop: asyncio.Event,
    pace: Pace | None = None,
) -> None:
    """Run until `stop` is set, then take nothing more, finish what is here, and return.

    An error that a loop cannot deal with, such as a full disk, ends all of them and is raised.
    """
    taking = [asyncio.ensure_future(receive(desk)), asyncio.ensure_future(wake(desk))]
    doing = [asyncio.ensure_future(work(desk)), asyncio.ensure_future(deliver(desk, pace))]
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait([*taking, *doing, stopping], return_when=asyncio.FIRST_COMPLETED)
        await _cancel(taking)
        if stop.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await _finish(desk, doing)
    finally:
        stopping.cancel()
        await _cancel([*taking, *doing, *desk.background, *desk.asking])
    for task in (*taking, *doing):
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


async def _finish(desk: Desk[Store], doing: Sequence[asyncio.Future[None]]) -> None:
    """Until nothing waits that could be done now.

    A loop that was cancelled while something was being kept has told nobody, so that is done here;
    and asking by a write comes after that.
    """
    while await desk.write(_left, desk):
        desk.arrived.set()
        desk.ordered.set()
        await asyncio.wait(doing, timeout=0.05, return_when=asyncio.FIRST_COMPLETED)


async def settled(desk: Desk[Store]) -> None:
    """Return when nothing waits that the running loops could do now."""
    while await desk.write(_left, desk):  # noqa: ASYNC110 - only the store knows
        await asyncio.sleep(0.01)


def _left(desk: Desk[Store]) -> int:
    return desk.store.inbox.backlog() + len(desk.store.outbox.ready(desk.clock(), 1))


async def _cancel(tasks: Sequence[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
