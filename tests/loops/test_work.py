"""Inbox to decisions: each event once, in order, and one that fails harms nobody else."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from bot.app import demo
from bot.channels.telegram import failures
from bot.local_telegram.wire.answers import Answer
from bot.loops.members import FRESH
from bot.loops.receive import take
from bot.loops.work import work_on

WANG, CHEN, LI, ZHOU = 1001, 1002, 2001, 2002
GROUP = demo.FIRST_GROUP
_queries = itertools.count(1)


def calls(telegram: Any, method: str) -> list[dict[str, Any]]:
    return [call.parameters for call in telegram.calls if call.method == method]


def broken(telegram: Any, chat: int | None) -> None:
    """An update that says less than every message does."""
    user = {"id": WANG, "is_bot": False, "first_name": "王芳"}
    message: dict[str, Any] = {"date": 0, "from": user, "text": "坏掉的消息"}
    if chat is not None:
        message["chat"] = {"id": chat, "type": "private"}
    telegram.world.updates.put("message", message, chat or 0)


async def ticket(telegram: Any, knowledge: Any) -> int:
    """王芳 has a ticket; returns its topic."""
    wang = telegram.person(WANG)
    await wang.says("/human")
    await wang.sees(lambda seen: knowledge.texts.talk.button_human_now in seen.buttons)
    await wang.presses(knowledge.texts.talk.button_human_now)
    await telegram.person(LI).sees("🎫", chat=GROUP)
    return int(max(telegram.world.chats[GROUP].topics))


def press(telegram: Any, agent: int, topic: int | None, data: str) -> str:
    """A press that a client shows although the agent is not there any more; returns its id."""
    chat = telegram.world.chats[GROUP]
    message = next(m for m in chat.messages.values() if m.thread == topic and m.markup)
    query = f"q{next(_queries)}"
    body = {
        "id": query,
        "from": telegram.world.users[agent].json,
        "chat_instance": "1",
        "message": message.json(),
        "data": data,
    }
    telegram.world.updates.put("callback_query", body, GROUP)
    return query


async def test_a_message_that_cannot_be_read_is_kept_and_shown_and_the_next_is_answered(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    wang, talk = telegram.person(WANG), knowledge.texts.talk
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await wang.says("/start")
        await wang.sees("您好")
        broken(telegram, WANG)
        await wang.says("/privacy")
        assert (await wang.sees()).text == talk.apology
        await wang.sees("资料怎样使用")
        ((number, error),) = await desk.read(desk.store.inbox.failed)
        assert error.startswith("Nonsense: message.")
        notice = await telegram.person(LI).sees("处理失败", chat=GROUP)
        assert f"第 {number} 行" in notice.text
        assert "Nonsense" in notice.text


async def test_an_update_of_nobody_is_kept_and_shown_to_staff_alone(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path) as desk:
        broken(telegram, None)
        await telegram.person(LI).sees("处理失败", chat=GROUP)
        assert len(await desk.read(desk.store.inbox.failed)) == 1
    assert len(calls(telegram, "sendMessage")) == 1


async def test_an_event_that_cannot_be_decided_leaves_the_conversation_as_it_was(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    """The authors' texts lack a word, as they would after a careless edit."""
    talk = replace(knowledge.texts.talk, received={})
    forgetful = replace(knowledge, texts=replace(knowledge.texts, talk=talk))
    wang, chen = telegram.person(WANG), telegram.person(CHEN)
    async with demo.desk_on(telegram, forgetful, path) as desk:
        await wang.says("/diagnose")
        question = await wang.sees()
        before = await desk.read(desk.store.conversations.load, "conversation:telegram:1001")
        await wang.sends_sticker("🙏")
        await chen.says("/help")
        assert (await wang.sees()).text == talk.apology
        await chen.sees("/diagnose")
        assert (
            await desk.read(desk.store.conversations.load, "conversation:telegram:1001") == before
        )
        assert (await wang.presses(next(iter(question.buttons)), question)).answered
        await wang.sees()
        assert [error for _, error in await desk.read(desk.store.inbox.failed)] == [
            "KeyError: 'sticker'"
        ]


