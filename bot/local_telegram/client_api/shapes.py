"""Checks of the Bot API objects that tests send as they are.

Only the fields that this Telegram reads are checked: a bot has to bear all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_telegram.text.formatting import checked
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.values import Shape, fits
from bot.local_telegram.world.kinds import DICE

Json = dict[str, Any]

POINT_SHAPE: Shape = {"latitude": int | float, "longitude": int | float}
CONTENT_SHAPES: Mapping[str, Shape] = {
    "text": str,
    "caption": str,
    "entities": list,
    "caption_entities": list,
    "location": POINT_SHAPE,
    "poll": {"type": str, "options": [{"text": str}]},
    "dice": {"emoji": str},
}
CHAT_SHAPE: Shape = {"id": int, "title": str}
ORIGIN_SHAPES: Mapping[str, Shape] = {
    "user": {"date": int, "sender_user": dict},
    "hidden_user": {"date": int, "sender_user_name": str},
    "chat": {"date": int, "sender_chat": CHAT_SHAPE},
    "channel": {"date": int, "chat": CHAT_SHAPE, "message_id": int},
}


def checked_content(content: Json) -> Json:
    """`content`, with the entities that a message keeps.

    Raises a 400 for a field of another type.
    """
    for name, shape in CONTENT_SHAPES.items():
        if name in content and not fits(content[name], shape):
            raise bad_request(f"{name} of a content is not as the Bot API has it")
    if "dice" in content and content["dice"]["emoji"] not in DICE:
        raise bad_request(f"the emoji of a dice is one of {', '.join(DICE)}")
    marked = {"entities": "text", "caption_entities": "caption"}
    return content | {
        name: checked(content[name], content.get(of, ""))
        for name, of in marked.items()
        if name in content
    }


def checked_origin(origin: Json) -> Json:
    """`origin`. Raises a 400 unless it is a `MessageOrigin`."""
    origin_type = origin.get("type")
    shape = ORIGIN_SHAPES.get(origin_type) if isinstance(origin_type, str) else None
    if shape is None or not fits(origin, shape):
        raise bad_request("forward_origin is no MessageOrigin")
    return origin


def checked_sender(chat: Json) -> Json:
    """`chat`. Raises a 400 unless it has an id and a title."""
    if not fits(chat, CHAT_SHAPE):
        raise bad_request("sender_chat is no Chat with an id and a title")
    return chat
