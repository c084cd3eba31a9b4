"""What a person does in a chat: send, edit, delete, press, and an admin's hand on topics."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from bot.local_telegram import membership
from bot.local_telegram.checks import CAPTION_LIMIT, TEXT_LIMIT, checked, stripped
from bot.local_telegram.entities import utf16
from bot.local_telegram.errors import bad_request
from bot.local_telegram.methods_messages import ALBUM_KINDS, CAPTIONED, album_id
from bot.local_telegram.parameters import Parameters, Upload
from bot.local_telegram.world import PRESENT, Chat, Message, Press, Topic, User, World

Json = dict[str, Any]
Act = Callable[[World, User, Chat, Parameters], "list[Message] | asyncio.Future[tuple[str, bool]]"]

KEPT_PRESSES = 10_000
ADMINS = frozenset({"creator", "administrator"})
_press_ids = count(int(time.time()) << 24)


def send(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Send a text, a sticker, a place, a contact, a file, or several as an album."""
    topic = _place(user, chat, parameters)
    reply_to = None
    if wanted := parameters.integer("reply_to"):
        reply_to = chat.find(wanted)
        if reply_to is None:
            raise bad_request("there is no such message to answer")
    contents = _files(world, parameters) if parameters.uploads else [_content(world, parameters)]
    if chat.type == "private":
        user.started = True
    return [world.post(chat, user, content, topic=topic, reply_to=reply_to) for content in contents]


def _place(user: User, chat: Chat, parameters: Parameters) -> Topic | None:
    if user.blocked and chat.type == "private":
        raise bad_request("unblock the bot first")
    thread = parameters.integer("thread")
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("there is no such topic")
    if topic.closed and chat.members[user.id] not in ADMINS:
        raise bad_request("the topic is closed")
    return topic


def _content(world: World, parameters: Parameters) -> Json:
    for kind, read in _CONTENTS.items():
        if parameters.values.get(kind):
            return {kind: read(world, parameters)}
    text, entities = _written(parameters, "text", TEXT_LIMIT)
    if not text:
        raise bad_request("there is nothing to send")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _written(parameters: Parameters, name: str, limit: int) -> tuple[str, list[Json]]:
    written = parameters.text(name)
    text, entities = stripped(written, checked(parameters.sequence("entities") or (), written))
    if utf16(text) > limit:
        raise bad_request(f"the text is over {limit} characters")
    return text, entities


def _sticker(world: World, parameters: Parameters) -> Json:
    emoji = parameters.text("sticker")
    upload = Upload("sticker.webp", "image/webp", emoji.encode())
    sticker: Json = world.files.add("sticker", upload, {"emoji": emoji})
    return sticker


def _location(world: World, parameters: Parameters) -> Json:
    given = Parameters(parameters.mapping("location") or {})
    place = {name: given.number(name) for name in ("latitude", "longitude")}
    if None in place.values():
        raise bad_request("a location needs latitude and longitude")
    return place


def _contact(world: World, parameters: Parameters) -> Json:
    contact = Parameters(parameters.mapping("contact") or {})
    known = ("phone_number", "first_name", "last_name")
    given = {name: contact.text(name) for name in known if contact.text(name)}
    if not {"phone_number", "first_name"} <= given.keys():
        raise bad_request("a contact needs phone_number and first_name")
    return given


_CONTENTS: dict[str, Callable[[World, Parameters], Json]] = {
    "sticker": _sticker,
    "location": _location,
    "contact": _contact,
}


def _files(world: World, parameters: Parameters) -> list[Json]:
    kind = parameters.text("kind") or "document"
    if kind not in CAPTIONED:
        raise bad_request("kind is one of photo, document, voice, video, audio")
    uploads = list(parameters.uploads.values())
    if len(uploads) > 10 or (len(uploads) > 1 and kind not in ALBUM_KINDS):
        raise bad_request("an album holds 2 to 10 photos, documents, videos or audio files")
    caption, entities = _written(parameters, "caption", CAPTION_LIMIT)
    contents: list[Json] = [{kind: world.files.add(kind, upload)} for upload in uploads]
    if len(contents) > 1:
        group = album_id()
        contents = [content | {"media_group_id": group} for content in contents]
    if caption:
        contents[0]["caption"] = caption
    if entities:
        contents[0]["caption_entities"] = entities
    return contents


def _message(chat: Chat, parameters: Parameters) -> Message:
    message = chat.find(parameters.integer("message"))
    if message is None:
        raise bad_request("there is no such message")
    return message


def _own(user: User, chat: Chat, parameters: Parameters) -> Message:
    message = _message(chat, parameters)
    if message.sender is not user:
        raise bad_request("the message is not the person's own")
    return message


def edit(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Edit one's own text or caption."""
    message = _own(user, chat, parameters)
    name, marks = ("text", "entities")
    if "text" not in message.content:
        if not CAPTIONED.intersection(message.content):
            raise bad_request("this message has no text to edit")
        name, marks = ("caption", "caption_entities")
    text, entities = _written(parameters, "text", TEXT_LIMIT if name == "text" else CAPTION_LIMIT)
    if not text and name == "text":
        raise bad_request("the new text is empty")
    content = {k: v for k, v in message.content.items() if k not in {name, marks}}
    content |= {name: text} if text else {}
    content |= {marks: entities} if entities else {}
    world.edit(message, content, message.markup)
    return [message]


def delete(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Delete one's own message."""
    world.delete(_own(user, chat, parameters))
    return []


def press(
    world: World, user: User, chat: Chat, parameters: Parameters
) -> asyncio.Future[tuple[str, bool]]:
    """Press a button; the future becomes the bot's answer: its text, and whether as an alert."""
    message, data = _message(chat, parameters), parameters.text("data")
    rows = (message.markup or {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise bad_request("the message has no such button")
    query_id = str(next(_press_ids))
    answer: asyncio.Future[tuple[str, bool]] = asyncio.get_running_loop().create_future()
    world.presses[query_id] = Press(time.monotonic(), answer)
    if len(world.presses) > KEPT_PRESSES:
        world.presses.popitem(last=False)
    query = {
        "id": query_id,
        "from": user.json,
        "message": message.json(),
        "chat_instance": str(abs(chat.id) * 2_654_435_761 % 2**62),
        "data": data,
    }
    world.updates.put("callback_query", query, chat.id)
    return answer


def change_topic(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """An administrator deletes, closes or reopens a topic by hand."""
    topic = chat.topics.get(parameters.integer("thread") or 0)
    if topic is None:
        raise bad_request("there is no such topic")
    if chat.members.get(user.id) not in ADMINS:
        raise bad_request("only an administrator of the group may do this")
    action = parameters.text("action")
    if action == "delete":
        world.delete_topic(chat, topic)
    elif action in {"close", "reopen"}:
        topic.closed = action == "close"
        change = "forum_topic_closed" if topic.closed else "forum_topic_reopened"
        world.change_topic(chat, topic, user, {change: {}})
    else:
        raise bad_request("action is one of delete, close, reopen")
    return []


def join(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Join a group."""
    if chat.members.get(user.id) not in PRESENT:
        membership.join(world, chat, user)
    return []


def leave(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Leave a group."""
    if chat.type == "private":
        raise bad_request("one does not leave a private chat")
    if chat.members.get(user.id) in PRESENT:
        membership.leave(world, chat, user)
    return []
