"""What a reply tells of the message it answers: a quote, or all if it is elsewhere."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.text.entities import utf16
from bot.local_telegram.text.formatting import SPLITTABLE
from bot.local_telegram.world.chats import Chat, Topic
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.origins import origin_of

Json = dict[str, Any]

QUOTE_LIMIT = 1024
"""How many characters a quote may have."""
QUOTED_ENTITIES = SPLITTABLE | {"custom_emoji", "date_time"}
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
# A content of these kinds also has the field of an older kind, an external reply has not.
_OLDER = {"animation": "document", "live_photo": "photo", "venue": "location"}


def is_elsewhere(target: Message, chat: Chat, topic: Topic | None) -> bool:
    """Whether `target` is in another chat or topic than a message written to `chat` and `topic`."""
    return target.chat is not chat or target.topic is not topic


def external_reply(target: Message) -> Json:
    """The `ExternalReplyInfo` of a message that is answered from elsewhere; it has no text."""
    shown = {k: v for k, v in target.content.items() if k in _SHOWN_ELSEWHERE}
    for new, old in _OLDER.items():
        if new in shown:
            shown.pop(old, None)
    info: Json = {"origin": origin_of(target)}
    if target.chat.type == "supergroup":
        info |= {"chat": target.chat.json, "message_id": target.id}
    return info | shown


def text_quote(target: Message, position: int, part: str, *, is_manual: bool) -> Json:
    """The `TextQuote` of `part`, which stands at `position` (UTF-16 units) in the text.

    `is_manual`: the sender chose it.
    """
    quote: Json = {"text": part, "position": position}
    if entities := _inside(target.entities, position, utf16(part)):
        quote["entities"] = entities
    return quote | {"is_manual": True} if is_manual else quote


def _inside(entities: list[Json], start: int, length: int) -> list[Json]:
    """The entities in a quote, cut to it, with offsets in it; links and the like are left out."""
    kept = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], start + length)
        if first < last and entity["type"] in QUOTED_ENTITIES:
            kept.append(entity | {"offset": first - start, "length": last - first})
    return kept


def reply_headers(target: Message, chat: Chat, topic: Topic | None, quote: Json | None) -> Json:
    """What a reply to `target`, written in `topic` of `chat`, has besides `reply_to_message`.

    That is the `TextQuote` its sender chose, and `external_reply` if `target` stands elsewhere;
    then Telegram quotes the beginning of its text by itself.
    """
    headers: Json = {}
    if is_elsewhere(target, chat, topic):
        headers["external_reply"] = external_reply(target)
        if quote is None and target.text:
            quote = text_quote(target, 0, target.text[:QUOTE_LIMIT], is_manual=False)
    return headers | {"quote": quote} if quote else headers
