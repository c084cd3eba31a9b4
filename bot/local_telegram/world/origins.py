"""The origin of a message, which a forward and a reply from elsewhere tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_telegram.world.message import Message

Json = dict[str, Any]

_OLDER_FIELDS: Mapping[str, Mapping[str, str]] = {
    "user": {"sender_user": "forward_from"},
    "hidden_user": {"sender_user_name": "forward_sender_name"},
    "chat": {"sender_chat": "forward_from_chat", "author_signature": "forward_signature"},
    "channel": {
        "chat": "forward_from_chat",
        "message_id": "forward_from_message_id",
        "author_signature": "forward_signature",
    },
}


def origin_of(message: Message) -> Json:
    """The `MessageOrigin` of a message: its first author, and when it was sent."""
    headers = message.headers
    if "forward_origin" in headers:
        first: Json = headers["forward_origin"]
        return first
    sent = {"date": message.date}
    if "sender_chat" in headers:
        names = ("sender_chat", "author_signature")
        return {"type": "chat"} | sent | {name: headers[name] for name in names if name in headers}
    if message.sender.has_private_forwards:
        return {"type": "hidden_user", "sender_user_name": message.sender.name} | sent
    return {"type": "user", "sender_user": message.sender.json} | sent


def forward_headers(origin: Json) -> Json:
    """The headers of a message forwarded from `origin`, a `MessageOrigin`.

    They have besides it the older fields that the Bot API still fills.
    """
    older = _OLDER_FIELDS[origin["type"]]
    filled = {name: origin[new] for new, name in older.items() if new in origin}
    return {"forward_origin": origin, "forward_date": origin["date"]} | filled
