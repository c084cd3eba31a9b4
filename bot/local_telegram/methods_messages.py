"""Bot API methods that write, change, copy or delete messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import Any

from bot.local_telegram.checks import (
    caption_content,
    chat_of,
    inline_keyboard,
    message_of,
    reply_of,
    text_content,
    topic_of,
    writable_chat,
)
from bot.local_telegram.errors import bad_request
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.world import Chat, Message, World

Json = dict[str, Any]

ALBUM_SIZE = range(2, 11)
ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
DELETABLE_SECONDS = 48 * 3600
CAPTIONED = ALBUM_KINDS | {"voice"}
SERVICE = frozenset(
    [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "new_chat_members",
        "left_chat_member",
    ]
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_albums = count(int(time.time()) << 20)


def album_id() -> str:
    """A new `media_group_id`."""
    return str(next(_albums))


def send(world: World, parameters: Parameters, content: Json) -> Message:
    """Put `content` where the call wants it, with its keyboard and as a reply if asked."""
    markup = inline_keyboard(parameters)
    chat = writable_chat(world, parameters)
    reply_to = reply_of(chat, parameters)
    topic = topic_of(chat, parameters, reply_to)
    return world.post(chat, world.bot, content, topic=topic, reply_to=reply_to, markup=markup)


def send_message(world: World, parameters: Parameters) -> Json:
    """sendMessage"""
    return send(world, parameters, text_content(parameters)).json()


def media_content(world: World, kind: str, parameters: Parameters, given: object) -> Json:
    """The content of one file: uploaded with the call, or sent before and named by its id."""
    caption = caption_content(parameters) if kind in CAPTIONED else {}
    upload = parameters.upload(kind, given)
    if upload is not None:
        described = world.files.add(kind, upload, parameters.values)
    elif not isinstance(given, str) or not given:
        raise bad_request(f"there is no {kind} in the request")
    else:
        described = world.files.known(kind, given)
    return {kind: described} | caption


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
    chat = writable_chat(world, parameters)
    kinds = [str(item.get("type")) if isinstance(item, dict) else "" for item in media]
    mixed = {"photo", "video"}
    if not ALBUM_KINDS.issuperset(kinds) or (len(set(kinds)) > 1 and not mixed.issuperset(kinds)):
        raise bad_request("can't use the media of the specified type in the album")
    reply_to = reply_of(chat, parameters)
    topic = topic_of(chat, parameters, reply_to)
    together = {"media_group_id": album_id()}
    contents = [
        media_content(world, kind, Parameters(item, parameters.uploads), item.get("media"))
        for kind, item in zip(kinds, media, strict=True)
    ]
    return [
        world.post(chat, world.bot, content | together, topic=topic, reply_to=reply_to).json()
        for content in contents
    ]


def send_location(world: World, parameters: Parameters) -> Json:
    """sendLocation"""
    place = {name: parameters.number(name) for name in ("latitude", "longitude")}
    if None in place.values():
        raise bad_request("wrong location specified")
    return send(world, parameters, {"location": place}).json()


def send_contact(world: World, parameters: Parameters) -> Json:
    """sendContact"""
    given = {key: parameters.text(key) for key in ("phone_number", "first_name", "last_name")}
    if not given["phone_number"] or not given["first_name"]:
        raise bad_request("contact phone number and first name must be non-empty")
    return send(world, parameters, {"contact": {k: v for k, v in given.items() if v}}).json()


def _own(world: World, parameters: Parameters) -> Message:
    chat = chat_of(world, parameters)
    message = message_of(chat, parameters, "edit")
    if message.sender is not world.bot or SERVICE.intersection(message.content):
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, content: Json, markup: Json | None) -> Json:
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    world.edit(message, content, markup)
    return message.json()


def edit_message_text(world: World, parameters: Parameters) -> Json:
    """editMessageText: without a keyboard the old one goes, as in Telegram."""
    content, markup = text_content(parameters), inline_keyboard(parameters)
    message = _own(world, parameters)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, content, markup)


def edit_message_caption(world: World, parameters: Parameters) -> Json:
    """editMessageCaption"""
    caption, markup = caption_content(parameters), inline_keyboard(parameters)
    message = _own(world, parameters)
    if not CAPTIONED.intersection(message.content):
        raise bad_request("there is no caption in the message to edit")
    old = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    return _change(world, message, old | caption, markup)


def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    """editMessageReplyMarkup"""
    markup = inline_keyboard(parameters)
    message = _own(world, parameters)
    return _change(world, message, message.content, markup)


def _copied(original: Message, parameters: Parameters) -> Json:
    if SERVICE.intersection(original.content):
        raise bad_request("message can't be copied")
    left_out = {"media_group_id"}
    if parameters.values.get("caption") is None or not CAPTIONED.intersection(original.content):
        return {k: v for k, v in original.content.items() if k not in left_out}
    left_out |= {"caption", "caption_entities"}
    kept = {k: v for k, v in original.content.items() if k not in left_out}
    return kept | caption_content(parameters)


def _original_chat(world: World, parameters: Parameters) -> Chat:
    return chat_of(world, parameters, "from_chat_id")


def copy_message(world: World, parameters: Parameters) -> Json:
    """copyMessage"""
    original = message_of(_original_chat(world, parameters), parameters, "copy")
    message = send(world, parameters, _copied(original, parameters))
    return {"message_id": message.id}


def copy_messages(world: World, parameters: Parameters) -> list[Json]:
    """copyMessages: albums stay albums, what cannot be copied is left out."""
    source = _original_chat(world, parameters)
    wanted = parameters.sequence("message_ids") or []
    originals = [source.find(_number(each)) for each in wanted]
    chat = writable_chat(world, parameters)
    topic = topic_of(chat, parameters)
    plain = Parameters({"caption": "" if parameters.flag("remove_caption") else None})
    albums: dict[str, str] = {}
    sent: list[Json] = []
    for original in originals:
        if original is None or SERVICE.intersection(original.content):
            continue
        content = _copied(original, plain)
        if old := original.content.get("media_group_id"):
            content["media_group_id"] = albums.setdefault(old, album_id())
        sent.append({"message_id": world.post(chat, world.bot, content, topic=topic).id})
    if not sent:
        raise bad_request("there are no messages to copy")
    return sent


def _number(value: object) -> int | None:
    return Parameters({"message_id": value}).integer("message_id")


def delete_message(world: World, parameters: Parameters) -> bool:
    """deleteMessage: others' messages too where the bot is an administrator, not in private."""
    chat = chat_of(world, parameters)
    message = message_of(chat, parameters, "delete")
    admin = chat.members[world.bot.id] == "administrator"
    private_or_own = chat.type == "private" or message.sender is world.bot
    if not private_or_own and not admin:
        raise bad_request("message can't be deleted")
    if not admin and time.time() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.delete(message)
    return True


def delete_messages(world: World, parameters: Parameters) -> bool:
    """deleteMessages: those that are not found are passed over."""
    chat = chat_of(world, parameters)
    for each in parameters.sequence("message_ids") or []:
        message = chat.find(_number(each))
        if message is not None:
            world.delete(message)
    return True
