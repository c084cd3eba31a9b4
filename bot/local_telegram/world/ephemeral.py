"""Ephemeral messages of a group, which one person alone sees.

The descriptions of the Bot API 10.3 say little of them. Where they leave a choice, the stricter
one was taken:

- a number is the lowest that is free for its person: one that is deleted is soon another's;
- after `KEPT_SECONDS` a message has expired, and is neither seen nor found any more;
- an app shows what reached it: what is lost on the way comes with no later event, and no history;
- nobody forwards one, reacts to it, pins it, or answers it but the bot that one was sent to.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bot.local_telegram.world.chats import Box, Chat, Topic
from bot.local_telegram.world.feed import Change, ChangeType
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

KEPT_SECONDS = 3600


@dataclass(slots=True, kw_only=True)
class EphemeralMessage(Message):
    """A message between the bot and `person`, one of whom is the `receiver`.

    Its `id` is the negative of its `number`: the name that apps have for it, where bots see 0. It
    stands below the message with the id `after`, or in the place of that one if it `replaces` it.
    """

    person: int
    receiver: User
    number: int
    after: int
    replaces: Message | None = None

    def json(self, nested: bool = False) -> Json:
        """The Bot API `Message`."""
        return Message.json(self, nested) | {
            "message_id": 0,
            "receiver_user": self.receiver.json,
            "ephemeral_message_id": self.number,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where an ephemeral message stands: as with `World.post`, and what it `replaces`."""

    topic: Topic | None = None
    reply_to: Message | None = None
    replaces: Message | None = None


def post(
    world: World,
    chat: Chat,
    sender: User,
    receiver: User,
    content: Json,
    where: Where,
    *,
    markup: Json | None = None,
    headers: Json | None = None,
) -> EphemeralMessage:
    """Say something that `sender` and `receiver`, one of them the bot, alone see.

    The bot is told of what people send it. What the app of the person gets may be lost
    (`World.loses_ephemeral`).
    """
    person = receiver if sender is world.bot else sender
    box = _box(chat, person.id)
    number = next(each for each in count(1) if each not in box.kept)
    latest = next(reversed(chat.messages), 0)
    message = EphemeralMessage(
        -number,
        chat,
        sender,
        int(time.time()),
        content,
        markup=markup,
        topic=where.topic,
        thread=where.topic.id if where.topic else None,
        reply_to=where.reply_to,
        headers=headers or {},
        person=person.id,
        receiver=receiver,
        number=number,
        after=where.replaces.id if where.replaces else latest,
        replaces=where.replaces,
    )
    box.kept[number] = message
    if sender is not world.bot:
        world.updates.put("message", message.json(), chat.id)
    if where.replaces is not None and _arrives(world):
        _tell(world, message, "deleted", where.replaces)
    _show(world, message, "message")
    return message


def edit(world: World, message: EphemeralMessage, content: Json, markup: Json | None) -> None:
    """Replace the content of a message; the app may never learn of it."""
    if content != message.content:
        message.edited = int(time.time())
    message.content, message.markup = content, markup
    _show(world, message, "edited")


def delete(world: World, message: EphemeralMessage) -> None:
    """Delete a message; the app may never learn of it."""
    box = _box(message.chat, message.person)
    del box.kept[message.number]
    if not _arrives(world):
        return
    box.shown.pop(message.number, None)
    _tell(world, message, "deleted", message)
    original = message.replaces
    if original is not None and not original.deleted:
        _tell(world, message, "edited", original)


def find(chat: Chat, person: int, number: int | None) -> EphemeralMessage | None:
    """The message with that number between the bot and a person, None when there is none now."""
    return None if number is None else _box(chat, person).kept.get(number)


def shown_to(chat: Chat, person: int) -> Iterable[EphemeralMessage]:
    """What the person's app shows of the group's ephemeral messages, oldest first."""
    return _box(chat, person).shown.values()


def seen_in(chat: Chat, person: int) -> list[Message]:
    """All that the person sees in the chat, ephemeral messages among it, oldest first."""
    own = list(shown_to(chat, person))
    hidden = {message.replaces.id for message in own if message.replaces is not None}
    placed = [(m.id, 0, m) for m in chat.messages.values() if m.id not in hidden]
    placed += [(m.after, at, m) for at, m in enumerate(own, 1)]
    return [message for _, _, message in sorted(placed, key=lambda each: each[:2])]


def _box(chat: Chat, person: int) -> Box:
    """The messages between the bot and a person, without those that have expired."""
    box = chat.ephemeral.setdefault(person, Box())
    for messages in (box.kept, box.shown):
        for number, message in list(messages.items()):
            if time.time() - message.date > KEPT_SECONDS:
                del messages[number]
    return box


def _arrives(world: World) -> bool:
    return not world.loses_ephemeral


def _show(world: World, message: EphemeralMessage, change: ChangeType) -> None:
    """Let the app of the person have the message as it is now, unless it is lost."""
    if not _arrives(world):
        return
    as_it_is = replace(message)
    _box(message.chat, message.person).shown[message.number] = as_it_is
    _tell(world, message, change, as_it_is)


def _tell(world: World, to: EphemeralMessage, change: ChangeType, about: Message) -> None:
    happened = Change(change, about.chat.id, about.thread, about)
    world.feed.show([to.person], happened)
