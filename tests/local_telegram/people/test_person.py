"""A person at an app: reads on, misses nothing, and says what came instead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person, Refused

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM = -1001000000001


async def test_one_reads_on_from_what_was_last_seen(started: LocalTelegram, call: Call) -> None:
    for text in ("请选择 1", "请选择 2"):
        await call("sendMessage", chat_id=WANG, text=text)
    person = started.person(WANG)
    assert (await person.sees("请选择")).text == "请选择 1"
    assert (await person.sees("请选择")).text == "请选择 2"
    with pytest.raises(TimeoutError):
        await person.sees("请选择", timeout=0.01)


async def test_one_waits_for_what_comes_later(started: LocalTelegram, call: Call) -> None:
    waiting = asyncio.create_task(started.person(WANG).sees(lambda seen: "ok" in seen.buttons))
    await call("sendMessage", chat_id=WANG, text="先")
    keyboard = {"inline_keyboard": [[{"text": "ok", "callback_data": "1"}]]}
    await call("sendMessage", chat_id=WANG, text="后", reply_markup=keyboard)
    assert (await waiting).text == "后"


async def test_an_edit_is_seen_as_something_new(started: LocalTelegram, call: Call) -> None:
    message = await call("sendMessage", chat_id=WANG, text="草稿")
    person = started.person(WANG)
    await person.sees("草稿")
    await call("editMessageText", chat_id=WANG, message_id=message["message_id"], text="定稿")
    assert (await person.sees("定稿")).id == message["message_id"]


async def test_an_app_opened_late_knows_what_was_said_before(
    telegram: LocalTelegram, call: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="T-1")
    thread = topic["message_thread_id"]
    await call("sendMessage", chat_id=FORUM, message_thread_id=thread, text="卡片")
    person = Person(telegram.url, LI)
    try:
        card = await person.sees("卡片", chat=FORUM)
        assert card.thread == thread
        assert (await person.sees("卡片", chat=FORUM, thread=thread)).id == card.id
    finally:
        await person.close()


async def test_waiting_in_vain_tells_what_was_said_instead(
    started: LocalTelegram, call: Call
) -> None:
    await call("sendMessage", chat_id=WANG, text="别的话")
    with pytest.raises(TimeoutError, match="小票: 别的话"):
        await started.person(WANG).sees("想要的话", timeout=0.05)


async def test_a_button_that_no_message_has_cannot_be_pressed(started: LocalTelegram) -> None:
    with pytest.raises(Refused, match="no message has a button"):
        await started.person(WANG).presses("没有")


async def test_one_who_does_not_exist_cannot_act(telegram: LocalTelegram) -> None:
    with pytest.raises(Refused, match="no such person"):
        await telegram.person(404).says("x")
