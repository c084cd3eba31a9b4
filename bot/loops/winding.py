"""Clocks of tickets are wound by the calendar and the tiers: where these were edited, anew."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from hashlib import sha256

from pydantic import TypeAdapter

from bot.core import timers
from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Knowledge, Tiers
from bot.core.model import subject
from bot.core.tickets.digest import next_at
from bot.loops.desk import Desk
from bot.store.protocol import Wake

log = logging.getLogger(__name__)
WOUND_BY: TypeAdapter[tuple[Calendar, Tiers]] = TypeAdapter(tuple[Calendar, Tiers])


async def wind(desk: Desk[Wake], now: float) -> None:
    """Have every clock looked at again soon if the calendar or the tiers are others than they were
    when that was done last. Belongs to each start, and to each loading of knowledge.
    """
    if await desk.write(desk.store.timers.wind, digest(desk.knowledge), now):
        log.info("the calendar or the tiers are new, so what tickets are due is counted anew")
    await desk.write(_wind_digests, desk, now)
    desk.timed.set()


def _wind_digests(desk: Desk[Wake], now: float) -> None:
    """Set when each tier is told how it stands."""
    knowledge, at = desk.knowledge, datetime.fromtimestamp(now, UTC)
    tiers = [tier.id for tier in knowledge.tiers.tiers] if knowledge.tiers.digest else []
    desk.store.digests.begin(tiers, now)
    for tier in tiers:
        last = desk.store.digests.since(tier) or at
        order = timers.wake(timers.Digest(tier), next_at(knowledge, last, at))
        desk.store.timers.wake_at(subject.tier(tier), order.what, order.at)


def digest(knowledge: Knowledge) -> str:
    """The same for the same hours, days, targets and stages: hexadecimal digits."""
    return sha256(WOUND_BY.dump_json((knowledge.calendar, knowledge.tiers))).hexdigest()
