"""The headers of what a person sends: the sender shown, the origin of a forward, marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_telegram.client_api.shapes import checked_origin, checked_sender
from bot.local_telegram.examples.origins import CHANNEL, ORIGINS
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import ADMINS, Chat
from bot.local_telegram.world.origins import forward_headers
from bot.local_telegram.world.user import User

Json = dict[str, Any]

# The `from` of a message that a chat sent, for bots that do not know `sender_chat`.
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

FLAGS = ("has_protected_content", "is_from_offline", "is_paid_post")
TEXTS = ("author_signature", "effect_id", "sender_tag")
NUMBERS = ("sender_boost_count", "paid_star_count")
OBJECTS = ("via_bot", "reply_to_story")
# These belong to the content: a copy has them too.
CONTENT_FLAGS = ("show_caption_above_media", "has_media_spoiler")


def headers_of(user: User, chat: Chat, parameters: Parameters) -> Json:
    """The headers that `user` asks for.

    `forward_origin` is a `MessageOrigin` or the name of an example, `sender_chat` is a `Chat`,
    "channel" (an example) or "group" (an anonymous administrator). The rest are fields of the Bot
    API's `Message`. Raises a 400 for a value of another type, and for what the person may not do.
    """
    headers: Json = {name: True for name in FLAGS if parameters.flag(name)}
    headers |= {name: text for name in TEXTS if (text := parameters.text(name))}
    headers |= {name: number for name in NUMBERS if (number := parameters.integer(name))}
    headers |= {name: value for name in OBJECTS if (value := parameters.mapping(name))}
    automatic = parameters.flag("is_automatic_forward")
    origin = _named(parameters, "forward_origin", ORIGINS)
    if automatic:
        origin = checked_origin(origin or ORIGINS["channel"])
        return headers | forward_headers(origin) | _automatic(origin)
    if origin is not None:
        headers |= forward_headers(checked_origin(origin))
    sender = _named(parameters, "sender_chat", {"channel": CHANNEL, "group": chat.json})
    return headers if sender is None else headers | _as_chat(checked_sender(sender), user, chat)


def _automatic(origin: Json) -> Json:
    """The headers of a post of the group's own channel, which Telegram forwards into the group."""
    if origin["type"] != "channel":
        raise bad_request("an automatic forward comes from a channel")
    return {"is_automatic_forward": True, "from": AS_TELEGRAM, "sender_chat": origin["chat"]}


def _as_chat(sender: Json, user: User, chat: Chat) -> Json:
    if chat.type == "private":
        raise bad_request("in a private chat nobody writes as a chat")
    is_group = sender.get("id") == chat.id
    if is_group and chat.members.get(user.id) not in ADMINS:
        raise bad_request("only an administrator writes as the group")
    return {"from": ANONYMOUS if is_group else AS_CHANNEL, "sender_chat": sender}


def _named(parameters: Parameters, name: str, examples: Mapping[str, Json]) -> Json | None:
    """The object called `name`, or the example that it names."""
    value = parameters.values.get(name)
    if isinstance(value, str) and value in examples:
        return examples[value]
    if isinstance(value, str) and value and not value.startswith("{"):
        raise bad_request(f"{name} is an object or one of {', '.join(examples)}")
    return parameters.mapping(name)


def content_marks(parameters: Parameters) -> Json:
    """The fields that say how a content is shown: its caption, its spoiler, its links."""
    marks: Json = {name: True for name in CONTENT_FLAGS if parameters.flag(name)}
    if options := parameters.mapping("link_preview_options"):
        marks["link_preview_options"] = options
    return marks