async def test_a_decision_that_cannot_be_kept_whole_is_not_kept_at_all(
    telegram: Any, still: Any
) -> None:
    await telegram.person(WANG).says("/diagnose")
    async with still() as desk:
        desk.store._db.execute(
            "create trigger no before insert on outbox when new.effect like '%\"buttons\":[[%'"
            " begin select raise(abort, 'no buttons today'); end"
        )
        await take(desk, await desk.channel.fetch())
        assert await desk.write(work_on, desk) == (1, {})
        ((_, error),) = await desk.read(desk.store.inbox.failed)
        assert "no buttons today" in error
        assert await desk.read(desk.store.conversations.load, "conversation:telegram:1001") is None
        assert await desk.read(desk.store.outbox.backlog) == 2  # the notice and the apology


async def test_a_failure_of_the_file_itself_is_no_fault_of_the_event(
    telegram: Any, still: Any
) -> None:
    await telegram.person(WANG).says("/privacy")
    await telegram.person(WANG).says("/help")
    async with still() as desk:
        desk.store._db.execute(
            "create trigger no before insert on outbox when new.effect like '%/diagnose%'"
            " begin select raise(rollback, 'as a full disk does'); end"
        )
        await take(desk, await desk.channel.fetch())
        with pytest.raises(sqlite3.IntegrityError, match="full disk"):
            await desk.write(work_on, desk)
        assert await desk.read(desk.store.inbox.failed) == []
        assert await desk.read(desk.store.outbox.backlog) == 0
        desk.store._db.execute("drop trigger no")
        assert await desk.write(work_on, desk) == (2, {})


