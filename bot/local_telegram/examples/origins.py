"""An example of each `MessageOrigin`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

CHANNEL: Json = {
    "id": -1001900000001,
    "title": "开票通知",
    "username": "fapiao_news",
    "type": "channel",
}
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
