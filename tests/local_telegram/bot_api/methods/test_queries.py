"""Presses of buttons and their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Refused
from bot.local_telegram.bot_api import presses

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


async def test_a_press_is_answered_once_and_in_time(
    started: LocalTelegram, call: Call, refused: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    await call("sendMessage", chat_id=WANG, text="?", reply_markup=keyboard)
    pressing = asyncio.create_task(started.person(WANG).presses("好"))
    (update,) = await call("getUpdates", timeout=5)
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("ok", WANG)
    assert query["message"]["text"] == "?"
    answer = {"callback_query_id": query["id"], "text": "收到", "show_alert": True}
    assert await call("answerCallbackQuery", **answer) is True
    answered = await pressing
    assert (answered.answered, answered.text, answered.alert) == (True, "收到", True)
    assert await call("answerCallbackQuery", **answer) is True
    monkeypatch.setattr(presses, "QUERY_SECONDS", -1)
    assert "query is too old" in await refused("answerCallbackQuery", **answer)
    assert "query is too old" in await refused("answerCallbackQuery", callback_query_id="5")


async def test_a_person_can_only_press_a_button_that_is_there(
    started: LocalTelegram, call: Call
) -> None:
    message = await call("sendMessage", chat_id=WANG, text="没有按钮")
    person = started.person(WANG)
    seen = (await person.history())[-1]
    assert seen.id == message["message_id"]
    with pytest.raises(Refused, match="no such button"):
        await person.presses("forged", seen)
