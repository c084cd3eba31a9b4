"""A Telegram update, as JSON, to the event that it is. Field names: core.telegram.org/bots/api."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels import BotBack, Change, GroupMoved, Read, TopicClosed
from bot.channels.telegram.contents import CONTENT, FILES, content
from bot.core.model.address import address
from bot.core.model.events import Attached, Blocked, Edited, Pressed, Said
from bot.core.model.message import Item, Person, Ref
from bot.core.tickets.lifecycle import number_in

Json = Mapping[str, Any]
ToHtml = Callable[[str, object], str]
"""A text and its entities to HTML."""

NAME = "telegram"
"""Begins the addresses of this channel."""

_ADDRESSED = re.compile(r"(/\w+)@(\w+)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads updates for the bot `username`; `html` renders what people write."""

    username: str
    html: ToHtml

    def read(self, update: Json, seq: int, taken_at: datetime) -> Read | None:
        """The event, or None for what says nothing to the desk."""
        for kind, read in _UPDATES.items():
            if kind in update:
                return read(self, update[kind], seq, taken_at)
        return None

    def _said(self, message: Json, seq: int, taken_at: datetime) -> Read | None:
        if (change := _change(message)) is not None:
            return change
        field, common = content(message), self._common(message, seq, taken_at)
        if field is None or common is None:
            return None
        if field == "text":
            return self._text(message, common)
        return Attached(
            **common,
            **_measures(message, field),
            item=self._item(message, field),
            text=message.get("caption") or message.get("contact", {}).get("phone_number", ""),
            album=message.get("media_group_id"),
        )

    def _text(self, message: Json, common: dict[str, Any]) -> Said | None:
        text, html = message["text"], self.html(message["text"], message.get("entities"))
        addressed = _ADDRESSED.match(text)
        if addressed is not None and addressed[2].lower() == self.username.lower():
            text = addressed[1] + text[addressed.end() :]
        elif addressed is not None and common["group"]:
            return None  # it is for another bot of the group
        return Said(**common, text=text, html=html, offered=self._offered(message))

    def _edited(self, message: Json, seq: int, taken_at: datetime) -> Edited | None:
        field, common = content(message), self._common(message, seq, taken_at)
        if field is None or common is None or field == "location":  # a live location moves
            return None
        if self._offered(message):  # nobody can change it: somebody reacted to it
            return None
        text = message.get("text") or message.get("caption", "")
        item = self._item(message, field)
        return Edited(**common, **_measures(message, field), item=item, text=text)

    def _offered(self, message: Json) -> bool:
        """Whether the message was sent by way of this bot."""
        by = str(message.get("via_bot", {}).get("username", ""))
        return by != "" and by.lower() == self.username.lower()

    def _item(self, message: Json, field: str) -> Item:
        text, entities = message.get("text", ""), message.get("entities")
        if field != "text":
            text, entities = message.get("caption", ""), message.get("caption_entities")
        file = _file(message, field)
        return Item(
            ref=Ref(_address(message["chat"]), message["message_id"]),
            what="text" if field == "text" else CONTENT.get(field, "other"),
            file=file.get("file_id", ""),
            name=file.get("file_name", ""),
            html=self.html(text, entities),
            album=message.get("media_group_id", ""),
            unique=file.get("file_unique_id", ""),
            native="" if field == "text" else field,
        )

    def _common(self, message: Json, seq: int, taken_at: datetime) -> dict[str, Any] | None:
        """What every message says, or None for one that no person wrote."""
        who = _writer(message)
        if who is None:
            return None
        chat, group = _address(message["chat"]), message["chat"]["type"] != "private"
        thread = message.get("message_thread_id") if message.get("is_topic_message") else None
        replied = message.get("reply_to_message", {})
        reply = replied.get("message_id")
        first = reply is None or reply == thread
        quote = message.get("quote", {})
        elsewhere = message.get("external_reply")
        return {
            "seq": seq,
            "at": _at(message, taken_at),
            "taken_at": taken_at,
            "who": who,
            "ref": Ref(chat, message["message_id"]),
            "thread": thread,
            "group": group,
            # In a topic every message that replies to none replies to the topic's first.
            "reply_to": None if first else Ref(chat, reply),
            "topic": replied.get("topic", ""),
            "reply_to_desk": not first and replied.get("by_desk", False),
            "reply_to_own": not first and replied.get("own", False),
            "quote": self.html(quote.get("text", ""), quote.get("entities")),
            "forwarded": _origin(message.get("forward_origin")),
            "elsewhere": _origin(elsewhere.get("origin")) if elsewhere else None,
        }

    def _pressed(self, query: Json, seq: int, taken_at: datetime) -> Pressed | None:
        message = query.get("message")
        if message is None or "data" not in query:
            return None
        topic = message.get("message_thread_id") if message.get("is_topic_message") else None
        return Pressed(
            seq=seq,
            at=taken_at,
            who=_person(query["from"]),
            ref=Ref(_address(message["chat"]), message["message_id"]),
            thread=topic,
            group=message["chat"]["type"] != "private",
            data=query["data"],
            query=query["id"],
        )

    def _membership(self, change: Json, seq: int, taken_at: datetime) -> Blocked | BotBack | None:
        now = change["new_chat_member"]
        if change["chat"]["type"] != "private":
            speaks = now["status"] in ("member", "administrator") or now.get("can_send_messages")
            return BotBack(_address(change["chat"])) if speaks else None
        return Blocked(
            seq=seq,
            at=taken_at,
            who=_person(change["from"]),
            ref=Ref(_address(change["chat"]), 0),
            blocked=now["status"] == "kicked",
        )


