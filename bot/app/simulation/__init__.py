"""A working day with the nights around it, played on a desk in seconds of processor.

What came of it is counted from what the desk recorded and ordered, never from what was played.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bot.app.simulation.day import Played
from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Knowledge
from bot.core.content.working_time import passed
from bot.store.service import Service, service

MOST = 1000
"""Tickets of a day."""
FIGURES = ("tickets", "met", "late", "reminded", "due", "overdue", "escalated", "handed_back")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a day. `at_night` is how many messages a clock made the desk send when nobody
    worked; that and `twice` must be 0.
    """

    service: Service
    at_night: int
    tiers: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.at_night and not self.service.twice

    @property
    def by_tier(self) -> Mapping[str, Mapping[str, int]]:
        """What happened at each tier; a ticket that was escalated was at more than one."""
        counts = self.service.counts
        return {t: {name: counts.get((t, name), 0) for name in FIGURES} for t in self.tiers}

    def json(self) -> dict[str, int]:
        """As JSON: the sums by their names."""
        sums = {n: sum(each[n] for each in self.by_tier.values()) for n in FIGURES}
        wrong = {"at_night": self.at_night, "twice": self.service.twice}
        return sums | {"tickets": self.service.opened} | wrong


async def simulated(knowledge: Knowledge, place: Path, seed: int, tickets: int) -> Tally:
    """Play a day in the empty folder `place`: the same for the same knowledge and numbers."""
    played = Played(knowledge, place, Random(seed), tickets)
    await played.through()
    found = service(played.stage.database)
    night = sum(not _open(knowledge.calendar, at) for at in found.said)
    return Tally(found, night, tuple(tier.id for tier in knowledge.tiers.tiers))


def _open(calendar: Calendar, at: datetime) -> bool:
    """Whether it is working time just before or after: not as the desk's clocks judge."""
    return bool(passed(calendar, at - SECOND, at + SECOND))
