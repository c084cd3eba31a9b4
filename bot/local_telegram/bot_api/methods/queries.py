"""Bot API methods that answer presses of buttons."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.bot_api.presses import press_of
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """answerCallbackQuery: a second answer is accepted and shows nothing."""
    press = press_of(world, parameters.text("callback_query_id"))
    if len(parameters.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if not press.answer.done():
        press.answer.set_result((parameters.text("text"), parameters.flag("show_alert")))
    return True
