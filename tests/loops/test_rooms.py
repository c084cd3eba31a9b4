"""Whoever writes in a tier's group reaches the right person or colleagues, or is told why not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import Group, Send
from bot.local_telegram import LocalTelegram

GROUP = demo.FIRST_GROUP
LI, ZHOU = 2001, 2002
NOTICE, UNKNOWN = "这是系统通知", "认不出您回复的是哪张工单"
OVER = "已关闭，消息没有发给用户"


@pytest.fixture
def topics() -> bool:
    return True


@pytest.fixture
async def telegram(knowledge: Knowledge, topics: bool) -> AsyncIterator[LocalTelegram]:
    async with demo.telegram_for(knowledge, topics=topics) as running:
        yield running


WANG = "conversation:telegram:1001"


def flat(test: Any) -> Any:
    return pytest.mark.parametrize("topics", [False], ids=["flat"])(test)


def either(test: Any) -> Any:
    return pytest.mark.parametrize("topics", [True, False], ids=["topics", "flat"])(test)


async def notice(desk: Any, subject: str = WANG, tier: str = "frontline") -> None:
    """The desk tells a tier's group of something that is filed under a person."""
    said = [Send(to=Group(tier), text="有一条消息处理失败")]
    await desk.write(desk.store.outbox.put, subject, said, desk.clock())
    desk.ordered.set()


async def reply(ticket: Any, to: Any, text: str = "回复0", who: int = LI) -> None:
    await ticket.telegram.person(who).says(text, chat=GROUP, thread=to.thread, reply_to=to)


async def told(ticket: Any, part: str, who: int = LI) -> str:
    """What the writer reads, as the answer to their own message."""
    seen = await ticket.li.sees(part, chat=GROUP)
    assert seen.raw["reply_to_message"]["from"]["id"] == who
    return str(seen.text)


@either
async def test_a_reply_to_a_notice_reaches_nobody_and_its_writer_is_shown_the_room(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        await notice(desk)
        await reply(ticket, await ticket.li.sees("处理失败", chat=GROUP))
        where = ticket.thread or (await ticket.card()).id
        assert f"https://t.me/c/1000000001/{where}" in await told(ticket, NOTICE)
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
    assert await ticket.heard("回复") == []


@pytest.mark.parametrize("subject", ["desk:", "conversation:telegram:1002"])
async def test_a_notice_that_is_about_no_open_ticket_shows_no_room(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, subject: str
) -> None:
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        await notice(desk, subject)
        await reply(ticket, await ticket.li.sees("处理失败", chat=GROUP))
        assert "F" not in await told(ticket, NOTICE)


async def test_what_the_desk_tells_of_a_reply_is_a_notice_itself(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        await notice(desk)
        await reply(ticket, await ticket.li.sees("处理失败", chat=GROUP))
        await reply(ticket, await ticket.li.sees(NOTICE, chat=GROUP), "回复1", ZHOU)
        await told(ticket, NOTICE, ZHOU)
    assert await ticket.heard("回复") == []


@either
async def test_talk_among_agents_outside_of_rooms_is_left_alone(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    zhou = telegram.person(ZHOU)
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        await notice(desk)
        seen = await ticket.li.sees("处理失败", chat=GROUP)
        chatter = await zhou.says("中午吃什么", chat=GROUP)
        await reply(ticket, chatter)
        await ticket.li.says("/claim", chat=GROUP)
        await reply(ticket, seen)
        await told(ticket, NOTICE)
    answers = [
        call.parameters
        for call in telegram.calls
        if call.method == "sendMessage" and "reply_parameters" in call.parameters
    ]
    assert len([each for each in answers if NOTICE in each["text"]]) == 1
    own = {chatter.id, chatter.id + 1, chatter.id + 2}
    assert not own & {each["reply_parameters"]["message_id"] for each in answers}


@flat
async def test_where_there_are_no_topics_a_reply_to_anything_of_a_room_is_said_in_it(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.wang.says("问题0")
        asked = await ticket.li.sees("问题0", chat=GROUP)
        claimed = next(
            seen for seen in await ticket.li.history(chat=GROUP) if "已接单" in seen.text
        )
        note = await ticket.li.says("// 内部", chat=GROUP, reply_to=await ticket.card())
        before = await ticket.li.says("答复", chat=GROUP, reply_to=await ticket.card())
        others = [await ticket.card(), asked, claimed, note, before]
        for n, other in enumerate(others):
            await reply(ticket, other, f"回复{n}")
            await ticket.wang.sees(f"回复{n}")
    assert await ticket.heard("//") == []


@flat
async def test_a_colleagues_reply_to_what_an_agent_said_stays_inside_and_is_told(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        said = await ticket.li.says("答复0", chat=GROUP, reply_to=await ticket.card())
        await ticket.wang.sees("答复0")
        await reply(ticket, said, "回复0", ZHOU)
        await told(ticket, "由 小李 负责", ZHOU)
    assert await ticket.heard("回复") == []


@flat
async def test_what_belongs_to_an_older_ticket_stays_with_it(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    """The person has a new one, and a reply to the old one's messages is not meant for it."""
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        await ticket.wang.says("问题0")
        asked = await ticket.li.sees("问题0", chat=GROUP)
        said = await ticket.li.says("答复0", chat=GROUP, reply_to=await ticket.card())
        await ticket.wang.sees("答复0")
        card = await ticket.card()
        await ticket.ends()
        await ticket.li.sees("用户确认已解决", chat=GROUP)
        await ticket.opens()
        # As a desk has it that did not keep in which room a message was said.
        await desk.write(
            desk.store._db.execute, "delete from copies where source_chat = chat and lane like 'r%'"
        )
        for n, other in enumerate((card, asked, said)):
            await reply(ticket, other, f"回复{n}")
            await told(ticket, OVER)
        await ticket.answers("答复1")
        await ticket.wang.sees("答复1")
    assert await ticket.heard("回复") == []


@flat
async def test_an_edit_whose_reply_is_gone_still_reaches_the_person(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.wang.says("问题0")
        asked = await ticket.li.sees("问题0", chat=GROUP)
        said = await ticket.li.says("答复0", chat=GROUP, reply_to=asked)
        await ticket.wang.sees("答复0")
        telegram.world.delete(telegram.world.chats[GROUP].messages[asked.id])
        await ticket.li.edits(said, "答复0，改了")
        await ticket.wang.sees("答复0，改了")


@flat
async def test_a_reply_to_a_message_of_the_desk_that_it_does_not_know_is_told(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    """As of a card that was sent a second time after a kill."""
    world = telegram.world
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        lost = world.post(world.chats[GROUP], world.bot, {"text": "🎫 F2222"})
        await ticket.li.says("回复0", chat=GROUP, reply_to=lost.id)
        await told(ticket, UNKNOWN)
    assert await ticket.heard("回复") == []


@either
async def test_the_card_is_pinned_in_its_topic_and_no_card_where_many_share_a_chat(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, topics: bool
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
        card = await ticket.card()
    assert telegram.world.chats[GROUP].pinned == ([card.id] if topics else [])
    assert telegram.world.chats[GROUP].topics.keys() == ({card.thread} if topics else set())
