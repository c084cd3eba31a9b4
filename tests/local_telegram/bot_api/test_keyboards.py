"""Inline keyboards that Telegram does not take."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[{"text": "好", "callback_data": "x"}] * 101], "reply markup is too long"),
        ([[{"text": "好" * 1000, "callback_data": "x"}] * 4], "reply markup is too long"),
        ([[{"text": "好", "callback_data": "票" * 21 + "xx"}]], "BUTTON_DATA_INVALID"),
        (
            [[{"text": "好", "callback_data": "x", "style": "loud"}]],
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            ["好"],
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
    ],
)
async def test_a_keyboard_that_telegram_refuses(
    started: LocalTelegram, refused: Call, rows: Any, reason: str
) -> None:
    markup = {"inline_keyboard": rows}
    said = await refused("sendMessage", chat_id=WANG, text="x", reply_markup=markup)
    assert said == f"Bad Request: {reason}"
