"""Updates that come twice, in the wrong order, with strange numbers or without sense."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

from bot.app import demo
from bot.app.wiring import live
from bot.channels.telegram import Telegram
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import LocalTelegram
from bot.loops import Desk, serve
from bot.store import Store

ASKED = [f"问题{n}" for n in range(4)]
SECRET = "s" * 32


@pytest.fixture(params=["polling", "webhook"])
def desk_on(
    request: pytest.FixtureRequest, telegram: LocalTelegram, knowledge: Knowledge, path: Any,
) -> Any:  # fmt: skip
    """Opens a desk that gets its updates one way or the other."""

    @asynccontextmanager
    async def by_webhook() -> AsyncIterator[Desk[Store]]:
        channel, address = Telegram(telegram.token, telegram.url), f"127.0.0.1:{unused_port()}"
        with serve(address, "telegram", SECRET) as receive:
            groups = demo.groups_of(knowledge)
            async with channel.connected():
                await channel.listen(f"http://{address}/", SECRET)
                async with live([channel], knowledge, path, groups, receive=receive) as (desk, _):
                    yield desk

    if request.param == "webhook":
        return by_webhook
    return lambda: demo.desk_on(telegram, knowledge, path)


@pytest.mark.parametrize("twist", ["twice", "jump"])
async def test_each_update_is_applied_once_and_in_order(
    ticket: Any, telegram: LocalTelegram, desk_on: Any, twist: Any
) -> None:
    telegram.faults.on_update(twist, times=None)
    async with desk_on() as desk:
        await ticket.opens()
        for asked in ASKED:
            await ticket.wang.says(asked)
        await ticket.li.sees(ASKED[-1], chat=ticket.group)
        await ticket.ends()
        await ticket.wang.sees("已关闭")
        assert len(await desk.read(desk.store.tickets.rows)) == 1
    assert await ticket.shown("问题") == ASKED
    assert len(await ticket.heard("🎉 好的")) == 1


async def test_updates_fetched_in_the_wrong_order_are_applied_in_theirs(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        telegram.faults.on_update("late", times=2)
        telegram.faults.on_update("late", nth=2)
        for asked in ASKED:
            await ticket.wang.says(asked)
        await ticket.li.sees(ASKED[-1], chat=ticket.group)
    assert len(telegram.faults.happened) == 3
    assert await ticket.shown("问题") == ASKED


async def test_updates_posted_in_the_wrong_order_are_all_applied_once(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    async with desk_on():
        await ticket.opens()
        telegram.faults.on_update("late")
        for asked in ASKED:
            await ticket.wang.says(asked)
        for _ in ASKED:
            await ticket.li.sees("问题", chat=ticket.group)
    assert sorted(await ticket.shown("问题")) == ASKED


async def test_numbers_that_begin_anew_after_a_quiet_week_lose_nothing(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    async with desk_on():
        await ticket.opens()
        telegram.world.updates.begin_anew(1000)
        for asked in ASKED:
            await ticket.wang.says(asked)
            await ticket.li.sees(asked, chat=ticket.group)
    assert await ticket.shown("问题") == ASKED


async def test_an_update_that_makes_no_sense_is_kept_for_staff_and_blocks_nothing(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    async with desk_on() as desk:
        await ticket.opens()
        telegram.faults.on_update("broken", chat=ticket.wang.id, nth=2)
        for asked in ASKED:
            await ticket.wang.says(asked)
        await ticket.li.sees("fapiao-desk dead", chat=ticket.group)
        await ticket.li.sees(ASKED[-1], chat=ticket.group)
        ((_, error),) = await desk.read(desk.store.inbox.failed)
        assert error.startswith("Nonsense: message.")
    assert await ticket.shown("问题") == [ASKED[0], *ASKED[2:]]
    assert len(await ticket.heard(ticket.knowledge.texts.talk.apology)) == 1


async def test_a_body_that_is_no_update_changes_nothing(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    telegram.world.updates.put("message", {"chat": 5}, 0)
    async with desk_on() as desk:
        await ticket.opens()
        assert len(await desk.read(desk.store.inbox.failed)) == 1
