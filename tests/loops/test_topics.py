"""Whoever writes in a topic that the desk left behind is heard, or is shown the ticket's room."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import LocalTelegram
from bot.local_telegram.wire.errors import bad_request

GROUP = demo.FIRST_GROUP
LI = 2001
NOTICE, LEFT = "这是系统通知", "这里不再处理这张工单"
OVER = "已关闭，消息没有发给用户"


async def leaves_a_topic(ticket: Any, telegram: LocalTelegram, desk_on: Any) -> int:
    """A desk that ends between `createForumTopic` and keeping what it made; returns the topic."""
    telegram.faults.on("createForumTopic", "timeout after")
    talk = ticket.knowledge.texts.talk
    async with desk_on():
        await ticket.wang.says("/human")
        await ticket.wang.sees(lambda seen: talk.button_human_now in seen.buttons)
        await ticket.wang.presses(talk.button_human_now)
        await ticket.wang.sees("工单号")
        await ticket.li.sees(lambda seen: "forum_topic_created" in seen.raw, chat=GROUP)
    return int(ticket.thread)


@pytest.fixture
def desk_on(
    telegram: LocalTelegram, knowledge: Knowledge, path: Any, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Opens a desk, which does not wait for what is not answered when it leaves."""
    monkeypatch.setattr("bot.loops.PATIENCE", 0.1)
    return lambda: demo.desk_on(telegram, knowledge, path)


async def test_the_first_word_in_a_topic_that_was_left_behind_makes_it_the_room(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    topic = await leaves_a_topic(ticket, telegram, desk_on)
    telegram.faults.on("createForumTopic", "error 500")
    async with desk_on():
        await ticket.li.says("/claim", chat=GROUP, thread=topic)
        await ticket.wang.sees("小李")
        await ticket.li.says("答复0", chat=GROUP, thread=topic)
        await ticket.wang.sees("答复0")
        await ticket.li.sees("🎫", chat=GROUP, thread=topic)
        await ticket.wang.says("问题0")
        await ticket.li.sees("问题0", chat=GROUP, thread=topic)
    assert [*telegram.world.chats[GROUP].topics] == [topic]


async def test_who_writes_in_a_topic_that_was_left_behind_is_shown_the_room(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    left = await leaves_a_topic(ticket, telegram, desk_on)
    async with desk_on():
        card = await ticket.li.sees("🎫", chat=GROUP)
        assert card.thread == ticket.thread != left
        said = await ticket.li.says("回复0", chat=GROUP, thread=left)
        seen = await ticket.li.sees(LEFT, chat=GROUP, thread=left)
        assert f"https://t.me/c/1000000001/{card.thread}" in seen.text
        for other, answer in ((said, LEFT), (seen, NOTICE)):
            await ticket.li.says("回复1", chat=GROUP, thread=left, reply_to=other)
            again = await ticket.li.sees(answer, chat=GROUP, thread=left)
            assert f"https://t.me/c/1000000001/{card.thread}" in again.text
        await ticket.li.edits(said, "回复0，改了")
        await ticket.li.sees(LEFT, chat=GROUP, thread=left)
        await ticket.li.says("/claim", chat=GROUP, thread=card.thread)
        await ticket.wang.sees("小李")
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
    assert await ticket.heard("回复") == []


async def test_a_topic_whose_ticket_is_closed_or_erased_says_so(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, desk_on: Any
) -> None:
    left = await leaves_a_topic(ticket, telegram, desk_on)
    talk, staff = knowledge.texts.talk, knowledge.texts.staff
    async with desk_on():
        card = await ticket.li.sees("🎫", chat=GROUP)
        await ticket.li.presses(staff.button_claim, card)
        await ticket.wang.sees("小李")
        await ticket.ends()
        await ticket.li.sees("用户确认已解决", chat=GROUP)
        await ticket.li.says("回复0", chat=GROUP, thread=left)
        await ticket.li.sees(OVER, chat=GROUP, thread=left)
        await ticket.wang.says("/delete")
        await ticket.wang.sees(lambda seen: talk.button_delete in seen.buttons)
        await ticket.wang.presses(talk.button_delete)
        await ticket.wang.sees(lambda seen: talk.deleted.strip()[:6] in seen.text)
        await ticket.li.says("回复1", chat=GROUP, thread=left)
        await ticket.li.sees(staff.gone, chat=GROUP, thread=left)


async def test_a_topic_that_was_replaced_because_it_stays_closed_shows_the_new_one(
    ticket: Any, telegram: LocalTelegram, desk_on: Any
) -> None:
    async with desk_on():
        await ticket.opens()
        old = ticket.thread
        telegram.world.chats[GROUP].topics[old].closed = True
        telegram.faults.on("copyMessage", "topic closed", chat=GROUP)
        telegram.faults.on("reopenForumTopic", bad_request("not enough rights"))
        await ticket.wang.says("问题0")
        await ticket.li.sees("已重建", chat=GROUP)
        await ticket.li.says("回复0", chat=GROUP, thread=old)
        seen = await ticket.li.sees(LEFT, chat=GROUP, thread=old)
    assert f"https://t.me/c/1000000001/{ticket.thread}" in seen.text
    assert await ticket.heard("回复") == []


@pytest.mark.parametrize("name", ["F2222 自己的话题", "值班表"])
async def test_agents_own_topics_are_left_alone(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, name: str
) -> None:
    world = telegram.world
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        room, chat = ticket.thread, world.chats[GROUP]
        own = world.open_topic(chat, world.users[LI], name, 0x6FB9F0)
        await ticket.li.says("回复0", chat=GROUP, thread=own.id)
        await ticket.li.says("答复0", chat=GROUP, thread=room)
        await ticket.wang.sees("答复0")
    said = await ticket.li.history(chat=GROUP, thread=own.id)
    assert [seen.text for seen in said if not seen.is_mine] == []
    assert await ticket.heard("回复") == []


async def test_the_topic_that_a_ticket_left_tells_the_way_to_its_new_one(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, desk_on: Any
) -> None:
    staff, zhou = knowledge.texts.staff, telegram.person(2002)
    above = knowledge.tiers.tiers[1].name
    async with desk_on():
        await ticket.opens()
        await ticket.li.presses(staff.button_escalate, await ticket.card())
        sure = staff.button_escalate_yes.format(tier=above)
        asked = await ticket.li.sees(lambda seen: sure in seen.buttons, chat=GROUP)
        await ticket.li.presses(sure, asked)
        card = await zhou.sees("🎫", chat=GROUP - 1)
        way = f"https://t.me/c/{str(card.chat)[4:]}/{card.thread}"
        await ticket.li.sees(way, chat=GROUP, thread=ticket.thread)
