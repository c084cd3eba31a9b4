"""What people send, answer and forward."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.client_api.composing import contents_of
from bot.local_telegram.client_api.headers import headers_of
from bot.local_telegram.examples.service_messages import SERVICE
from bot.local_telegram.text.entities import utf16
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world import ephemeral
from bot.local_telegram.world.chats import ADMINS, PRESENT, Chat, Topic
from bot.local_telegram.world.commands import is_ephemeral_command
from bot.local_telegram.world.kinds import album_id
from bot.local_telegram.world.message import BATCH_LIMIT, Message
from bot.local_telegram.world.origins import forward_headers, origin_of
from bot.local_telegram.world.replies import is_elsewhere, reply_headers, text_quote
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

GENERAL = 0


def send(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Send what `contents_of` and `headers_of` read: one content, or several files as an album.

    `reply_to` is a message of `reply_chat`, which is this chat if none is named; `quote` a part of
    it. `date` is in Unix seconds. An ephemeral command goes to the bot alone, and answers nothing.
    """
    target = _answered(world, user, chat, parameters)
    topic = _topic(user, chat, parameters, target)
    headers = headers_of(user, chat, parameters)
    if target is not None:
        headers |= reply_headers(target, chat, topic, _quote(target, parameters))
    contents = contents_of(world, user, chat, parameters)
    if is_ephemeral_command(world, user, chat, contents[0].get("text", "")):
        where = ephemeral.Where(topic=topic)
        return [ephemeral.post(world, chat, user, world.bot, contents[0], where, headers=headers)]
    headers |= _album(parameters, len(contents))
    return _post(world, user, chat, parameters, topic, target, [(c, headers) for c in contents])


def post_chosen(
    world: World, user: User, chat: Chat, parameters: Parameters, content: Json
) -> list[Message]:
    """Send what the bot offered; where it goes, and what it answers, is as with `send`."""
    target = _answered(world, user, chat, parameters)
    topic = _topic(user, chat, parameters, target)
    headers: Json = {"via_bot": world.bot.json}
    if target is not None:
        headers |= reply_headers(target, chat, topic, None)
    return _post(world, user, chat, parameters, topic, target, [(content, headers)])


def _quote(target: Message, parameters: Parameters) -> Json | None:
    """The `TextQuote` of what `quote` names. Raises a 400 when the message does not have it."""
    part = parameters.text("quote")
    if not part:
        return None
    at = target.text.find(part)
    if at < 0:
        raise bad_request("the message does not have what is quoted")
    return text_quote(target, utf16(target.text[:at]), part, is_manual=True)


def _album(parameters: Parameters, count: int) -> Json:
    """The `media_group_id` of files sent together or into an earlier album."""
    album = parameters.text("media_group_id") if parameters.uploads else ""
    if not album and count == 1:
        return {}
    return {"media_group_id": album or album_id()}


def _post(
    world: World,
    user: User,
    chat: Chat,
    parameters: Parameters,
    topic: Topic | None,
    target: Message | None,
    what: list[tuple[Json, Json]],
) -> list[Message]:
    """Put contents, each with its headers, into a chat; this starts a private chat."""
    if chat.type == "private":
        user.started = True
    inside = target if target and not is_elsewhere(target, chat, topic) else None
    date = parameters.integer("date")
    return [
        world.post(chat, user, content, topic=topic, reply_to=inside, date=date, headers=headers)
        for content, headers in what
    ]


def forward(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Forward `messages` of `from_chat`, which the person must be in; an album stays an album."""
    source = _visible(world, user, parameters.integer("from_chat") or chat.id)
    ids = parameters.sequence("messages") or []
    if len(ids) > BATCH_LIMIT:
        raise bad_request(f"at most {BATCH_LIMIT} messages are forwarded at once")
    originals = [source.find(Parameters({"message": each}).integer("message")) for each in ids]
    found = [original for original in originals if original is not None]
    if not found or len(found) < len(originals):
        raise bad_request("there is no such message")
    if not all(map(_can_be_forwarded, found)):
        raise bad_request("the message can't be forwarded")
    topic = _topic(user, chat, parameters, None)
    headers = headers_of(user, chat, parameters)
    album = {"media_group_id": album_id()} if len(found) > 1 else {}
    what = []
    for original in found:
        together = album if "media_group_id" in original.headers else {}
        own = headers | forward_headers(origin_of(original)) | together
        what.append((original.content, own))
    return _post(world, user, chat, parameters, topic, None, what)


def _can_be_forwarded(message: Message) -> bool:
    return not message.is_protected and SERVICE.keys().isdisjoint(message.content)


def _visible(world: World, user: User, chat_id: int) -> Chat:
    """A chat that the person is in. Raises a 400 otherwise."""
    chat = world.chats.get(chat_id)
    foreign = chat is not None and chat.type == "private" and chat.id != user.id
    if chat is None or foreign or chat.members.get(user.id) not in PRESENT:
        raise bad_request("the person is in no such chat")
    return chat


def _answered(world: World, user: User, chat: Chat, parameters: Parameters) -> Message | None:
    wanted = parameters.integer("reply_to")
    if not wanted:
        return None
    elsewhere = parameters.integer("reply_chat")
    source = _visible(world, user, elsewhere) if elsewhere else chat
    target = source.find(wanted)
    if target is None:
        raise bad_request("there is no such message to answer")
    return target


def _topic(user: User, chat: Chat, parameters: Parameters, target: Message | None) -> Topic | None:
    """The topic to write to: `thread` (0 is General), else that of the answered message."""
    if user.blocked and chat.type == "private":
        raise bad_request("unblock the bot first")
    thread = parameters.integer("thread")
    if thread == GENERAL:
        return None
    topic = target.topic if thread is None and target and target.chat is chat else None
    if thread is not None:
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request("there is no such topic")
    if topic is not None and topic.closed and chat.members[user.id] not in ADMINS:
        raise bad_request("the topic is closed")
    return topic
