"""A tier's group becomes a supergroup: the desk goes along, and so do its tickets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.app import demo
from bot.app.wiring import live
from bot.channels.telegram import Telegram
from bot.core.content.knowledge import Knowledge
from bot.core.model.address import local
from bot.local_telegram import Group, LocalTelegram
from bot.loops import Desk
from bot.loops.group_changes import group_moved
from bot.store import RoomRow, Store
from tests.addresses import on_telegram

BASIC, SUPER = -4001, -1004001
WANG, LI = 1001, 2001
OpenDesk = Callable[[], AbstractAsyncContextManager[Desk[Store]]]


@pytest.fixture
async def telegram(knowledge: Knowledge) -> AsyncIterator[LocalTelegram]:
    """The first tier's agents are in a basic group."""
    tier, *others = knowledge.tiers.tiers
    groups = [Group(BASIC, tier.name, members=(LI,))]
    ids = {tier: int(local(group)) for tier, group in demo.groups_of(knowledge).items()}
    groups += [Group(ids[t.id], t.name, members=(2002,)) for t in others]
    people = [replace(person) for person in (*demo.TAXPAYERS, *demo.AGENTS)]
    async with LocalTelegram(people=people, groups=groups) as running:
        yield running


@pytest.fixture
def desk_on(telegram: LocalTelegram, knowledge: Knowledge, path: Any) -> OpenDesk:
    @asynccontextmanager
    async def open_desk() -> AsyncIterator[Desk[Store]]:
        channel = Telegram(telegram.token, telegram.url)
        groups = demo.groups_of(knowledge) | {knowledge.tiers.tiers[0].id: on_telegram(BASIC)}
        async with channel.connected(), live([channel], knowledge, path, groups) as (desk, _):
            yield desk

    return open_desk


@pytest.mark.parametrize("is_forum", [False, True], ids=["plain", "topics"])
@pytest.mark.parametrize("told", [True, False], ids=["by update", "by refusal"])
async def test_the_desk_follows_its_group_with_all_tickets_and_says_so(
    ticket: Any, telegram: LocalTelegram, desk_on: OpenDesk, is_forum: bool, told: bool
) -> None:
    ticket.group = BASIC
    async with desk_on() as desk:
        await ticket.opens()
        await ticket.wang.says("问题0")
        await ticket.li.sees("问题0", chat=BASIC)
        if not told:
            telegram.world.updates.allow(["callback_query"])
        telegram.make_supergroup(BASIC, LI, SUPER, is_forum=is_forum)
        telegram.world.updates.allow(["message", "callback_query", "edited_message"])
        await ticket.wang.says("问题1")
        ticket.group = SUPER
        await ticket.li.sees("已升级为超级群，机器人随之搬到这里", chat=SUPER)
        await ticket.li.sees("工单在这里继续", chat=SUPER)
        assert (ticket.thread is not None) is is_forum
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
        await ticket.ends()
        await ticket.wang.sees("🎉 好的")
        assert len(await desk.read(desk.store.tickets.rows)) == 1
    said = "\n".join(seen.text for seen in await ticket.li.history(chat=SUPER))
    assert ("问题0" in said, "问题1" in said) == (True, True)
    assert said.count("机器人随之搬到这里") == 1


async def test_after_a_restart_with_the_old_setting_it_still_knows_the_way(
    ticket: Any, telegram: LocalTelegram, desk_on: OpenDesk, knowledge: Knowledge
) -> None:
    ticket.group = BASIC
    async with desk_on():
        await ticket.opens()
        telegram.make_supergroup(BASIC, LI, SUPER)
        await ticket.li.sees("工单在这里继续", chat=SUPER)
    ticket.group = SUPER
    before = len(list(telegram.calls))
    async with desk_on() as desk:
        assert await desk.read(desk.group, knowledge.tiers.tiers[0].id) == on_telegram(SUPER)
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
        await ticket.wang.says("问题0")
        await ticket.li.sees("问题0", chat=SUPER)
    assert str(BASIC) not in {c.parameters.get("chat_id") for c in list(telegram.calls)[before:]}


async def test_what_an_agent_wrote_just_before_is_no_silence(
    ticket: Any, telegram: LocalTelegram, desk_on: OpenDesk
) -> None:
    ticket.group = BASIC
    async with desk_on():
        await ticket.opens()
    await ticket.answers("答复0")
    telegram.make_supergroup(BASIC, LI, SUPER)
    async with desk_on():
        await ticket.li.sees("工单在这里继续", chat=SUPER)
        await ticket.wang.sees("答复0")


async def test_of_two_orders_that_were_on_their_way_only_the_first_moves_the_group(
    still: Any, knowledge: Knowledge
) -> None:
    tier = knowledge.tiers.tiers[0].id
    async with still() as desk:
        old, new = await desk.read(desk.group, tier), on_telegram(SUPER)
        room = RoomRow("F2222", tier, new, 7, "F2222", False)
        await desk.write(group_moved, desk, old, new)
        await desk.write(desk.store.rooms.put_room, room)
        await desk.write(group_moved, desk, await desk.read(desk.group, tier), new)
        assert await desk.read(desk.group, tier) == new
        assert await desk.read(desk.store.rooms.room, "F2222", tier) == room
        assert await desk.read(desk.store.inbox.backlog) == 1
