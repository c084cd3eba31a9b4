"""Timers whose time has come, into the inbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.loops.desk import Desk, signalled
from bot.loops.winding import wind
from bot.store import Arrival
from bot.store.protocol import Wake

log = logging.getLogger(__name__)
TIDY_EVERY = 3600.0  # seconds
LOOK = 60.0  # seconds after which the clock is looked at: it may be set while nothing happens


async def wake(desk: Desk[Wake]) -> None:
    """Turn due timers into arrivals for ever; the store alone remembers them."""
    tidied, hands = 0.0, Hands(desk, await desk.read(desk.store.times.newest))
    await wind(desk, await hands.look())
    while True:
        now = await hands.look()
        woken, following = await desk.write(fire, desk, now)
        if woken:
            desk.arrived.set()
        if abs(now - tidied) > TIDY_EVERY:
            tidied = now
            while await desk.write(desk.store.inbox.thin, now):
                pass
            await desk.write(desk.store.waits.learn, now)
        rest = TIDY_EVERY if following is None else following - desk.clock()
        await signalled(desk.timed, min(max(rest, 0.01), LOOK))


class Hands:
    """Notices that this machine's clock was set; it showed `seen` when something was kept last.

    Time that passed and a clock that was set on look the same to whoever was not there, so only as
    much is taken back as the clock had been set back before: a machine without a battery begins
    in 1970 until it hears the time.
    """

    def __init__(self, desk: Desk[Wake], seen: float) -> None:
        self.desk = desk
        self.seen = seen
        self.steady: Callable[[], float] = asyncio.get_running_loop().time
        self.looked = self.steady()
        self.owed = 0.0

    async def look(self) -> float:
        """What the clock shows, with every timer moved that was set by another hand of it.

        Nobody reads the clock a second time for what is due: it may be set in between.
        """
        desk, now, steady = self.desk, self.desk.clock(), self.steady()
        back, on = self.seen - now, (now - self.seen) - (steady - self.looked)
        if back > 0:
            log.warning("the clock was set back by %.0f s; what waits is due now", back)
            self.owed += back
            await desk.write(desk.store.times.set_back, back, now)
            desk.ordered.set()
        elif self.owed and on > LOOK:
            moved = min(self.owed, on)
            self.owed -= moved
            await desk.write(desk.store.times.move_timers, moved, self.seen)
        self.seen, self.looked = now, steady
        return now


def fire(desk: Desk[Wake], now: float) -> tuple[int, float | None]:
    """Take in the timers that are due; how many, of perhaps more, and when the next one is."""
    due = desk.store.timers.due(now)
    arrivals = [
        Arrival("clock", f"{subject} {what} {at}", subject, what, subject)
        for subject, what, at in due
    ]
    desk.store.inbox.take(arrivals, now)
    for subject, what, _ in due:
        desk.store.timers.wake_at(subject, what, None)
    return len(due), desk.store.timers.next_due()
