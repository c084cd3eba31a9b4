"""Replies and forwards: what a message says of another one, which may be in another chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.local_telegram.bot_api.targets import chat_of, named_topic, writable_chat
from bot.local_telegram.text.entities import utf16
from bot.local_telegram.text.formatting import SPLITTABLE, formatted
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat, Topic
from bot.local_telegram.world.kinds import kind_of
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.rights import check_open
from bot.local_telegram.world.world import World

Json = dict[str, Any]

ABOUT = frozenset(
    ["forward_origin", "external_reply", "quote", "has_protected_content", "media_group_id"]
)
"""What in a message's content tells how it was sent: an edit leaves it, a copy has none of it."""
QUOTE_LIMIT = 1024
QUOTED_ENTITIES = SPLITTABLE | {"custom_emoji", "date_time"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to write: the chat, its topic, the message there that is answered.

    `about` is what the answer says of a message of another chat or topic, or quotes.
    """

    chat: Chat
    topic: Topic | None
    reply_to: Message | None
    about: Json = field(default_factory=dict)


def place_of(world: World, parameters: Parameters) -> Place:
    """Where a call writes to. Raises what `writable_chat` and `check_open` do.

    Raises 400 when the answered message is gone and nothing allows to send without it, which
    nothing ever does for a message of another chat or topic, or when the quote is not in it.
    """
    chat = writable_chat(world, parameters)
    topic = named_topic(chat, parameters)
    asked = _asked(parameters)
    wanted = asked.integer("message_id")
    if not wanted:
        check_open(chat, world.bot, topic)
        return Place(chat, topic, None)
    source = chat_of(world, asked) if asked.text("chat_id") else chat
    message = source.find(wanted)
    if message is None:
        if not asked.flag("allow_sending_without_reply") or _was_elsewhere(
            source, wanted, chat, topic
        ):
            raise bad_request("message to be replied not found")
        check_open(chat, world.bot, topic)
        return Place(chat, topic, None)
    quote = _quote(message, asked)
    if source is chat and (topic is None or message.topic is topic):
        check_open(chat, world.bot, message.topic)
        return Place(chat, message.topic, message, quote)
    check_open(chat, world.bot, topic)
    if not is_forwardable(message):
        return Place(chat, topic, None)
    return Place(chat, topic, None, external(message) | quote)


def _asked(parameters: Parameters) -> Parameters:
    asked = parameters.mapping("reply_parameters")
    if asked is not None:
        return Parameters(asked)
    return Parameters(
        {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    )


def _was_elsewhere(source: Chat, wanted: int, chat: Chat, topic: Topic | None) -> bool:
    """Whether the message that is gone was in another chat or topic than the one written to."""
    if source is not chat:
        return True
    was = source.gone.get(wanted)
    return topic is not None and wanted in source.gone and was != topic.id


def _quote(message: Message, asked: Parameters) -> Json:
    text, entities = formatted(asked, "quote", "quote_parse_mode", "quote_entities")
    if not text:
        return {}
    entities = [each for each in entities if each["type"] in QUOTED_ENTITIES]
    whole, marked = said(message)
    at = _position(whole, text, asked.integer("quote_position") or 0)
    if at is None or len(text) > QUOTE_LIMIT or entities != _within(marked, at, utf16(text)):
        raise bad_request("QUOTE_TEXT_INVALID")
    quote: Json = {"text": text, "position": at, "is_manual": True}
    return {"quote": quote | ({"entities": entities} if entities else {})}


def said(message: Message) -> tuple[str, list[Json]]:
    """The text or caption of a message with its entities."""
    content = message.content
    text = content.get("text") or content.get("caption") or ""
    return text, content.get("entities") or content.get("caption_entities") or []


def _position(whole: str, part: str, near: int) -> int | None:
    """Where in `whole` the quote begins, in UTF-16 units: the place nearest to `near`."""
    starts = []
    start = whole.find(part)
    while start >= 0:
        starts.append(utf16(whole[:start]))
        start = whole.find(part, start + 1)
    return min(starts, key=lambda at: abs(at - near), default=None)


def _within(entities: list[Json], start: int, length: int) -> list[Json]:
    """Those that a quotation keeps, cut to the piece and counted from its beginning."""
    kept = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], start + length)
        if last > first and entity["type"] in QUOTED_ENTITIES:
            kept.append(entity | {"offset": first - start, "length": last - first})
    return kept


def external(message: Message) -> Json:
    """What an answer to `message` from another chat or topic says of it.

    Telegram quotes the beginning of its text, unless the sender chose a quote.
    """
    reply: Json = {"origin": origin(message)}
    if message.chat.type == "supergroup":
        reply |= {"chat": message.chat.json, "message_id": message.id}
    shown = {kind_of(message.content), "link_preview_options", "has_media_spoiler"} - {"text"}
    reply |= {name: value for name, value in message.content.items() if name in shown}
    about: Json = {"external_reply": reply}
    text, entities = said(message)
    if text:
        start = text[:QUOTE_LIMIT]
        quote: Json = {"text": start, "position": 0}
        inner = _within(entities, 0, utf16(start))
        about["quote"] = quote | ({"entities": inner} if inner else {})
    return about


def origin(message: Message) -> Json:
    """The Bot API `MessageOrigin` object: who wrote it first, and when."""
    shown = message.json(nested=True)
    if "forward_origin" in shown:
        first: Json = shown["forward_origin"]
        return first
    sender = shown.get("sender_chat")
    if sender is None:
        return {"type": "user", "sender_user": shown["from"], "date": shown["date"]}
    return {"type": "chat", "sender_chat": sender, "date": shown["date"]}


def is_forwardable(message: Message) -> bool:
    """Whether a bot may forward it: no service message, nothing protected, nothing unknown."""
    shown = message.json(nested=True)
    is_protected = message.chat.is_protected or "has_protected_content" in shown
    return kind_of(message.content) is not None and not is_protected


def is_copyable(message: Message) -> bool:
    """Whether a bot may copy it; protected content does not keep a bot from copying."""
    kind = kind_of(message.content)
    if kind == "poll":
        poll = message.content["poll"]
        return poll["type"] != "quiz" or "correct_option_id" in poll
    return kind is not None and kind not in {
        "giveaway",
        "giveaway_winners",
        "paid_media",
        "invoice",
    }
