"""What becomes of a text before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


async def test_of_many_entities_a_message_keeps_a_hundred(
    started: LocalTelegram, call: Call
) -> None:
    bold = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(120)]
    links = [
        {"type": "text_link", "offset": 240 + 2 * n, "length": 1, "url": "https://a.cn"}
        for n in range(60)
    ]
    message = await call("sendMessage", chat_id=WANG, text="a " * 360, entities=[*bold, *links])
    kinds = [entity["type"] for entity in message["entities"]]
    assert (kinds.count("text_link"), kinds.count("bold")) == (60, 40)
    html = "<b>x</b> " * 150
    message = await call("sendMessage", chat_id=WANG, text=html, parse_mode="HTML")
    assert len(message["entities"]) == 100


async def test_control_characters_become_spaces_and_hidden_ones_go(
    started: LocalTelegram, call: Call
) -> None:
    text = "a\tb\r\nc\u202ed"
    bold = [{"type": "bold", "offset": 4, "length": 3}]
    message = await call("sendMessage", chat_id=WANG, text=text, entities=bold)
    assert message["text"] == "a b\ncd"
    assert message["entities"] == [{"type": "bold", "offset": 3, "length": 2}]
