"""Inline keyboards, checked as Telegram does."""

from __future__ import annotations

import json
from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters

Json = dict[str, Any]

BUTTON_DATA_BYTES = 64
BUTTON_LIMIT = 100
KEYBOARD_BYTES = 10 * 1024
"""The size of a whole keyboard as JSON, as measured in tginfo/Telegram-Limits#187."""
STYLES = frozenset({"", "primary", "danger", "success"})
BUTTON_ACTIONS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
        "disabled",
    ]
)
EMPTY_IS_ONE = frozenset(
    {"switch_inline_query", "switch_inline_query_current_chat", "callback_game", "pay", "disabled"}
)
"""The actions that may be empty; any other must have a value."""
BUTTON_KEYS = BUTTON_ACTIONS | {"text", "style", "icon_custom_emoji_id"}


def inline_keyboard(parameters: Parameters) -> Json | None:
    """The inline keyboard of a message, None when it has none (other keyboards show no buttons).

    Raises 400 for a button without text or action, for a disabled one with another action, for a
    style that there is not, for data over 64 bytes, and for more than 100 buttons or 10 KB in all.
    """
    markup = parameters.mapping("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    kept = [[_button(button) for button in row] for row in rows if row]
    size = len(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())
    if sum(map(len, kept)) > BUTTON_LIMIT or size > KEYBOARD_BYTES:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: object expected")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if (button.get("style") or "") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if not _has_action(button):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    _check_disabled(button)
    data = "" if button.get("callback_data") is None else button["callback_data"]
    if not isinstance(data, str) or len(data.encode()) > BUTTON_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: wrong HTTP URL")
    return {key: value for key, value in button.items() if key in BUTTON_KEYS}


def _check_disabled(button: Json) -> None:
    """Raise 400 unless `disabled` is an object and all that the button does."""
    disabled = button.get("disabled")
    if disabled is None:
        return
    others = (BUTTON_ACTIONS - {"disabled"}).intersection(button)
    if not isinstance(disabled, dict) or any(button[other] is not None for other in others):
        raise bad_request("can't parse inline keyboard button: a disabled button does nothing")


def _has_action(button: Json) -> bool:
    return any(
        button[action] not in (None, "") or action in EMPTY_IS_ONE
        for action in BUTTON_ACTIONS.intersection(button)
    )
