"""Topics, members, files, commands and answers to presses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import Attachment, LocalTelegram, Refused
from bot.local_telegram.bot_api.methods import chats as methods

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002


async def test_members_are_known_by_their_status(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    async def status(user: int) -> Any:
        return (await call("getChatMember", chat_id=FORUM, user_id=user))["status"]

    assert await status(LI) == "creator"
    assert await status(ZHAO) == "member"
    assert await status(WANG) == "left"
    assert await status((await call("getMe"))["id"]) == "administrator"
    await telegram.person(ZHAO).does("leave", chat=FORUM)
    assert await status(ZHAO) == "left"
    assert await call("getChatMemberCount", chat_id=FORUM) == 2
    assert len(await call("getChatAdministrators", chat_id=FORUM)) == 2
    assert "user not found" in await refused("getChatMember", chat_id=FORUM, user_id=77)


async def test_a_chat_says_what_it_is(telegram: LocalTelegram, call: Call) -> None:
    forum = await call("getChat", chat_id=FORUM)
    assert (forum["type"], forum["is_forum"]) == ("supergroup", True)
    assert (await call("getChat", chat_id=str(WANG)))["username"] == "wangfang"


async def test_a_file_is_downloaded_as_it_was_sent(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    (sent,) = await started.person(WANG).sends(Attachment("票.pdf", b"%PDF-1.7 x"))
    file = await call("getFile", file_id=sent.raw["document"]["file_id"])
    assert file["file_size"] == 10
    url = f"{started.url}/file/bot{started.token}/{file['file_path']}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert await response.read() == b"%PDF-1.7 x"
    reason = await refused("getFile", file_id="nothing")
    assert reason == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_a_file_over_20_megabytes_cannot_be_downloaded(
    started: LocalTelegram, call: Call, refused: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(methods, "DOWNLOAD_LIMIT", 9)
    (sent,) = await started.person(WANG).sends(Attachment("big.pdf", b"0123456789"))
    reason = await refused("getFile", file_id=sent.raw["document"]["file_id"])
    assert reason == "Bad Request: file is too big"


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
    monkeypatch.setattr(methods, "QUERY_SECONDS", -1)
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


async def test_a_chat_action_must_be_one_that_telegram_knows(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    assert await call("sendChatAction", chat_id=WANG, action="typing") is True
    assert "wrong parameter action" in await refused(
        "sendChatAction", chat_id=WANG, action="juggling"
    )
