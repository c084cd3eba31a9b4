"""The people, chats, topics and messages of this Telegram, in memory."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.local_telegram.updates.queue import Updates
from bot.local_telegram.updates.webhook import RunCall, Webhook
from bot.local_telegram.world.chats import Chat, Group, Topic
from bot.local_telegram.world.feed import Change, ChangeType, Feed
from bot.local_telegram.world.files import Files
from bot.local_telegram.world.inline import Inline
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.user import User

Json = dict[str, Any]
KEPT_GONE = 1_000
"""The number of deleted messages of which a chat keeps the topic."""
_IMPLICIT = {"is_name_implicit": True}
_NAMES = frozenset({"id", "first_name", "last_name", "username"})


@dataclass(frozen=True, slots=True)
class Press:
    """A press by `user` of a button of `message`, at `at` (monotonic seconds).

    `answer` gets text and whether to alert.
    """

    at: float
    user: User
    message: Message
    answer: asyncio.Future[tuple[str, bool]]


async def _nothing(method: str, parameters: object) -> None:
    """Stands for `World.call` as long as there is no Bot API."""


class World:
    """All that exists, and what can happen to it.

    Keeps the latest `keep` messages of all chats together. Tells the bot through `updates` and the
    apps of people through `feed`. `call` runs a call of the bot. While it `loses_ephemeral`, no
    app gets what is done with an ephemeral message.
    """

    def __init__(self, bot: User, people: Iterable[User], groups: Iterable[Group], keep: int):
        self.bot = bot
        self.keep = keep
        self.feed = Feed()
        self.files = Files()
        self.updates = Updates()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.inline = Inline()
        self.presses: OrderedDict[str, Press] = OrderedDict()
        self.commands: dict[tuple[str, ...], list[Json]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, Json] = {}
        self.examples: list[str] = []
        self.webhook: Webhook | None = None
        self.call: RunCall = _nothing
        self.loses_ephemeral = False
        self.private_ids = count(1)
        self._recent: deque[Message] = deque()
        for person in people:
            self.add_person(person)
        for group in groups:
            self.add_group(group)

    def add_person(self, person: User) -> Chat:
        """Add a person, with a private chat that is not started."""
        self.users[person.id] = person
        names = {k: v for k, v in person.json.items() if k in _NAMES}
        members = {person.id: "member", self.bot.id: "member"}
        chat = Chat(person.id, "private", names | {"type": "private"}, self.private_ids)
        chat.members = members
        return self.chats.setdefault(person.id, chat)

    def add_group(self, group: Group) -> Chat:
        """Add a group. An id of -100... makes a supergroup, any other a basic group."""
        is_super = str(group.id).startswith("-100")
        chat_type = "supergroup" if is_super else "group"
        json: Json = {"id": group.id, "title": group.title, "type": chat_type}
        if group.is_forum and is_super:
            json["is_forum"] = True
        # message 1 of a supergroup is its creation, and 1 as a topic's id would mean General
        chat = Chat(group.id, chat_type, json, count(2) if is_super else self.private_ids)
        chat.title, chat.is_forum = group.title, bool(json.get("is_forum"))
        chat.members = dict.fromkeys(group.members, "member")
        chat.members |= dict.fromkeys([*group.admins, self.bot.id], "administrator")
        if group.members:
            chat.members[group.members[0]] = "creator"
        if group.username and is_super:
            json["username"] = group.username
        self.chats[group.id] = chat
        return chat

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Json,
        *,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        markup: Json | None = None,
        service: bool = False,
        date: int | None = None,
        headers: Json | None = None,
    ) -> Message:
        """Put a message into a chat; the bot is told of other people's and of service messages.

        `date` is in Unix seconds, by default now. `headers` are those of `Message`.
        """
        date = int(time.time()) if date is None else date
        message = Message(next(chat.ids), chat, sender, date, content, markup=markup)
        message.headers = headers or {}
        message.topic = topic
        message.reply_to = reply_to
        if topic is not None:
            message.thread = topic.id
        elif reply_to is not None and chat.type == "supergroup" and not chat.is_forum:
            # replies in an ordinary supergroup form a thread that has its first message's id
            message.thread = reply_to.thread or reply_to.id
        self._keep(message)
        self.show("message", message)
        if service or sender is not self.bot:
            self.updates.put("message", message.json(), chat.id)
        return message

    def edit(
        self, message: Message, content: Json, markup: Json | None, date: int | None = None
    ) -> None:
        """Replace the content of a message; the bot is told when another wrote it.

        It is shown as edited only if the content changes, not the buttons alone. `date` is in Unix
        seconds, by default now.
        """
        if content != message.content:
            message.edited = int(time.time()) if date is None else date
        message.content = content
        message.markup = markup
        self.show("edited", message)
        if message.sender is not self.bot:
            self.updates.put("edited_message", message.json(), message.chat.id)

    def delete(self, message: Message) -> None:
        """Delete a message for everyone. Bots are not told, as in Telegram."""
        self._forget(message)
        self.show("deleted", message)

    def open_topic(
        self,
        chat: Chat,
        by: User,
        name: str,
        color: int,
        icon: str | None = None,
        *,
        is_name_implicit: bool = False,
    ) -> Topic:
        """Create a topic, with the service message that gives it its id."""
        about: Json = {"name": name, "icon_color": color}
        about |= {"icon_custom_emoji_id": icon} if icon else {}
        about |= _IMPLICIT if is_name_implicit else {}
        content = {"forum_topic_created": about}
        created = Message(next(chat.ids), chat, by, int(time.time()), content)
        topic = Topic(created.id, name, color, created, icon=icon)
        created.topic, created.thread = topic, topic.id
        chat.topics[topic.id] = topic
        self._keep(created)
        self.show("topic", created)
        self.show("message", created)
        self.updates.put("message", created.json(), chat.id)
        return topic

    def change_topic(self, chat: Chat, topic: Topic, by: User, change: Json) -> None:
        """Record a topic's new name or state with its service message."""
        message = self.post(chat, by, change, topic=topic, service=True)
        self.show("topic", message)

    def change_general(self, chat: Chat, by: User, name: str, value: bool) -> bool:
        """Close, reopen, hide or show General (`name`: "closed" or "hidden").

        A hidden General is closed, and one that is reopened is hidden no more. Returns whether
        anything changed.
        """
        general = chat.general
        if getattr(general, name) == value:
            return False
        was = general.closed, general.hidden
        setattr(general, name, value)
        if name == "hidden" and value:
            general.closed = True
        if name == "closed" and not value:
            general.hidden = False
        closed = "forum_topic_closed" if general.closed else "forum_topic_reopened"
        hidden = f"general_forum_topic_{'hidden' if general.hidden else 'unhidden'}"
        for service, old, new in zip(
            (closed, hidden), was, (general.closed, general.hidden), strict=True
        ):
            if old != new:
                self.post(chat, by, {service: {}}, service=True)
        self.tell(chat, "topic")
        return True

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic with all its messages. The bot is not told, as in Telegram."""
        del chat.topics[topic.id]
        for message in [m for m in chat.messages.values() if m.topic is topic]:
            self._forget(message)
        self.tell(chat, "topic", topic.id)

    def show(self, change: ChangeType, message: Message) -> None:
        """Tell the apps of the chat's people about a message."""
        self.tell(message.chat, change, message.thread, message)

    def tell(
        self,
        chat: Chat,
        change: ChangeType,
        thread: int | None = None,
        message: Message | None = None,
    ) -> None:
        """Tell the apps of the chat's people that something changed in it."""
        if self.feed.is_watched:
            self.feed.show(chat.present, Change(change, chat.id, thread, message))

    def _forget(self, message: Message) -> None:
        chat, message.deleted = message.chat, True
        chat.messages.pop(message.id, None)
        chat.gone[message.id] = message.thread
        if len(chat.gone) > KEPT_GONE:
            del chat.gone[next(iter(chat.gone))]

    def _keep(self, message: Message) -> None:
        message.chat.messages[message.id] = message
        self._recent.append(message)
        if len(self._recent) > self.keep:
            old = self._recent.popleft()
            old.reply_to = None
            old.chat.messages.pop(old.id, None)
