"""An edited calendar moves what is due, also of tickets that nobody writes in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.content.calendar import Calendar, Holiday, Year
from bot.core.content.knowledge import Knowledge, Stages
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.core.text.clock import BEIJING
from bot.core.tickets import clocks
from bot.intake.workers import Workers
from bot.loops import Desk
from bot.loops.wake import wake
from bot.loops.winding import digest, wind
from bot.loops.work import work
from bot.store import Store
from tests.addresses import WANG

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=BEIJING)
DAY_OFF = Holiday(name="店庆", first=date(2026, 11, 24), last=date(2026, 11, 24))
YEAR = Year(year=2026, days_by="通知", holidays=(), workdays=(), deadlines_by="通知", deadlines=())
OPEN = Calendar(years=(YEAR,))
CLOSED = Calendar(years=(replace(YEAR, holidays=(DAY_OFF,)),))


def ticket(knowledge: Knowledge) -> Ticket:
    tier = knowledge.tiers.tiers[0]
    return Ticket(
        number="F2222",
        summary=Summary("nothing"),
        status="new",
        tier=tier.id,
        opened_at=TUESDAY.astimezone(UTC),
        waiting=clocks.entered(tier, TUESDAY.astimezone(UTC)),
    )


@pytest.fixture
def opened(knowledge: Knowledge, path: Path, clock: Any) -> Callable[[Calendar], Desk[Store]]:
    """Opens a desk with a ticket of Tuesday morning, and such a calendar."""
    clock.now = TUESDAY.timestamp()
    store = Store.open(path)
    with store.writing():
        wang = Conversation(id=f"conversation:{WANG}", address=WANG, person=Person(WANG, "王芳"))
        store.conversations.keep(Decision(conversation=wang, tickets=(ticket(knowledge),)), 1.0)
        store.timers.wake_at(wang.id, "clock:F2222", TUESDAY)
    store.close()

    def desk(calendar: Calendar) -> Desk[Store]:
        edited = replace(knowledge, calendar=calendar)
        return Desk(Store.open(path), [], edited, {}, Workers(), clock=clock)

    return desk


def due(desk: Desk[Store], expected: str) -> Callable[[], Awaitable[bool]]:
    """Whether the ticket is due then."""

    async def is_due() -> bool:
        found = await desk.read(desk.store.tickets.named, "F2222")
        at = found and found.due_at
        return bool(at and f"{at.astimezone(BEIJING):%m-%d %H:%M}" == expected)

    return is_due


async def test_a_day_off_that_is_taken_out_of_the_calendar_makes_it_due_today_after_a_restart(
    opened: Any, clock: Any, running: Any, eventually: Any
) -> None:
    async def due_after_a_start(calendar: Calendar, expected: str) -> None:
        clock.now += 60
        desk = opened(calendar)
        async with running(wake(desk)), running(work(desk)):
            await eventually(due(desk, expected))
        await desk.close()

    await due_after_a_start(CLOSED, "11-25 09:30")
    await due_after_a_start(OPEN, "11-24 10:30")
    await due_after_a_start(CLOSED, "11-25 09:30")


async def test_a_calendar_that_is_edited_while_the_desk_runs_is_counted_by_at_once(
    opened: Any, knowledge: Knowledge, clock: Any, running: Any, eventually: Any
) -> None:
    desk = opened(CLOSED)
    async with running(wake(desk)), running(work(desk)):
        await eventually(due(desk, "11-25 09:30"))
        clock.now += 60
        await desk.take_on(replace(knowledge, calendar=OPEN))
        await wind(desk, desk.clock())
        clock.now += 120
        await eventually(due(desk, "11-24 10:30"))
    await desk.close()


@pytest.mark.parametrize("edit", ["hours", "holidays", "stages", "targets"])
def test_another_calendar_or_another_tier_is_told_from_the_one_before(
    knowledge: Knowledge, edit: str
) -> None:
    tiers = knowledge.tiers
    first, *others = tiers.tiers
    edits: dict[str, Knowledge] = {
        "hours": replace(knowledge, calendar=replace(knowledge.calendar, hours=())),
        "holidays": replace(knowledge, calendar=CLOSED),
        "stages": replace(knowledge, tiers=replace(tiers, stages=Stages(overdue=31))),
        "targets": replace(
            knowledge, tiers=replace(tiers, tiers=(replace(first, targets=None), *others))
        ),
    }
    assert digest(edits[edit]) != digest(knowledge)
    assert digest(replace(knowledge, version="another")) == digest(knowledge)
