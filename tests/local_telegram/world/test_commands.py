"""Which commands a person is offered: the narrowest scope wins, as in Telegram."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM = -1001000000001


async def test_the_narrowest_scope_with_commands_is_offered(
    telegram: LocalTelegram, call: Call
) -> None:
    async def offered(user: int, chat: int) -> list[str]:
        async with aiohttp.ClientSession(telegram.url) as session:
            asked = {"user": user, "chat": chat}
            async with session.get("/client/commands", params=asked) as response:
                return [command["command"] for command in await response.json()]

    async def register(command: str, **scope: Any) -> None:
        commands = [{"command": command, "description": "x"}]
        await call("setMyCommands", commands=commands, scope=scope)

    assert await offered(WANG, WANG) == []
    await register("any", type="default")
    assert await offered(WANG, WANG) == await offered(LI, FORUM) == ["any"]
    await register("private", type="all_private_chats")
    await register("groups", type="all_group_chats")
    assert await offered(WANG, WANG) == ["private"]
    assert await offered(ZHAO, FORUM) == ["groups"]
    await register("admins", type="all_chat_administrators")
    assert await offered(LI, FORUM) == ["admins"]
    assert await offered(ZHAO, FORUM) == ["groups"]
    await register("here", type="chat", chat_id=FORUM)
    assert await offered(LI, FORUM) == await offered(ZHAO, FORUM) == ["here"]
    await register("mine", type="chat_member", chat_id=FORUM, user_id=ZHAO)
    assert await offered(ZHAO, FORUM) == ["mine"]


async def test_a_list_in_the_persons_language_goes_before_the_general_one(
    telegram: LocalTelegram, call: Call
) -> None:
    for language in ("zh", ""):
        commands = [{"command": f"in_{language}", "description": "x"}]
        await call("setMyCommands", commands=commands, language_code=language)
    async with (
        aiohttp.ClientSession(telegram.url) as session,
        session.get("/client/commands", params={"user": WANG}) as response,
    ):
        assert [command["command"] for command in await response.json()] == ["in_zh"]
