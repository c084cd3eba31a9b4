"""Where a call writes to, and what its message tells of the one that it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.local_telegram.bot_api.targets import chat_of, named_topic, writable_chat
from bot.local_telegram.text.entities import utf16
from bot.local_telegram.text.formatting import formatted
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat, Topic
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.replies import (
    QUOTE_LIMIT,
    QUOTED_ENTITIES,
    is_elsewhere,
    reply_headers,
    text_quote,
)
from bot.local_telegram.world.rights import check_open, is_forwardable
from bot.local_telegram.world.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to write: the chat, its topic, the message there that is answered.

    `headers` tell of an answered message of another chat or topic, and of a quote.
    """

    chat: Chat
    topic: Topic | None
    reply_to: Message | None = None
    headers: Json = field(default_factory=dict)


def destination_of(world: World, parameters: Parameters) -> Destination:
    """Where a call writes to. Raises what `writable_chat` and `check_open` do.

    Raises 400 when the quote is not in the answered message, when that message is gone, unless
    `allow_sending_without_reply` is set and it was in the same chat and topic, and when it is an
    ephemeral one, which takes ephemeral replies only.
    """
    chat = writable_chat(world, parameters)
    topic = named_topic(chat, parameters)
    reply = _reply_parameters(parameters)
    if reply.integer("ephemeral_message_id"):
        raise bad_request("a reply to an ephemeral message must be an ephemeral message")
    target = _answered(world, chat, topic, reply)
    if target is None:
        check_open(chat, world.bot, topic)
        return Destination(chat, topic)
    quote = _quote(target, reply)
    if topic is None and target.chat is chat:
        topic = target.topic
    check_open(chat, world.bot, topic)
    headers = reply_headers(target, chat, topic, quote)
    if not is_elsewhere(target, chat, topic):
        return Destination(chat, topic, target, headers)
    return Destination(chat, topic, None, headers if is_forwardable(target) else {})


def _reply_parameters(parameters: Parameters) -> Parameters:
    """The fields of the call's `ReplyParameters`, also where it has the older parameters."""
    given = parameters.mapping("reply_parameters")
    if given is not None:
        return Parameters(given)
    return Parameters(
        {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    )


def _answered(world: World, chat: Chat, topic: Topic | None, reply: Parameters) -> Message | None:
    """The message answered, None when the call answers none or may be sent without it."""
    wanted = reply.integer("message_id")
    if not wanted:
        return None
    source = chat_of(world, reply) if reply.text("chat_id") else chat
    message = source.find(wanted)
    if message is None and (
        not reply.flag("allow_sending_without_reply") or _was_elsewhere(source, wanted, chat, topic)
    ):
        raise bad_request("message to be replied not found")
    return message


def _was_elsewhere(source: Chat, wanted: int, chat: Chat, topic: Topic | None) -> bool:
    """Whether the deleted message was in another chat or topic than the one written to."""
    if source is not chat:
        return True
    was = source.gone.get(wanted)
    return topic is not None and wanted in source.gone and was != topic.id


def _quote(target: Message, reply: Parameters) -> Json | None:
    """The `TextQuote` that the call chose. Raises 400 when the message does not have it."""
    text, entities = formatted(reply, "quote", "quote_parse_mode", "quote_entities")
    if not text:
        return None
    position = _position(target.text, text, reply.integer("quote_position") or 0)
    if position is None or len(text) > QUOTE_LIMIT:
        raise bad_request("QUOTE_TEXT_INVALID")
    quote = text_quote(target, position, text, is_manual=True)
    if [each for each in entities if each["type"] in QUOTED_ENTITIES] != quote.get("entities", []):
        raise bad_request("QUOTE_TEXT_INVALID")
    return quote


def _position(whole: str, part: str, near: int) -> int | None:
    """Where in `whole` the quote begins, in UTF-16 units: the beginning nearest to `near`."""
    starts = []
    start = whole.find(part)
    while start >= 0:
        starts.append(utf16(whole[:start]))
        start = whole.find(part, start + 1)
    return min(starts, key=lambda at: abs(at - near), default=None)
