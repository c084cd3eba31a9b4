"""How a bot introduces itself."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001


async def test_names_and_menu_buttons_are_kept(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    assert await call("getMyName") == {"name": "小票"}
    await call("setMyName", name="大票")
    assert await call("getMyName", language_code="zh") == {"name": "大票"}
    assert "too long" in await refused("setMyName", name="长" * 65)
    assert await call("getChatMenuButton") == {"type": "default"}
    await call("setChatMenuButton", chat_id=WANG, menu_button={"type": "commands"})
    assert await call("getChatMenuButton", chat_id=WANG) == {"type": "commands"}
    assert await call("getChatMenuButton", chat_id=LI) == {"type": "default"}
    assert "unsupported type" in await refused("setChatMenuButton", menu_button={"type": "x"})
    assert "user not found" in await refused("getChatMenuButton", chat_id=77)
    assert await call("getUserProfilePhotos", user_id=WANG) == {"total_count": 0, "photos": []}
    assert "query is too old" in await refused("answerInlineQuery", inline_query_id="1", results=[])
