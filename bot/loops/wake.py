"""Timers whose time has come, into the inbox."""

from __future__ import annotations

from bot.loops.desk import Desk, signalled
from bot.store import Arrival

TIDY_EVERY = 3600.0  # seconds


async def wake(desk: Desk) -> None:
    """Turn due timers into arrivals for ever; the store alone remembers them."""
    tidied = 0.0
    while True:
        now = desk.clock()
        if await desk.write(_due, desk, now):
            desk.arrived.set()
        if now - tidied > TIDY_EVERY:
            tidied = now
            await desk.write(desk.store.inbox.thin, now)
        following = await desk.read(desk.store.cases.next_due)
        rest = TIDY_EVERY if following is None else following - desk.clock()
        await signalled(desk.timed, min(max(rest, 0.01), TIDY_EVERY))


def _due(desk: Desk, now: float) -> int:
    due = desk.store.cases.due(now)
    arrivals = [
        Arrival("clock", f"{case_id} {what} {at}", f"case:{case_id}", what, case_id)
        for case_id, what, at in due
    ]
    desk.store.inbox.take(arrivals, now)
    for case_id, what, _ in due:
        desk.store.cases.wake_at(case_id, what, None)
    return len(due)