_UPDATES: Mapping[str, Callable[[Reader, Json, int, datetime], Read | None]] = {
    "message": Reader._said,
    "edited_message": Reader._edited,
    "callback_query": Reader._pressed,
    "my_chat_member": Reader._membership,
}


def slim(update: Json, me: int) -> Json:
    """The update with no more of a message that is replied to than `_replied` leaves.

    Telegram repeats that message whole, in a topic the one that opened it with its title: words of
    somebody who may have them erased would come back with every reply.
    """
    kept = dict(update)
    for kind, each in update.items():
        if isinstance(each, dict) and isinstance(reply := each.get("reply_to_message"), dict):
            kept[kind] = {**each, "reply_to_message": _replied(reply, each, me)}
    return kept


def _replied(reply: Json, to_it: Json, me: int) -> Json:
    """Which message it is, whether bot `me` or the writer of the one `to_it` sent it, and of a
    topic that the bot opened whose ticket's.
    """
    kept = {"message_id": reply.get("message_id")}
    sender, opened = reply.get("from"), reply.get("forum_topic_created")
    if _is_same(sender, to_it.get("from")) and not {"sender_chat"} & {*reply, *to_it}:
        kept["own"] = True
    if isinstance(sender, dict) and sender.get("id") == me:
        kept["by_desk"] = True
        if isinstance(opened, dict):
            kept["topic"] = number_in(str(opened.get("name", "")))
    return kept


def _is_same(one: object, other: object) -> bool:
    """Whether both are one user, as Telegram tells them."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    return type(one.get("id")) is int and one["id"] == other.get("id")


def chat(update: Json) -> tuple[str, bool]:
    """The address of the chat that an update is of, and whether it is a private one; ("", False)
    where it tells none.
    """
    for each in update.values():
        if isinstance(each, dict):
            message = each.get("message", each)
            known = message.get("chat") if isinstance(message, dict) else None
            if isinstance(known, dict) and type(known.get("id")) is int:
                return _address(known), known.get("type") == "private"
    return "", False


def _change(message: Json) -> Change | None:
    """What a service message tells of its group."""
    chat = _address(message["chat"])
    if (new := message.get("migrate_to_chat_id")) is not None:
        return GroupMoved(chat, address(NAME, new))
    if (old := message.get("migrate_from_chat_id")) is not None:
        return GroupMoved(address(NAME, old), chat)
    if "forum_topic_closed" in message and _writer(message) is not None:
        return TopicClosed(chat, message["message_thread_id"])
    return None


def _at(message: Json, taken_at: datetime) -> datetime:
    """When it was written or last edited, by Telegram's clock; never later than it was taken in."""
    seconds = message.get("edit_date") or message.get("date")
    if not isinstance(seconds, int) or seconds <= 0:
        return taken_at
    try:
        return min(datetime.fromtimestamp(seconds, UTC), taken_at)
    except (OverflowError, ValueError, OSError):
        return taken_at


def _writer(message: Json) -> Person | None:
    """Who wrote it; None for a bot, and for a channel's post that came into its group by itself.

    Whoever writes in the name of a chat is that chat here: Telegram hides who they are.
    """
    sender, user = message.get("sender_chat"), message.get("from")
    if sender is not None and not message.get("is_automatic_forward"):
        same = sender["id"] == message["chat"]["id"]
        return Person(
            _address(sender), sender.get("title", ""), face="group" if same else "channel"
        )
    return None if sender is not None or user is None or user.get("is_bot") else _person(user)


def _person(user: Json) -> Person:
    name = " ".join(filter(None, (user["first_name"], user.get("last_name"))))
    return Person(_address(user), name, user.get("username", ""))


def _address(known: Json) -> str:
    """That of a chat or user."""
    return address(NAME, known["id"])


def _origin(origin: Json | None) -> str | None:
    """The name of whoever wrote a message first: "" where it is not told."""
    if origin is None:
        return None
    if isinstance(user := origin.get("sender_user"), dict):
        return _person(user).name
    chat = origin.get("sender_chat") or origin.get("chat") or {}
    return str(origin.get("sender_user_name") or chat.get("title") or "")


def _measures(message: Json, field: str) -> dict[str, Any]:
    """Size and type of a message's file, as Telegram tells them."""
    file = _file(message, field)
    return {"size": file.get("file_size", 0), "mime": file.get("mime_type", "")}


def _file(message: Json, field: str) -> Json:
    """What is told of a message's file; of a photo's sizes the largest."""
    if field not in FILES:
        return {}
    file: Json = message[field][-1] if field == "photo" else message[field]
    return file
