"""Two bots in one group: each hears people, neither hears the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM, PLAIN = -1001000000001, -1001000000002
TOKEN = "7000000002:another"
KEYBOARD = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}


@pytest.fixture
async def other(telegram: LocalTelegram) -> AsyncIterator[Call]:
    """Calls of the second bot, which is in the group without topics."""
    telegram.another_bot(TOKEN, "抽奖", "lottery_bot", [PLAIN])
    async with aiohttp.ClientSession() as session:

        async def call(method: str, /, **parameters: Any) -> Any:
            url = f"{telegram.url}/bot{TOKEN}/{method}"
            async with session.post(url, json=parameters) as response:
                answer = await response.json()
                return answer["result"] if answer["ok"] else answer["description"]

        yield call


async def test_people_are_heard_by_both_and_a_bot_by_people_alone(
    telegram: LocalTelegram, call: Call, other: Call
) -> None:
    assert (await other("getMe"))["username"] == "lottery_bot"
    sent = await other("sendMessage", chat_id=PLAIN, text="恭喜中奖")
    assert (await telegram.person(LI).sees("恭喜中奖", chat=PLAIN)).sender == "抽奖"
    await call("sendMessage", chat_id=PLAIN, text="卡片")
    assert await call("getUpdates") == await other("getUpdates") == []
    await telegram.person(LI).says("谁来", chat=PLAIN, reply_to=sent["message_id"])
    for bot in (call, other):
        (update,) = await bot("getUpdates")
        assert update["message"]["reply_to_message"]["text"] == "恭喜中奖"


async def test_the_second_bot_lives_in_its_groups_alone(
    started: LocalTelegram, call: Call, other: Call
) -> None:
    await started.person(WANG).says("私聊")
    await started.person(LI).says("别的群", chat=FORUM)
    assert await other("getUpdates") == []
    assert await other("sendMessage", chat_id=WANG, text="x") == "Bad Request: chat not found"
    assert await other("sendMessage", chat_id=FORUM, text="x") == "Bad Request: chat not found"
    assert len(await call("getUpdates")) == 2


async def test_a_press_goes_to_the_bot_whose_button_it_is(
    telegram: LocalTelegram, call: Call, other: Call
) -> None:
    await other("sendMessage", chat_id=PLAIN, text="?", reply_markup=KEYBOARD)
    pressing = asyncio.create_task(telegram.person(LI).presses("好", chat=PLAIN))
    (update,) = await other("getUpdates", timeout=5)
    await other("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="中")
    assert (await pressing).text == "中"
    assert await call("getUpdates") == []


async def test_a_bot_neither_edits_nor_deletes_the_others_messages(
    telegram: LocalTelegram, call: Call, other: Call
) -> None:
    card = await call("sendMessage", chat_id=PLAIN, text="卡片")
    one = {"chat_id": PLAIN, "message_id": card["message_id"]}
    assert "can't be edited" in await other("editMessageText", text="x", **one)
    assert "can't be deleted" in await other("deleteMessage", **one)


async def test_each_bot_learns_of_its_own_membership_and_both_of_service_messages(
    telegram: LocalTelegram, call: Call, other: Call
) -> None:
    telegram.demote_bot(PLAIN, by=LI)
    (update,) = await call("getUpdates")
    assert "my_chat_member" in update
    assert await other("getUpdates") == []
    telegram.add_bot(PLAIN, by=LI)
    await call("getUpdates", offset=-1)
    message = await call("sendMessage", chat_id=PLAIN, text="置顶")
    await call("pinChatMessage", chat_id=PLAIN, message_id=message["message_id"])
    for bot in (call, other):
        assert "pinned_message" in (await bot("getUpdates"))[-1]["message"]
    assert await other("leaveChat", chat_id=PLAIN) is True
    assert "my_chat_member" in (await other("getUpdates"))[-1]
    await telegram.person(LI).says("走了", chat=PLAIN)
    assert "message" not in (await other("getUpdates"))[-1]
