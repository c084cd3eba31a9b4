"""Commands that a bot registers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]


async def test_the_bots_texts_and_commands_are_kept_by_language_and_scope(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    await call("setMyDescription", description="查票")
    assert await call("getMyDescription", language_code="zh") == {"description": "查票"}
    assert "too long" in await refused("setMyShortDescription", short_description="长" * 121)
    commands = [{"command": "start", "description": "开始"}]
    scope = {"type": "all_private_chats"}
    await call("setMyCommands", commands=commands, scope=scope)
    assert await call("getMyCommands", scope=scope) == commands
    assert await call("getMyCommands") == []
    await call("deleteMyCommands", scope=scope)
    assert await call("getMyCommands", scope=scope) == []


@pytest.mark.parametrize(
    ("commands", "scope", "reason"),
    [
        ([{"command": "大写", "description": "x"}], None, "BOT_COMMAND_INVALID"),
        ([{"command": "Start", "description": "x"}], None, "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], None, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([], {"type": "chat", "chat_id": 5}, "chat not found"),
        ([], {"type": "galaxy"}, "unsupported type specified"),
    ],
)
async def test_commands_that_telegram_would_refuse_are_refused(
    telegram: LocalTelegram, refused: Call, commands: Any, scope: Any, reason: str
) -> None:
    said = await refused("setMyCommands", commands=commands, scope=scope)
    assert said == f"Bad Request: {reason}"
