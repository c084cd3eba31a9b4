"""How long the event loop stands still while something goes on in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable

TICK = 0.001


async def longest(work: Awaitable[object]) -> float:
    """Seconds of the longest time that a tick of 1 ms came late while `work` went on.

    What the machine itself does to this process counts as well: a loop that only ticks comes late
    by so much too, see `idle`.
    """
    doing, worst = asyncio.ensure_future(work), 0.0
    while not doing.done():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        worst = max(worst, time.perf_counter() - before - TICK)
    await doing
    return worst


async def idle(seconds: float) -> float:
    """The same with nothing going on."""
    return await longest(asyncio.sleep(seconds))
