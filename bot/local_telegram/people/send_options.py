"""How a person sends a message: where, when, as a reply, as whom."""

from __future__ import annotations

from typing import Any, TypedDict

from bot.local_telegram.people.seen import Seen

Json = dict[str, Any]


class SendOptions(TypedDict, total=False):
    """Options of any message; without `chat` it goes to the private chat with the bot.

    - `thread` is a topic, 0 is General; a reply goes to the topic of the message answered.
    - `reply_to` may be of another chat or topic, `quote` is a part of its text.
    - `date` is in Unix seconds, by default now.
    - `entities` are those of the text or the caption that the person marked.
    - `forward_origin` is a `MessageOrigin` of the Bot API, or "user", "hidden_user", "chat" or
      "channel" for an example; with `is_automatic_forward` it is a post of the group's channel.
    - `sender_chat` is a `Chat`, "group" for an anonymous administrator, or "channel".
    - The rest are fields of the Bot API's `Message`.
    """

    chat: int | None
    thread: int | None
    reply_to: Seen | int | None
    quote: str
    date: int | None
    entities: list[Json] | None
    forward_origin: Json | str
    is_automatic_forward: bool
    sender_chat: Json | str
    author_signature: str
    sender_tag: str
    sender_boost_count: int
    paid_star_count: int
    via_bot: Json
    reply_to_story: Json
    has_protected_content: bool
    is_from_offline: bool
    is_paid_post: bool
    effect_id: str
    link_preview_options: Json
    show_caption_above_media: bool
    has_media_spoiler: bool


def request_of(user_id: int, options: SendOptions) -> Json:
    """The parameters of the client API for `options`."""
    body: Json = {"user": user_id} | dict(options)
    body["chat"] = chat = options.get("chat") or user_id
    target = options.get("reply_to")
    if isinstance(target, Seen):
        body["reply_to"] = target.id
        if target.chat != chat:
            body["reply_chat"] = target.chat
    return {name: value for name, value in body.items() if value is not None}
