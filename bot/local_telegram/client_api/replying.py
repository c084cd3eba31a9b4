"""Answers to a message: the part of it that is quoted, and one of another chat or topic."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.examples.origins import origin_of
from bot.local_telegram.text.entities import utf16
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.world.chats import Chat, Topic
from bot.local_telegram.world.message import Message

Json = dict[str, Any]

QUOTE_LIMIT = 1024
QUOTED_ENTITIES = frozenset(
    ["bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"]
)
_SHOWN_ELSEWHERE = frozenset(
    [
        "animation",
        "audio",
        "checklist",
        "contact",
        "dice",
        "document",
        "game",
        "giveaway",
        "giveaway_winners",
        "has_media_spoiler",
        "invoice",
        "link_preview_options",
        "live_photo",
        "location",
        "paid_media",
        "photo",
        "poll",
        "sticker",
        "story",
        "venue",
        "video",
        "video_note",
        "voice",
    ]
)
# Of a kind that an older one stands beside, an external reply has the new one alone.
_OLDER = {"animation": "document", "live_photo": "photo", "venue": "location"}


def is_elsewhere(target: Message, chat: Chat, topic: Topic | None) -> bool:
    """Whether a message there answers one of another chat or topic."""
    return target.chat is not chat or target.topic is not topic


def external_reply(target: Message) -> Json:
    """The `ExternalReplyInfo` of a message that is answered from elsewhere: no text is in it."""
    shown = {k: v for k, v in target.content.items() if k in _SHOWN_ELSEWHERE}
    for new, old in _OLDER.items():
        if new in shown:
            shown.pop(old, None)
    info: Json = {"origin": origin_of(target)}
    if target.chat.type == "supergroup":
        info |= {"chat": target.chat.json, "message_id": target.id}
    return info | shown


def quoted(target: Message, part: str, is_manual: bool) -> Json:
    """The `TextQuote` of `part` of a message. Raises a 400 when the message does not have it."""
    at = target.text.find(part)
    if not part or at < 0:
        raise bad_request("the message does not have what is quoted")
    position, length = utf16(target.text[:at]), utf16(part)
    quote: Json = {"text": part, "position": position}
    if entities := _inside(target.entities, position, length):
        quote["entities"] = entities
    return quote | {"is_manual": True} if is_manual else quote


def _inside(entities: list[Json], start: int, length: int) -> list[Json]:
    """The parts of entities from there on, counted from there; links and the like are not kept."""
    kept = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], start + length)
        if first < last and entity["type"] in QUOTED_ENTITIES:
            kept.append(entity | {"offset": first - start, "length": last - first})
    return kept


def answering(target: Message, chat: Chat, topic: Topic | None, part: str) -> Json:
    """What an answer to `target` has besides `reply_to_message`.

    That is `quote` if `part` of it is quoted, and `external_reply` if it stands elsewhere; then
    Telegram quotes the beginning of its text by itself.
    """
    if not is_elsewhere(target, chat, topic):
        return {"quote": quoted(target, part, True)} if part else {}
    fields: Json = {"external_reply": external_reply(target)}
    if part or target.text:
        fields["quote"] = quoted(target, part or target.text[:QUOTE_LIMIT], bool(part))
    return fields
