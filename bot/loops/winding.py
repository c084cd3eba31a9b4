"""Clocks of tickets are wound by the calendar and the tiers: where these were edited, anew."""

from __future__ import annotations

import logging
from hashlib import sha256

from pydantic import TypeAdapter

from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Knowledge, Tiers
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


def digest(knowledge: Knowledge) -> str:
    """The same for the same hours, days, targets and stages: hexadecimal digits."""
    return sha256(WOUND_BY.dump_json((knowledge.calendar, knowledge.tiers))).hexdigest()
