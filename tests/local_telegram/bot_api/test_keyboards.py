"""Inline keyboards that Telegram does not take."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram.types import Message

from bot.local_telegram import LocalTelegram, Refused
from tests.local_telegram.models import check

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
            [[{"text": "好", "callback_data": "x", "style": "Danger"}]],
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            [[{"text": "好", "callback_data": "x", "disabled": {}}]],
            "can't parse inline keyboard button: a disabled button does nothing",
        ),
        (
            [[{"text": "好", "disabled": True}]],
            "can't parse inline keyboard button: a disabled button does nothing",
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


async def test_a_button_has_a_colour_and_a_disabled_one_cannot_be_pressed(
    started: LocalTelegram, call: Call
) -> None:
    buttons: list[dict[str, Any]] = [
        {"text": "关闭", "callback_data": "close", "style": "danger"},
        {"text": "已接单", "disabled": {}, "style": "success"},
    ]
    message = await call("sendMessage", chat_id=WANG, text="x", reply_markup=keyboard_of(buttons))
    assert message["reply_markup"] == keyboard_of(buttons)
    check(Message, message, "sendMessage")
    wang = started.person(WANG)
    with pytest.raises(Refused, match="no such button"):
        await wang.presses("已接单")


def keyboard_of(row: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": [row]}
