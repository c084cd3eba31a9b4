"""Timers live in the database alone: each wakes once, whatever happens in between."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Send
from bot.core.model.message import Person
from bot.loops.deliver import deliver
from bot.loops.wake import wake
from bot.store import Arrival
from bot.store.inbox import DEDUPLICATED

WANG = Conversation(
    id="conversation:telegram:1001", address="telegram:1001", person=Person("telegram:1001", "王芳")
)


async def set_timer(desk: Any, seconds: float, what: str = "step:diagnose/appeared") -> None:
    at = datetime.fromtimestamp(desk.clock(), UTC) + timedelta(seconds=seconds)
    await desk.write(desk.store.timers.wake_at, WANG.id, what, at)
    desk.timed.set()


async def woke(desk: Any) -> list[tuple[str, str]]:
    rows = await desk.read(desk.store.inbox.waiting, 10)
    return [(row.subject, row.payload) for row in rows if row.channel == "clock"]


async def test_a_timer_wakes_once_at_its_time(still: Any, clock: Any, running: Any) -> None:
    async with still() as desk, running(wake(desk)):
        await set_timer(desk, 3600)
        await set_timer(desk, 7200, "confirm:F2222")

        async def later(seconds: float) -> list[tuple[str, str]]:
            clock.now += seconds
            desk.timed.set()
            while desk.timed.is_set():
                await asyncio.sleep(0)
            await desk.write(lambda: None)  # comes after the loop's own
            return await woke(desk)

        assert await later(3599) == []
        assert await later(1) == [(WANG.id, "step:diagnose/appeared")]
        assert await later(60) == [(WANG.id, "step:diagnose/appeared")]


async def test_a_timer_whose_time_came_while_the_desk_was_away_wakes_when_it_is_back(
    still: Any, clock: Any, running: Any
) -> None:
    async with still() as desk:
        await set_timer(desk, 3600)
    clock.now += 86400
    for _ in range(2):
        async with still() as desk, running(wake(desk)):
            await set_timer(desk, 0, "confirm:F2222")
            await desk.arrived.wait()
    async with still() as desk:
        expected = ["step:diagnose/appeared", "confirm:F2222"]
        assert [what for _, what in await woke(desk)] == expected


async def test_many_timers_at_one_time_all_wake(still: Any, running: Any, eventually: Any) -> None:
    async with still() as desk:
        for n in range(250):
            await set_timer(desk, -n, f"album:{n}")

        async def all_woke() -> bool:
            return bool(await desk.read(desk.store.inbox.backlog) == 250)

        async with running(wake(desk)):
            await eventually(all_woke)


async def test_old_rows_are_thinned_while_the_desk_runs(
    still: Any, clock: Any, running: Any, eventually: Any
) -> None:
    async with still() as desk:
        await desk.write(desk.store.inbox.take, [Arrival("telegram", "7", "1001", "很久")], clock())
        (row,) = await desk.read(desk.store.inbox.waiting, 1)
        await desk.write(desk.store.inbox.done, row, WANG.id)

        async def thinned() -> bool:
            query = "select payload, key from inbox"
            rows = await desk.read(lambda: desk.store._db.execute(query).fetchall())
            return bool(rows == [("", None)])

        async with running(wake(desk)):
            clock.now += DEDUPLICATED + 1
            desk.timed.set()
            await eventually(thinned)


async def test_timers_keep_the_time_that_was_left_to_them_when_the_clock_is_set_back(
    still: Any, clock: Any, running: Any, eventually: Any
) -> None:
    async with still() as desk, running(wake(desk)):
        await set_timer(desk, 60)
        clock.now -= 365 * 86400

        async def moved() -> bool:
            desk.timed.set()
            return bool(await desk.read(desk.store.timers.next_due) == clock.now + 60)

        await eventually(moved)
        clock.now += 60

        async def has_woken() -> bool:
            desk.timed.set()
            return bool(await woke(desk))

        await eventually(has_woken)


async def test_a_clock_that_was_behind_for_a_while_brings_no_timer_early(
    still: Any, clock: Any, running: Any, eventually: Any
) -> None:
    """As on a machine without a battery, which hears the time when it is connected."""
    async with still() as desk:
        await set_timer(desk, 3600)
        await desk.write(desk.store.inbox.take, [Arrival("telegram", "7", "1001", "{}")], clock())
        clock.now -= 50 * 365 * 86400
        async with running(wake(desk)):

            async def moved() -> bool:
                desk.timed.set()
                due = await desk.read(desk.store.timers.next_due)
                return bool(abs(due - clock.now - 3600) < 5)

            await eventually(moved)
            clock.now += 50 * 365 * 86400
            await eventually(moved)
            assert await woke(desk) == []


@pytest.mark.parametrize("days", [1, 365])
async def test_what_was_to_be_said_later_is_said_when_the_clock_was_set_back_before_the_start(
    telegram: Any, still: Any, clock: Any, running: Any, days: int
) -> None:
    wang = telegram.person(1001)
    await wang.says("您好")
    async with still() as desk:
        order = [Send(to=Chat("telegram:1001"), text="答复")]
        await desk.write(desk.store.outbox.put, WANG.id, order, clock() + 20)
        clock.now -= days * 86400
        async with running(wake(desk)), running(deliver(desk)):
            assert await wang.sees("答复")
        assert await desk.read(desk.store.times.newest) <= clock()


async def test_an_order_that_is_due_later_than_any_rule_sets_is_due(
    telegram: Any, still: Any, clock: Any, running: Any
) -> None:
    wang = telegram.person(1001)
    await wang.says("您好")
    async with still() as desk:
        orders = [Send(to=Chat("telegram:1001"), text=f"答复{n}") for n in range(2)]
        await desk.write(desk.store.outbox.put, WANG.id, orders, clock())
        (first,) = await desk.read(desk.store.outbox.ready, clock(), 1)
        await desk.write(desk.store.outbox.later, first, clock() + 86400, "later")
        async with running(deliver(desk)):
            assert [(await wang.sees("答复")).text for _ in range(2)] == ["答复0", "答复1"]
