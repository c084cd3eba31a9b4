"""Bot API methods that copy and forward messages."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from bot.local_telegram.bot_api.methods.polls import copied_poll, rolled
from bot.local_telegram.bot_api.sending import protection, send
from bot.local_telegram.bot_api.targets import (
    chat_of,
    message_ids,
    message_of,
    open_topic,
    writable_chat,
)
from bot.local_telegram.text.formatting import caption_content
from bot.local_telegram.wire.errors import ApiError, bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat, Topic
from bot.local_telegram.world.kinds import CAPTIONED, album_id, kind_of
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.origins import forward_headers, origin_of
from bot.local_telegram.world.rights import check_may_send, is_copyable, is_forwardable
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def copied(original: Message, parameters: Parameters) -> Json:
    """The content of a copy, with the caption of the call if it gives one."""
    kind = kind_of(original.content)
    if parameters.values.get("caption") is not None and CAPTIONED.intersection(original.content):
        words = ("caption", "caption_entities")
        kept = {key: value for key, value in original.content.items() if key not in words}
        return kept | caption_content(parameters)
    if kind == "poll":
        return original.content | copied_poll(original.content["poll"])
    if kind == "dice":
        return original.content | rolled(original.content["dice"]["emoji"])
    return original.content


def copy_message(world: World, parameters: Parameters) -> Json:
    """copyMessage: one error stands for a kind that cannot be copied and for a lack of rights."""
    original = message_of(chat_of(world, parameters, "from_chat_id"), parameters, "copy")
    if not is_copyable(original):
        raise bad_request("the message can't be copied")
    error = bad_request("the message can't be copied")
    message = send(world, parameters, copied(original, parameters), error=error)
    return {"message_id": message.id}


def forward_message(world: World, parameters: Parameters) -> Json:
    """forwardMessage"""
    source = chat_of(world, parameters, "from_chat_id")
    original = message_of(source, parameters, "forward")
    _check_protection(source)
    if not is_forwardable(original):
        raise bad_request("the message can't be forwarded")
    where = Parameters({k: v for k, v in parameters.values.items() if "reply" not in k})
    headers = forward_headers(origin_of(original))
    error = bad_request("the message can't be forwarded")
    return send(world, where, original.content, headers=headers, error=error).json()


def _check_protection(source: Chat) -> None:
    if source.is_protected:
        raise bad_request("message has protected content and can't be forwarded")


def copy_messages(world: World, parameters: Parameters) -> list[Json]:
    """copyMessages: albums stay albums, what cannot be copied is left out."""
    originals, chat, topic = _many(world, parameters)
    plain = Parameters({"caption": "" if parameters.flag("remove_caption") else None})
    contents = [
        (each, copied(each, plain), protection(parameters))
        for each in originals
        if is_copyable(each)
    ]
    return _put(world, chat, topic, contents)


def forward_messages(world: World, parameters: Parameters) -> list[Json]:
    """forwardMessages: albums stay albums, what cannot be forwarded is left out."""
    originals, chat, topic = _many(world, parameters)
    _check_protection(chat_of(world, parameters, "from_chat_id"))
    contents = [
        (each, each.content, forward_headers(origin_of(each)) | protection(parameters))
        for each in originals
        if is_forwardable(each)
    ]
    return _put(world, chat, topic, contents)


def _many(world: World, parameters: Parameters) -> tuple[list[Message], Chat, Topic | None]:
    ids = message_ids(parameters)
    if not ids:
        raise bad_request("message identifiers are not specified")
    chat = writable_chat(world, parameters)
    topic = open_topic(world, chat, parameters)
    source = chat_of(world, parameters, "from_chat_id")
    originals = [message for each in ids if (message := source.find(each)) is not None]
    if not originals:
        raise bad_request("there are no messages to forward")
    if any(first >= second for first, second in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return originals, chat, topic


def _put(
    world: World,
    chat: Chat,
    topic: Topic | None,
    contents: list[tuple[Message, Json, Json]],
) -> list[Json]:
    """Write contents with their headers; each album becomes a new one."""
    albums: dict[str, str] = {}
    sent: list[Json] = []
    for original, content, headers in contents:
        if not _may_send(world, chat, content):
            continue
        if old := original.headers.get("media_group_id"):
            headers["media_group_id"] = albums.setdefault(old, album_id())
        message = world.post(chat, world.bot, content, topic=topic, headers=headers)
        sent.append({"message_id": message.id})
    if not sent:
        raise bad_request("messages can't be forwarded")
    return sent


def _may_send(world: World, chat: Chat, content: Json) -> bool:
    try:
        check_may_send(chat, world.bot, world.users.get(chat.id), content)
    except ApiError:
        return False
    return True
