"""How long a ticket may wait at its tier, in working time.

A ticket has up to two clocks at a time: one for the next word that its person waits for, the first
of a tier or a later one, and one for its solution. Both stand still while nothing is to be done for
it, as when the person was asked for something. What is kept are targets and pauses and no due time
alone, so that it is worked out anew by the calendar of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.core.content import working_time
from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Knowledge, Stages, Tier
from bot.core.content.working_time import NOTHING, after, passed
from bot.core.model.record import Struck
from bot.core.model.ticket import RESOLVE, Ticket, Waiting

FIRST_REPLY, NEXT_REPLY = "first_reply", "next_reply"
REMINDED: Struck = "reminded"
DUE: Struck = "due"
OVERDUE: Struck = "overdue"
HANDED_BACK: Struck = "handed_back"


@dataclass(frozen=True, slots=True)
class Clock:
    """What is waited for since when, and in how much working time it is to be done."""

    name: str
    since: datetime
    target: timedelta

    def stage(self, name: str) -> str:
        """How it is kept that this stage was told."""
        return f"{self.name}:{name}"


@dataclass(frozen=True, slots=True)
class Strike:
    """A stage of a clock and when it comes."""

    clock: Clock
    stage: Struck
    at: datetime


def entered(tier: Tier, at: datetime, missed: tuple[str, ...] = ()) -> Waiting | None:
    """What is waited for at a tier that gets a ticket; None where it has no targets."""
    if tier.targets is None:
        return None
    return Waiting(entered_at=at, targets=asdict(tier.targets), since=at, missed=missed)


def running(waiting: Waiting) -> Iterator[Clock]:
    """The clocks that go now."""
    if waiting.paused:
        return
    if waiting.since is not None:
        name = NEXT_REPLY if waiting.replied else FIRST_REPLY
        yield Clock(name, waiting.since, timedelta(minutes=waiting.targets[name]))
    yield Clock(RESOLVE, waiting.entered_at, timedelta(minutes=waiting.targets[RESOLVE]))


def elapsed(calendar: Calendar, waiting: Waiting, since: datetime, at: datetime) -> timedelta:
    """The working time between two moments without the pauses."""
    paused = (
        passed(calendar, max(each.since, since), min(each.until or at, at))
        for each in waiting.pauses
    )
    return passed(calendar, since, at) - sum(paused, NOTHING)


def strikes(knowledge: Knowledge, ticket: Ticket, at: datetime) -> list[Strike]:
    """The stages of a ticket's clocks that were not told yet, the next one first; those whose time
    has come at the moment `at`.
    """
    waiting, calendar = ticket.waiting, knowledge.calendar
    if waiting is None:
        return []
    found = [
        Strike(clock, name, _moment(calendar, waiting, since, span, at))
        for clock in running(waiting)
        for name, since, span in _stages(clock, knowledge.tiers.stages, waiting)
        if clock.stage(name) not in waiting.told
    ]
    return sorted(found, key=lambda each: each.at)


def due_at(knowledge: Knowledge, ticket: Ticket, at: datetime) -> datetime | None:
    """When the first of a ticket's clocks is due, or was, or the day of its deadline begins, if
    that is sooner; None while nothing is to be done.
    """
    due, day = _clock_due_at(knowledge, ticket, at), ticket.deadline
    idle = ticket.status not in ("new", "open") or ticket.snoozed_until is not None
    if day is None or idle:
        return due
    begins = working_time.begins(knowledge.calendar, day)
    return min(due or begins, begins)


def _clock_due_at(knowledge: Knowledge, ticket: Ticket, at: datetime) -> datetime | None:
    waiting, calendar, before = ticket.waiting, knowledge.calendar, ticket.due_at
    if waiting is None:
        return None
    found = [_moment(calendar, waiting, c.since, c.target, at) for c in running(waiting)]
    if found and before is not None and before < min(found) == at:
        return before
    return min(found, default=None)


def urgent(calendar: Calendar, waiting: Waiting, at: datetime) -> Clock | None:
    """Of the clocks that go the one that is due first, or was."""
    return min(
        running(waiting),
        key=lambda clock: clock.target - elapsed(calendar, waiting, clock.since, at),
        default=None,
    )


def _moment(
    calendar: Calendar, waiting: Waiting, since: datetime, span: timedelta, at: datetime
) -> datetime:
    """When so much working time has passed; the moment `at` where it has already."""
    left = span - elapsed(calendar, waiting, since, at)
    return after(calendar, at, left) if left > NOTHING else at


def _stages(
    clock: Clock, stages: Stages, waiting: Waiting
) -> Iterator[tuple[Struck, datetime, timedelta]]:
    """Each stage, from when on is counted for it, and the working time after which it comes."""
    remind, overdue = timedelta(minutes=stages.remind), timedelta(minutes=stages.overdue)
    yield REMINDED, clock.since, clock.target - remind
    yield DUE, clock.since, clock.target
    yield OVERDUE, clock.since, clock.target + overdue
    if waiting.owned_at is not None and clock.name != RESOLVE:
        since = max(clock.since, waiting.owned_at)
        yield HANDED_BACK, since, timedelta(minutes=stages.hand_back)
