"""Values as an older desk kept them, with Telegram's own numbers where addresses belong.

It had Telegram alone, so every chat and person that it knew is one of Telegram.
"""

from __future__ import annotations

import json
from typing import Any

CHANNEL = "telegram"


def address(number: object) -> str:
    """The address of a chat or person by Telegram's number; 0 was nobody's."""
    return f"{CHANNEL}:{number}" if number else ""


def addressed(text: str) -> str:
    """The JSON of a value with addresses; what is no JSON stays as it is."""
    try:
        told = json.loads(text)
    except ValueError:
        return text
    # Half a character, as JSON may name one, cannot be kept.
    written = json.dumps(_addressed(told), ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "replace").decode()


def _addressed(value: Any) -> Any:
    match value:
        case list():
            return [_addressed(each) for each in value]
        case dict():
            inside = {key: _addressed(each) for key, each in value.items()}
            return _renamed(inside)
    return value


def _renamed(value: dict[str, Any]) -> dict[str, Any]:
    """A message, a place, a person, a conversation or a ticket with addresses."""
    match value:
        case {"chat": int(chat), "message": int()}:
            return {**value, "chat": address(chat)}
        case {"id": int(chat), "kind": "chat"} | {"id": int(chat), "name": str()}:
            return {"address": address(chat)} | {k: v for k, v in value.items() if k != "id"}
        case {"chat": int(chat), "person": dict()}:
            return {"address": address(chat)} | {k: v for k, v in value.items() if k != "chat"}
        case {"noting": [int(), *_] as people}:
            return {**value, "noting": [address(each) for each in people]}
    return value
