"""Where a forwarded message comes from, and who a message seems to be from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_telegram.examples.contents import CHANNEL
from bot.local_telegram.world.message import Message

Json = dict[str, Any]

# Who stands in for a chat that writes, for bots that know no `sender_chat`.
ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
AS_CHANNEL: Json = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
AS_TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}

_GROUP: Json = {"id": -1001900000003, "title": "邻居群", "type": "supergroup"}
_STRANGER: Json = {"id": 1900000001, "is_bot": False, "first_name": "钱", "last_name": "多多"}
ORIGINS: Mapping[str, Json] = {
    "user": {"type": "user", "date": 1_700_000_000, "sender_user": _STRANGER},
    "hidden_user": {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "匿名的人"},
    "chat": {
        "type": "chat",
        "date": 1_700_000_000,
        "sender_chat": _GROUP,
        "author_signature": "群主",
    },
    "channel": {
        "type": "channel",
        "date": 1_700_000_000,
        "chat": CHANNEL,
        "message_id": 12,
        "author_signature": "小编",
    },
}
"""An example of each `MessageOrigin`."""


def origin_of(message: Message) -> Json:
    """The `MessageOrigin` of a message that is forwarded or answered from elsewhere."""
    around = message.around or {}
    sent = {"date": message.date}
    sender_chat = around.get("sender_chat")
    if sender_chat is not None:
        signed = {k: v for k, v in around.items() if k == "author_signature"}
        return {"type": "chat", "sender_chat": sender_chat} | sent | signed
    if message.sender.has_private_forwards:
        return {"type": "hidden_user", "sender_user_name": message.sender.name} | sent
    return {"type": "user", "sender_user": message.sender.json} | sent


def forwarded(origin: Json) -> Json:
    """The fields of a message forwarded from there, with those of older models that still come.

    `origin` is a `MessageOrigin`.
    """
    old: Json = {"forward_date": origin["date"]}
    for new, name in _OLD[origin["type"]].items():
        if new in origin:
            old[name] = origin[new]
    return {"forward_origin": origin} | old


_OLD: Mapping[str, Mapping[str, str]] = {
    "user": {"sender_user": "forward_from"},
    "hidden_user": {"sender_user_name": "forward_sender_name"},
    "chat": {"sender_chat": "forward_from_chat", "author_signature": "forward_signature"},
    "channel": {
        "chat": "forward_from_chat",
        "message_id": "forward_from_message_id",
        "author_signature": "forward_signature",
    },
}
