"""The digest on a whole desk: at its time, once, and of several that waited the newest."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.app import demo
from bot.charts.drawer import Drawer
from bot.core import timers
from bot.core.model import subject
from bot.core.model.chart import Chart
from bot.core.model.effects import DIGEST, Group, Picture
from bot.core.text.clock import BEIJING
from bot.loops.deliver import deliver
from bot.loops.winding import wind
from bot.store import Store
from tests.charts.examples import DIGEST as CHART
from tests.charts.fonts import ready
from tests.patience import PATIENCE

LI, GROUP = 2001, demo.FIRST_GROUP
TIER = "frontline"
BEFORE = datetime(2026, 11, 24, 9, 4, tzinfo=BEIJING)
A_DAY = 86400.0


@pytest.fixture
def knowledge(knowledge: Any) -> Any:
    """A digest at 9:05, and tickets that stay where they are."""
    tiers = tuple(replace(tier, targets=None) for tier in knowledge.tiers.tiers)
    return replace(knowledge, tiers=replace(knowledge.tiers, digest=time(9, 5), tiers=tiers))


class Undrawn:
    """Where nothing can be drawn."""

    async def draw(self, chart: Chart) -> bytes:
        raise OSError("no font has Chinese letters")


async def told(telegram: Any) -> list[Any]:
    seen = await telegram.person(LI).history(chat=GROUP)
    return [each for each in seen if each.text.startswith("📊")]


async def later(desk: Any, clock: Any, seconds: float) -> None:
    """Let so much time pass and everything be done that follows."""
    clock.now += seconds
    desk.timed.set()
    while desk.timed.is_set():
        await asyncio.sleep(0)
    await desk.write(lambda: None)  # comes after the loop's own
    desk.arrived.set()
    async with asyncio.timeout(PATIENCE):
        while await desk.read(_left, desk):
            await asyncio.sleep(0.01)


def _left(desk: Any) -> int:
    return int(desk.store.inbox.backlog() + desk.store.outbox.backlog())


async def opens_a_ticket(telegram: Any, knowledge: Any) -> None:
    wang, talk = telegram.person(1001), knowledge.texts.talk
    await wang.says("/human")
    await wang.sees(lambda seen: talk.button_human_now in seen.buttons)
    await wang.presses(talk.button_human_now)
    await wang.sees("工单号")


async def test_the_group_is_told_at_its_time_once_and_again_the_next_working_day(
    telegram: Any, knowledge: Any, path: Path, clock: Any
) -> None:
    clock.now = BEFORE.timestamp()
    async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:
        desk.drawer = Undrawn()
        await opens_a_ticket(telegram, knowledge)
        assert await told(telegram) == []
        await later(desk, clock, 60)
        (seen,) = await told(telegram)
        assert "photo" not in seen.raw
        assert seen.thread is None
        assert "现有 1 张，没人接 1 张" in seen.text
        assert "新来 1 张，关闭 0 张" in seen.text
        await later(desk, clock, 3600)
        assert len(await told(telegram)) == 1
    async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:
        desk.drawer = Undrawn()
        await later(desk, clock, 60)
        assert len(await told(telegram)) == 1
        await later(desk, clock, A_DAY)
        assert len(await told(telegram)) == 2
        assert "新来 0 张" in (await told(telegram))[-1].text


async def test_after_an_outage_of_days_it_is_told_once_while_somebody_works(
    telegram: Any, knowledge: Any, path: Path, clock: Any
) -> None:
    clock.now = BEFORE.timestamp()
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await opens_a_ticket(telegram, knowledge)
    clock.now += 2 * A_DAY + 3600
    async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:
        desk.drawer = Undrawn()
        await later(desk, clock, 1)
        (seen,) = await told(telegram)
        assert "11-26" in seen.text
        await later(desk, clock, A_DAY)
        assert len(await told(telegram)) == 2
        await later(desk, clock, 2 * A_DAY)  # a Sunday
        assert len(await told(telegram)) == 2


async def test_one_that_is_woken_twice_tells_once(
    telegram: Any, knowledge: Any, path: Path, clock: Any
) -> None:
    clock.now = BEFORE.timestamp()
    async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:
        desk.drawer = Undrawn()
        await opens_a_ticket(telegram, knowledge)
        await later(desk, clock, 60)
        for n in range(3):  # as another worker would wake it
            at = datetime.fromtimestamp(clock.now + n / 10, UTC)
            what = timers.wake(timers.Digest(TIER), at)
            await desk.write(desk.store.timers.wake_at, subject.tier(TIER), what.what, at)
            await later(desk, clock, 1)
        assert len(await told(telegram)) == 1


async def test_the_chart_is_a_picture_with_the_text_under_it(
    telegram: Any, knowledge: Any, path: Path, clock: Any
) -> None:
    clock.now = BEFORE.timestamp()
    drawer = Drawer()
    try:
        await ready(drawer)
        async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:
            desk.drawer = drawer
            await opens_a_ticket(telegram, knowledge)
            clock.now += 60
            desk.timed.set()
            seen = await telegram.person(LI).sees(
                lambda seen: "photo" in seen.raw, chat=GROUP, timeout=30
            )
            assert seen.text.startswith("📊")
    finally:
        await drawer.close()


async def test_of_several_that_waited_for_hours_the_newest_is_said(
    still: Any, telegram: Any, running: Any, clock: Any
) -> None:
    def one(n: int) -> Picture:
        return Picture(to=Group(TIER), chart=CHART, text=f"📊 {n}", key=DIGEST)

    async with still() as desk:
        for n in range(3):
            await desk.write(desk.store.outbox.put, subject.DESK, [one(n)], clock.now)
            clock.now += A_DAY
        async with running(deliver(desk)):
            async with asyncio.timeout(PATIENCE):
                while await desk.read(desk.store.outbox.backlog):
                    await asyncio.sleep(0.01)
    assert [seen.text for seen in await told(telegram)] == ["📊 2"]


async def test_each_tier_has_a_timer_until_none_is_told_any_more(still: Any, clock: Any) -> None:
    clock.now = BEFORE.timestamp()

    def due(store: Store) -> list[str]:
        return [what for _, what, _ in store.timers.due(clock.now + 9 * A_DAY)]

    async with still() as desk:
        await wind(desk, clock.now)
        tiers = [tier.id for tier in desk.knowledge.tiers.tiers]
        assert sorted(await desk.read(due, desk.store)) == sorted(f"digest:{t}" for t in tiers)
        desk.knowledge = replace(desk.knowledge, tiers=replace(desk.knowledge.tiers, digest=None))
        await wind(desk, clock.now)
        assert await desk.read(desk.store.digests.since, TIER) is None
