"""What a bot is told of the members of a group."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM = -1001000000001


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
