"""What a bot is told of a chat."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001
FORUM = -1001000000001


async def test_a_chat_says_what_it_is(telegram: LocalTelegram, call: Call) -> None:
    forum = await call("getChat", chat_id=FORUM)
    assert (forum["type"], forum["is_forum"]) == ("supergroup", True)
    assert (await call("getChat", chat_id=str(WANG)))["username"] == "wangfang"


async def test_a_chat_action_must_be_one_that_telegram_knows(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    assert await call("sendChatAction", chat_id=WANG, action="typing") is True
    assert "wrong parameter action" in await refused(
        "sendChatAction", chat_id=WANG, action="juggling"
    )
