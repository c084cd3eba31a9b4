"""A Telegram update, as JSON, to the event that it is. Field names: core.telegram.org/bots/api."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.channels import BotBack, Change, GroupMoved, Read, TopicClosed
from bot.core.events import Attached, Blocked, Edited, Pressed, Said
from bot.core.message import Item, Person, Ref, What

Json = Mapping[str, Any]
ToHtml = Callable[[Json], str]

# The field of a message that makes it what it is, in the order in which they are looked for: an
# animation comes with a document as well.
CONTENT: Mapping[str, What] = {
    "photo": "photo",
    "animation": "video",
    "video": "video",
    "video_note": "video",
    "voice": "voice",
    "audio": "audio",
    "document": "document",
    "sticker": "sticker",
    "venue": "location",
    "location": "location",
    "contact": "contact",
    "poll": "other",
    "dice": "other",
    "story": "other",
    "paid_media": "other",
    "game": "other",
    "invoice": "other",
    "checklist": "other",
}


def read(update: Json, seq: int, at: datetime, html: ToHtml) -> Read | None:
    """The event, or None for what says nothing to the desk. `html` renders a message's text."""
    if "message" in update:
        message = update["message"]
        return _change(message) or _message(message, seq, at, html)
    if "edited_message" in update:
        return _edited(update["edited_message"], seq, at, html)
    if "callback_query" in update:
        return _pressed(update["callback_query"], seq, at)
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"], seq, at)
    return None


def slim(update: Json) -> Json:
    """The update with no more of a message that is replied to than which one it is.

    Telegram repeats that message whole, in a topic the one that opened it with its title: words of
    somebody who may have them erased would come back with every reply.
    """
    kept = dict(update)
    for kind, each in update.items():
        if isinstance(each, dict) and isinstance(reply := each.get("reply_to_message"), dict):
            kept[kind] = {**each, "reply_to_message": {"message_id": reply.get("message_id")}}
    return kept


def lane(update: Json) -> str:
    """The chat whose order an update belongs to."""
    for each in update.values():
        if isinstance(each, dict):
            message = each.get("message", each)
            chat = message.get("chat") if isinstance(message, dict) else None
            if isinstance(chat, dict) and type(chat.get("id")) is int:
                return str(chat["id"])
    return ""


def _change(message: Json) -> Change | None:
    """What a service message tells of its group."""
    chat = message["chat"]["id"]
    if (new := message.get("migrate_to_chat_id")) is not None:
        return GroupMoved(chat, new)
    if (old := message.get("migrate_from_chat_id")) is not None:
        return GroupMoved(old, chat)
    if "forum_topic_closed" in message and _writer(message) is not None:
        return TopicClosed(chat, message["message_thread_id"])
    return None


def _common(message: Json, seq: int, at: datetime) -> dict[str, Any] | None:
    """What every message says, or None for one that no person wrote."""
    who = _writer(message)
    if who is None:
        return None
    chat = message["chat"]["id"]
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    reply = message.get("reply_to_message", {}).get("message_id")
    return {
        "seq": seq,
        "at": at,
        "who": who,
        "ref": Ref(chat, message["message_id"]),
        "thread": thread,
        "group": message["chat"]["type"] != "private",
        # In a topic every message that replies to none replies to the topic's first.
        "reply_to": Ref(chat, reply) if reply is not None and reply != thread else None,
    }


def _writer(message: Json) -> Person | None:
    sender = message.get("sender_chat")
    if sender is not None:
        # An admin who writes anonymously is the group itself; other chats are channels.
        same = sender["id"] == message["chat"]["id"]
        return Person(sender["id"], sender.get("title", "")) if same else None
    user = message.get("from")
    return None if user is None or user.get("is_bot") else _person(user)


def _person(user: Json) -> Person:
    name = " ".join(filter(None, (user["first_name"], user.get("last_name"))))
    return Person(user["id"], name, user.get("username", ""))


def _message(message: Json, seq: int, at: datetime, html: ToHtml) -> Said | Attached | None:
    common = _common(message, seq, at)
    if common is None:
        return None
    if "text" in message:
        return Said(**common, text=message["text"])
    field = next((name for name in CONTENT if name in message), None)
    if field is None:
        return None
    text = message.get("caption") or message.get("contact", {}).get("phone_number", "")
    album = message.get("media_group_id")
    file = _file(message, field)
    return Attached(
        **common,
        item=_item(message, field, html),
        text=text,
        album=album,
        size=file.get("file_size", 0),
        mime=file.get("mime_type", ""),
    )


def _file(message: Json, field: str) -> Json:
    """What is told of a message's file; of a photo's sizes the largest."""
    content = message[field]
    return content[-1] if field == "photo" else content if isinstance(content, dict) else {}


def _item(message: Json, field: str, html: ToHtml) -> Item:
    file = _file(message, field)
    return Item(
        ref=Ref(message["chat"]["id"], message["message_id"]),
        what=CONTENT[field],
        file=file.get("file_id", ""),
        name=file.get("file_name", ""),
        html=html(message),
        album=message.get("media_group_id", ""),
    )


def _edited(message: Json, seq: int, at: datetime, html: ToHtml) -> Edited | None:
    common = _common(message, seq, at)
    if common is None:
        return None
    field = next((name for name in CONTENT if name in message), None)
    item = Item(ref=common["ref"], what="text", html=html(message))
    if field is not None:
        item = _item(message, field, html)
    text = message.get("text") or message.get("caption", "")
    if not text:  # a live location moved, or a picture lost its caption
        return None
    return Edited(**common, item=item, text=text)


def _pressed(query: Json, seq: int, at: datetime) -> Pressed | None:
    message = query.get("message")
    if message is None or "data" not in query:
        return None
    topic = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Pressed(
        seq=seq,
        at=at,
        who=_person(query["from"]),
        ref=Ref(message["chat"]["id"], message["message_id"]),
        thread=topic,
        group=message["chat"]["type"] != "private",
        data=query["data"],
        query=query["id"],
    )


def _membership(change: Json, seq: int, at: datetime) -> Blocked | BotBack | None:
    if change["chat"]["type"] != "private":
        here = change["new_chat_member"]["status"] in ("member", "administrator")
        return BotBack(change["chat"]["id"]) if here else None
    return Blocked(
        seq=seq,
        at=at,
        who=_person(change["from"]),
        ref=Ref(change["chat"]["id"], 0),
        blocked=change["new_chat_member"]["status"] == "kicked",
    )