async def test_a_batch_that_has_taken_long_is_kept_and_the_rest_comes_in_the_next(
    telegram: Any, still: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("/privacy", "/help", "/ticket"):
        await telegram.person(WANG).says(text)
    async with still() as desk:
        await take(desk, await desk.channel.fetch())
        monkeypatch.setitem(work_on.__globals__, "ENOUGH", 0.0)
        assert await desk.write(work_on, desk) == (1, {})
        assert await desk.read(desk.store.inbox.backlog) == 2
        monkeypatch.setitem(work_on.__globals__, "ENOUGH", 60.0)
        assert await desk.write(work_on, desk) == (2, {})


async def test_a_failed_event_is_not_tried_again_after_a_restart(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    for _ in range(2):
        async with demo.desk_on(telegram, knowledge, path) as desk:
            if not calls(telegram, "sendMessage"):
                broken(telegram, None)
                await telegram.person(LI).sees("处理失败", chat=GROUP)
            await telegram.person(WANG).says("/help")
            await telegram.person(WANG).sees("/diagnose")
            assert len(await desk.read(desk.store.inbox.failed)) == 1
    notices = [each for each in calls(telegram, "sendMessage") if "失败" in each["text"]]
    assert len(notices) == 1


async def test_what_a_person_says_is_answered_in_the_order_of_saying(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    wang = telegram.person(WANG)
    for text in ("/privacy", "/ticket", "/help", "/privacy"):
        await wang.says(text)
    async with demo.desk_on(telegram, knowledge, path):
        for part in ("资料怎样使用", "没有进行中的工单", "/diagnose", "资料怎样使用"):
            assert part in (await wang.sees()).text


async def test_updates_that_come_again_after_a_crash_are_answered_once(
    telegram: Any, knowledge: Any, path: Any, still: Any
) -> None:
    wang = telegram.person(WANG)
    await wang.says("/help")
    async with still() as desk:
        await take(desk, await desk.channel.fetch())
        await desk.write(work_on, desk)
    await wang.says("/privacy")
    async with demo.desk_on(telegram, knowledge, path):
        await wang.sees("/diagnose")
        await wang.sees("资料怎样使用")
    assert len(calls(telegram, "sendMessage")) == 2


async def test_what_was_taken_but_not_worked_on_is_worked_on_after_a_restart(
    telegram: Any, knowledge: Any, path: Any, still: Any
) -> None:
    await telegram.person(WANG).says("/help")
    async with still() as desk:
        await take(desk, await desk.channel.fetch())
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(WANG).sees("/diagnose")


async def test_telegram_is_asked_who_belongs_to_the_group_and_believed_for_ten_minutes(
    knowledge: Any, scene: Any
) -> None:
    assert FRESH == 600
    async with scene() as stage:
        telegram, clock = stage.telegram, stage.clock
        wang, li = telegram.person(WANG), telegram.person(LI)
        topic = await ticket(telegram, knowledge)
        await li.presses(knowledge.texts.staff.button_claim, chat=GROUP, thread=topic)
        asked = []
        for ahead in (0, 599, 2):
            clock.ahead += ahead
            await li.says(f"过了 {ahead} 秒", chat=GROUP, thread=topic)
            await wang.sees(f"过了 {ahead} 秒")
            asked.append(len(calls(telegram, "getChatMember")))
        assert asked == [1, 1, 2]
        (first, *_) = calls(telegram, "getChatMember")
        assert (int(first["chat_id"]), int(first["user_id"])) == (GROUP, LI)


async def test_somebody_who_left_the_group_cannot_act(
    knowledge: Any, scene: Any, eventually: Any
) -> None:
    async with scene() as stage:
        telegram, desk = stage.telegram, stage.desk
        topic = await ticket(telegram, knowledge)
        zhou = telegram.person(ZHOU)
        await zhou.says("我看看", chat=GROUP, thread=topic)
        await telegram.person(LI).sees(knowledge.texts.staff.claim_first, chat=GROUP, thread=topic)
        await zhou.does("leave", chat=GROUP)
        stage.clock.ahead += FRESH + 1
        (row,) = await desk.read(desk.store.tickets.rows)
        query = press(telegram, ZHOU, topic, f"claim:{row['number']}")

        async def answered() -> bool:
            answers = calls(telegram, "answerCallbackQuery")
            return any(answer["callback_query_id"] == query for answer in answers)

        await eventually(answered)
        *_, answer = calls(telegram, "answerCallbackQuery")
        assert answer["text"] == knowledge.texts.staff.members_only
        (row,) = await desk.read(desk.store.tickets.rows)
        assert (row["status"], row["owner"]) == ("new", None)


async def test_while_telegram_cannot_say_who_belongs_the_others_are_answered(
    telegram: Any, knowledge: Any, path: Any, faults: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "RETRY", 0.02)
    away = [True]

    async def fail(parameters: Any) -> Answer | None:
        return Answer(502, {"ok": False, "error_code": 502}) if away else None

    faults["getChatMember"] = fail
    wang, chen, li = (telegram.person(who) for who in (WANG, CHEN, LI))
    async with demo.desk_on(telegram, knowledge, path):
        topic = await ticket(telegram, knowledge)
        await li.says("/claim", chat=GROUP, thread=topic)
        await li.says("您好，我是小李", chat=GROUP, thread=topic)
        await chen.says("/help")
        await chen.sees("/diagnose")
        away.clear()
        await wang.sees("小李")
        await wang.sees("您好，我是小李")


async def test_a_button_in_the_group_that_belongs_to_no_ticket_is_answered_kindly(
    telegram: Any, knowledge: Any, path: Any, eventually: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        topic = await ticket(telegram, knowledge)
        del telegram.world.chats[GROUP].topics[topic]
        message = next(m for m in telegram.world.chats[GROUP].messages.values() if m.markup)
        message.topic = message.thread = None
        message.id += 1000
        query = press(telegram, LI, None, "claim:F2222")

        async def answered() -> bool:
            answers = calls(telegram, "answerCallbackQuery")
            return any(answer["callback_query_id"] == query for answer in answers)

        await eventually(answered)
        *_, answer = calls(telegram, "answerCallbackQuery")
        assert answer["text"] == knowledge.texts.staff.old_button
