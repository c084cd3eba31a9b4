"""Marks and whispers: done where they can be, else left undone or said to everybody."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.app import demo
from bot.core.model.effects import (
    Button,
    Chat,
    Edit,
    Group,
    Outgoing,
    Pin,
    React,
    Relay,
    Room,
    Send,
    Topic,
)
from bot.core.model.message import Item, Ref
from bot.local_telegram.wire.errors import bad_request
from bot.loops.deliver import deliver
from bot.store.account import account
from tests.addresses import on_telegram
from tests.patience import PATIENCE

WANG, LI, ZHOU = 1001, 2001, 2002
GROUP = demo.FIRST_GROUP
HER, ROOM = Chat(on_telegram(WANG)), Room("F2222", "frontline")
CASE = "conversation:telegram:1001"
CARD = Send(to=ROOM, text="卡片", key="card")
TOPIC = Topic(to=ROOM, title="F2222 待接单", icon="🧾")
BUTTONS = ((Button("好", "ok"),),)


@pytest.fixture(autouse=True)
async def started(telegram: Any) -> None:
    await telegram.person(WANG).says("/start")


async def does(desk: Any, *effects: Outgoing) -> None:
    """Order it, and wait until nothing waits any more."""
    await desk.write(desk.store.outbox.put, CASE, effects, desk.clock())
    desk.ordered.set()
    async with asyncio.timeout(PATIENCE):
        while await desk.read(desk.store.outbox.backlog):
            await asyncio.sleep(0.01)


async def told(desk: Any) -> list[Any]:
    """What the core is told of orders that were not carried out."""
    rows = await desk.read(desk.store.inbox.waiting, 10)
    return [row for row in rows if row.channel == "outbox"]


def thread_of(telegram: Any) -> int:
    (thread,) = telegram.world.chats[GROUP].topics
    return int(thread)


async def test_the_card_is_pinned_in_its_topic_which_has_an_icon(
    telegram: Any, still: Any, running: Any
) -> None:
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, CARD, Pin(to=ROOM, key="card"), Pin(to=ROOM, key="unknown"))
        room = await desk.read(desk.store.rooms.room, "F2222", "frontline")
        assert (room.thread, room.icon) == (thread_of(telegram), "🧾")
        (pinned,) = telegram.world.chats[GROUP].pinned
        assert telegram.world.chats[GROUP].find(pinned).text == "卡片"
        topic = telegram.world.chats[GROUP].topics[room.thread]
        icon = topic.icon
        assert icon
        edits = len([c for c in telegram.calls if c.method == "editForumTopic"])
        await does(desk, TOPIC, Topic(to=ROOM, title=TOPIC.title))
        assert len([c for c in telegram.calls if c.method == "editForumTopic"]) == edits
        await does(desk, Topic(to=ROOM, title=TOPIC.title, icon="✅"))
        assert topic.icon not in {None, icon}
        room = await desk.read(desk.store.rooms.room, "F2222", "frontline")
        assert (room.title, room.icon) == (TOPIC.title, "✅")
        assert await told(desk) == []


async def test_a_topic_that_is_made_again_has_its_icon_again(
    telegram: Any, still: Any, running: Any
) -> None:
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC)
        chat = telegram.world.chats[GROUP]
        icon = chat.topics[thread_of(telegram)].icon
        telegram.world.delete_topic(chat, chat.topics[thread_of(telegram)])
        await does(desk, CARD)
        assert chat.topics[thread_of(telegram)].icon == icon


async def test_a_reaction_is_on_the_message_or_on_its_copy(
    telegram: Any, still: Any, running: Any
) -> None:
    wang = telegram.person(WANG)
    said = await wang.says("发票查不到")
    ref = Ref(HER.address, said.id)
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, Relay(to=ROOM, items=(Item(ref, "text", html="发票查不到"),)))
        await does(desk, React(to=HER, ref=ref, sign="👀"), React(to=ROOM, ref=ref, sign="👍"))
        await does(desk, React(to=ROOM, ref=Ref(HER.address, 999), sign="👍"))
        copy = await desk.read(desk.store.outbox.counterpart, ref, on_telegram(GROUP))
        assert [r["emoji"] for r in telegram.reactions(WANG, said.id)] == ["👀"]
        assert [r["emoji"] for r in telegram.reactions(GROUP, copy)] == ["👍"]
        assert await told(desk) == []


async def test_where_no_mark_can_be_made_words_answer_the_message(
    telegram: Any, still: Any, running: Any
) -> None:
    li = telegram.person(LI)
    said = await li.says("在吗", chat=GROUP)
    mark = React(to=Group("frontline"), ref=Ref(on_telegram(GROUP), said.id), sign="👌", text="好")
    telegram.faults.on("setMessageReaction", bad_request("REACTION_INVALID"))
    async with still() as desk, running(deliver(desk)):
        await does(desk, mark)
        assert (await li.sees("好", chat=GROUP)).raw["reply_to_message"]["message_id"] == said.id
        telegram.faults.on("setMessageReaction", bad_request("message to react not found"))
        await does(desk, replace(mark, text="没有了"))
        assert not any("没有了" in seen.text for seen in await li.history(chat=GROUP))
        assert await told(desk) == []


@pytest.mark.parametrize("wrong", ["no topic", "kicked", "blocked", "nothing to edit", "too big"])
async def test_a_mark_that_is_refused_is_left_without_a_word(
    telegram: Any, still: Any, running: Any, path: Any, caplog: Any, wrong: str
) -> None:
    said = await telegram.person(LI).says("在吗", chat=GROUP)
    for method in ("pinChatMessage", "setMessageReaction"):
        telegram.faults.on(method, wrong)
    mark = React(to=ROOM, ref=Ref(on_telegram(GROUP), said.id), sign="👍")
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, CARD, Pin(to=ROOM, key="card"), mark, Send(to=ROOM, text="后来"))
        assert await told(desk) == []
        await telegram.person(LI).sees("后来", chat=GROUP)
    assert sum("is given up" in record.getMessage() for record in caplog.records) == 2
    found = account(path)
    assert found is not None
    assert found.is_settled


@pytest.mark.usefixtures("hasty")
async def test_a_mark_that_does_not_work_for_long_holds_up_nothing(
    telegram: Any, still: Any, running: Any
) -> None:
    telegram.faults.on("pinChatMessage", "error 500", times=None)
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, CARD)
        effects = (Pin(to=ROOM, key="card"), Send(to=ROOM, text="后来"))
        await desk.write(desk.store.outbox.put, CASE, effects, desk.clock())
        async with asyncio.timeout(PATIENCE):
            while await desk.read(desk.store.outbox.backlog):
                desk.clock.now += 60
                desk.ordered.set()
                await asyncio.sleep(0.01)
        await telegram.person(LI).sees("后来", chat=GROUP)
        assert await told(desk) == []


async def test_one_agent_alone_is_told_and_no_edit_finds_it(
    telegram: Any, still: Any, running: Any
) -> None:
    only = Send(to=ROOM, text="只给您", buttons=BUTTONS, key="hint", only=on_telegram(LI))
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, only, Edit(to=ROOM, key="hint", text="换"))
        thread = thread_of(telegram)
        seen = await telegram.person(LI).sees("只给您", chat=GROUP, thread=thread)
        assert "ephemeral_message_id" in seen.raw
        others = await telegram.person(ZHOU).history(chat=GROUP)
        assert not any("只给您" in each.text or "换" in each.text for each in others)
        assert await told(desk) == []


@pytest.mark.parametrize(
    ("only", "wrong"),
    [
        (on_telegram(LI), bad_request("USER_NOT_PARTICIPANT")),
        (on_telegram(WANG), None),
        ("console:you", None),
    ],
)
async def test_where_one_cannot_be_told_alone_everybody_is(
    telegram: Any, still: Any, running: Any, only: str, wrong: Any
) -> None:
    if wrong is not None:
        telegram.faults.on("sendMessage", wrong)
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, Send(to=ROOM, text="请看", only=only, key="hint"))
        await telegram.person(ZHOU).sees("请看", chat=GROUP)
        assert await desk.read(desk.store.outbox.named, ROOM, "hint") is not None
        assert await told(desk) == []


@pytest.mark.parametrize("wrong", [None, bad_request("USER_NOT_PARTICIPANT")])
async def test_what_nobody_else_may_see_is_never_told_to_all(
    telegram: Any, still: Any, running: Any, wrong: Any
) -> None:
    if wrong is not None:
        telegram.faults.on("sendMessage", wrong)
    only = on_telegram(LI) if wrong is not None else on_telegram(WANG)
    async with still() as desk, running(deliver(desk)):
        await does(desk, TOPIC, Send(to=ROOM, text="秘密", only=only, instead="请按按钮"))
        seen = await telegram.person(ZHOU).sees("请按按钮", chat=GROUP)
        assert "ephemeral_message_id" not in seen.raw
        assert not any("秘密" in s.text for s in await telegram.person(ZHOU).history(chat=GROUP))
        await does(desk, Send(to=ROOM, text="秘密", only=on_telegram(LI), instead="请按按钮"))
        await telegram.person(LI).sees("秘密", chat=GROUP)


async def test_in_a_private_chat_what_is_said_is_for_one_person_anyway(
    telegram: Any, still: Any, running: Any
) -> None:
    async with still() as desk, running(deliver(desk)):
        await does(desk, Send(to=HER, text="您好", only=HER.address, key="hi"))
        seen = await telegram.person(WANG).sees("您好")
        assert "ephemeral_message_id" not in seen.raw
