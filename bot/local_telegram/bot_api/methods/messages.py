"""Bot API methods that write and delete messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bot.local_telegram.bot_api.destinations import destination_of
from bot.local_telegram.bot_api.keyboards import inline_keyboard
from bot.local_telegram.bot_api.targets import chat_of, message_ids, message_of, writable_chat
from bot.local_telegram.text.formatting import caption_content, text_content
from bot.local_telegram.wire.errors import ApiError, bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.kinds import ALBUM_KINDS, CAPTIONED, album_id
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.rights import check_may_send, may
from bot.local_telegram.world.world import World

Json = dict[str, Any]

ALBUM_SIZE = range(2, 11)
DELETABLE_SECONDS = 48 * 3600


def protection(parameters: Parameters) -> Json:
    """What `protect_content` adds to a message."""
    return {"has_protected_content": True} if parameters.flag("protect_content") else {}


def send(
    world: World,
    parameters: Parameters,
    content: Json,
    *,
    headers: Json | None = None,
    error: ApiError | None = None,
) -> Message:
    """Put `content` where the call wants it, with its keyboard and as a reply if asked.

    Raises what `destination_of` does, and 400 where the bot may not send such content: `error`, or
    Telegram's usual words.
    """
    markup = inline_keyboard(parameters)
    to = destination_of(world, parameters)
    try:
        check_may_send(to.chat, world.bot, world.users.get(to.chat.id), content)
    except ApiError as usual:
        raise error or usual from None
    return world.post(
        to.chat,
        world.bot,
        content,
        topic=to.topic,
        reply_to=to.reply_to,
        markup=markup,
        headers=to.headers | (headers or {}) | protection(parameters),
    )


def send_message(world: World, parameters: Parameters) -> Json:
    """sendMessage"""
    return send(world, parameters, text_content(parameters)).json()


def media_content(world: World, kind: str, parameters: Parameters, given: object) -> Json:
    """The content of one file: uploaded with the call, named by its id, or by a URL."""
    caption = caption_content(parameters) if kind in CAPTIONED else {}
    upload = parameters.upload(kind, given)
    if upload is None and isinstance(given, str) and "://" in given:
        upload = world.files.fetched(kind, given)
    if upload is not None:
        described = world.files.add(kind, upload, parameters.values)
    elif not isinstance(given, str) or not given:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    else:
        described = world.files.known(kind, given)
    return _whole(kind, described) | caption


def _whole(kind: str, described: Any) -> Json:
    """An animation is a document for those who know no animations."""
    if kind != "animation":
        return {kind: described}
    shape = {"width", "height", "duration"}
    return {kind: described, "document": {k: v for k, v in described.items() if k not in shape}}


def media_sender(kind: str) -> Callable[[World, Parameters], Json]:
    """The method that sends one file of `kind`: sendPhoto, sendDocument and the like."""

    def method(world: World, parameters: Parameters) -> Json:
        writable_chat(world, parameters)
        content = media_content(world, kind, parameters, parameters.values.get(kind))
        return send(world, parameters, content).json()

    return method


def send_media_group(world: World, parameters: Parameters) -> list[Json]:
    """sendMediaGroup"""
    media = parameters.sequence("media") or []
    if len(media) not in ALBUM_SIZE:
        raise bad_request("there must be from 2 to 10 items in an album")
    to = destination_of(world, parameters)
    kinds = [str(item.get("type")) if isinstance(item, dict) else "" for item in media]
    mixed = {"photo", "video"}
    if not ALBUM_KINDS.issuperset(kinds) or (len(set(kinds)) > 1 and not mixed.issuperset(kinds)):
        raise bad_request("can't use the media of the specified type in the album")
    headers = {"media_group_id": album_id()} | to.headers | protection(parameters)
    contents = [
        media_content(world, kind, Parameters(item, parameters.uploads), item.get("media"))
        for kind, item in zip(kinds, media, strict=True)
    ]
    for content in contents:
        check_may_send(to.chat, world.bot, world.users.get(to.chat.id), content)
    return [
        world.post(
            to.chat,
            world.bot,
            content,
            topic=to.topic,
            reply_to=to.reply_to,
            headers=headers,
        ).json()
        for content in contents
    ]


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    """Others' messages too where the bot may delete them; anything in private for two days."""
    if "forum_topic_created" in message.content:
        raise bad_request("message can't be deleted")
    if chat.type != "private" and may(chat, world.bot, "can_delete_messages"):
        return
    if chat.type != "private" and message.sender is not world.bot:
        raise bad_request("message can't be deleted")
    if time.time() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def delete_message(world: World, parameters: Parameters) -> bool:
    """deleteMessage"""
    chat = chat_of(world, parameters)
    message = message_of(chat, parameters, "delete")
    _check_deletable(world, chat, message)
    world.delete(message)
    return True


def delete_messages(world: World, parameters: Parameters) -> bool:
    """deleteMessages: those that are not found are passed over, one that may not go stops all."""
    ids = message_ids(parameters)
    chat = chat_of(world, parameters)
    messages = [message for each in ids if (message := chat.find(each)) is not None]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        world.delete(message)
    return True
