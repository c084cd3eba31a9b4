"""A message: its content and its headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.local_telegram.world.user import User

if TYPE_CHECKING:
    from bot.local_telegram.world.chats import Chat, Topic

Json = dict[str, Any]

BATCH_LIMIT = 100
"""How many messages can be copied, forwarded or deleted at once."""


@dataclass(slots=True)
class Message:
    """A message in a chat.

    `content` has the fields of its kind: text, photo, ... `headers` have those about how it was
    sent: forward_origin, quote, media_group_id, ...; an edit keeps them, a copy has none of them.
    `sender` is the real author, also where `headers` show another. `reactions` maps users to their
    `ReactionType` objects.
    """

    id: int
    chat: Chat
    sender: User
    date: int
    content: Json
    thread: int | None = None
    topic: Topic | None = None
    reply_to: Message | None = None
    markup: Json | None = None
    edited: int | None = None
    deleted: bool = False
    headers: Json = field(default_factory=dict)
    reactions: dict[int, list[Json]] | None = None

    @property
    def kind(self) -> str:
        """The name of the first field of its content: text, photo, giveaway, ..."""
        return next(iter(self.content), "")

    @property
    def text(self) -> str:
        """Its text or its caption, empty if it has none."""
        said: str = self.content.get("text") or self.content.get("caption") or ""
        return said

    @property
    def entities(self) -> list[Json]:
        """The entities of `text`."""
        marked: list[Json] = (
            self.content.get("entities") or self.content.get("caption_entities") or []
        )
        return marked

    @property
    def is_protected(self) -> bool:
        """Whether it may not be forwarded or saved."""
        return self.chat.is_protected or "has_protected_content" in self.headers

    def json(self, nested: bool = False) -> Json:
        """The Bot API `Message`; `nested`: as a `reply_to_message`, which has none itself."""
        sent: Json = {
            "message_id": self.id,
            "from": self.sender.json,
            "chat": self.chat.json,
            "date": self.date,
        }
        if self.thread is not None:
            sent["message_thread_id"] = self.thread
        if self.topic is not None:
            sent["is_topic_message"] = True
        if self.edited is not None:
            sent["edit_date"] = self.edited
        if not nested:
            parent = self.reply_to
            if (parent is None or parent.deleted) and self.topic is not None:
                parent = self.topic.created
            if parent is not None and parent is not self and not parent.deleted:
                sent["reply_to_message"] = parent.json(nested=True)
        sent |= self.content
        if self.markup is not None:
            sent["reply_markup"] = self.markup
        return sent | self.headers
