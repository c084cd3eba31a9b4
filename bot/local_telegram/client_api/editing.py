"""What people change of what they sent, and the reactions that they put on messages."""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.client_api.composing import contents_of, location, written
from bot.local_telegram.client_api.headers import CONTENT_FLAGS
from bot.local_telegram.text.formatting import CAPTION_LIMIT, TEXT_LIMIT
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import ADMINS, Chat
from bot.local_telegram.world.kinds import CAPTIONED
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.reactions import set_reaction
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

_CAPTION = frozenset({"caption", "caption_entities"})
_WORDS = _CAPTION | {"text", "entities"}


def message_of(chat: Chat, parameters: Parameters) -> Message:
    """The message that `message` names. Raises a 400 when there is none."""
    message = chat.find(parameters.integer("message"))
    if message is None:
        raise bad_request("there is no such message")
    return message


def own(user: User, chat: Chat, parameters: Parameters) -> Message:
    """The message that `message` names. Raises a 400 when the person did not write it."""
    message = message_of(chat, parameters)
    if message.sender is not user:
        raise bad_request("the message is not the person's own")
    return message


def edit(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Edit one's own message: its text, caption, file or live location.

    A file, a `kind` or a `content` replaces the content; the caption stays unless `caption` gives
    another. `location` moves a live location, `stopped` ends it. `date` is in Unix seconds.
    """
    message = own(user, chat, parameters)
    if "via_bot" in message.headers:
        raise bad_request("a message sent by way of a bot can't be edited")
    if parameters.uploads or {"kind", "content"} & parameters.values.keys():
        content = _replaced(world, user, message, parameters)
    elif {"location", "stopped"} & parameters.values.keys():
        content = _moved(message, parameters)
    else:
        content = _reworded(message, parameters)
    world.edit(message, content, message.markup, parameters.integer("date"))
    return [message]


def _reworded(message: Message, parameters: Parameters) -> Json:
    name, marks = ("text", "entities")
    if "text" not in message.content:
        if not CAPTIONED.intersection(message.content):
            raise bad_request("this message has no text to edit")
        name, marks = ("caption", "caption_entities")
    text, entities = written(parameters, "text", TEXT_LIMIT if name == "text" else CAPTION_LIMIT)
    if not text and name == "text":
        raise bad_request("the new text is empty")
    content = {k: v for k, v in message.content.items() if k not in {name, marks}}
    content |= {name: text} if text else {}
    return content | ({marks: entities} if entities else {})


def _replaced(world: World, user: User, message: Message, parameters: Parameters) -> Json:
    """Another file, or any other content, instead of what the message had."""
    (content, *more) = contents_of(world, user, message.chat, parameters)
    if more:
        raise bad_request("one message takes one file")
    if parameters.values.get("caption") is None and CAPTIONED.intersection(content):
        words = {"caption": message.text, "caption_entities": message.entities}
        content |= {name: value for name, value in words.items() if value}
    return content | {k: v for k, v in message.content.items() if k in CONTENT_FLAGS}


def _moved(message: Message, parameters: Parameters) -> Json:
    live: Json | None = message.content.get("location")
    if live is None or "live_period" not in live:
        raise bad_request("the message is no live location")
    if parameters.flag("stopped"):
        last = {k: v for k, v in live.items() if k in {"latitude", "longitude"}}
        return message.content | {"location": last}
    point = parameters.mapping("location") or {}
    return message.content | {"location": live | point | location(Parameters(point))}


def react(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Put `emoji` on a message, or take one's own reaction away with an empty one.

    The bot gets `message_reaction` where it asked for that and is an administrator or in private.
    The first reaction to a person's message also comes as an edit that changes nothing
    (tdlib/telegram-bot-api#388).
    """
    message, emoji = message_of(chat, parameters), parameters.text("emoji")
    is_first, new = message.reactions is None, _reaction(emoji)
    old = set_reaction(world, message, user, new)
    if is_first and message.sender is not world.bot:
        world.updates.put("edited_message", message.json(), chat.id)
    if chat.type == "private" or chat.members.get(world.bot.id) in ADMINS:
        changed = {
            "chat": chat.json,
            "message_id": message.id,
            "user": user.json,
            "date": parameters.integer("date") or int(time.time()),
            "old_reaction": old,
            "new_reaction": new,
        }
        world.updates.put("message_reaction", changed, chat.id)
    return [message]


def _reaction(emoji: str) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def delete(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Delete one's own message."""
    world.delete(own(user, chat, parameters))
    return []
