"""Chats, and the topics of a forum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.local_telegram.world.ephemeral import EphemeralMessage
    from bot.local_telegram.world.message import Message

Json = dict[str, Any]

TOPIC_COLOR = 0x6FB9F0
ADMINS = frozenset({"creator", "administrator"})
PRESENT = ADMINS | {"member", "restricted"}
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""The fields of the Bot API `ChatPermissions` object: what members may do."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group to begin with. Its first member is the owner; the bot is an administrator.

    A supergroup with a `username` is public: a bot may name it "@username".
    """

    id: int
    title: str
    members: tuple[int, ...] = ()
    admins: tuple[int, ...] = ()
    is_forum: bool = True
    username: str | None = None


@dataclass(slots=True)
class General:
    """The topic that every forum has; its messages belong to no other topic."""

    name: str = "General"
    closed: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Box:
    """The ephemeral messages of one person in a group, by their numbers.

    `kept` are those that exist, `shown` those in the person's app, as they reached it.
    """

    kept: dict[int, EphemeralMessage] = field(default_factory=dict)
    shown: dict[int, EphemeralMessage] = field(default_factory=dict)


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group; `members` maps users to their status.

    `rights` are those of restricted members, and of administrators without the usual ones;
    `permissions` are those of all members. `moved_to` is the supergroup that this group became,
    `write_error` what Telegram's servers answer to whatever a bot sends here
    ("CHAT_WRITE_FORBIDDEN"). `pinned` are ids of messages, `gone` maps the latest deleted messages
    to their topics. `ephemeral` maps people to what they alone see.
    """

    id: int
    type: str
    json: Json
    ids: Iterator[int]
    title: str = ""
    is_forum: bool = False
    is_deleted: bool = False
    is_protected: bool = False
    members: dict[int, str] = field(default_factory=dict)
    rights: dict[int, frozenset[str]] = field(default_factory=dict)
    permissions: frozenset[str] = frozenset(PERMISSIONS)
    moved_to: int | None = None
    write_error: str | None = None
    general: General = field(default_factory=General)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    gone: dict[int, int | None] = field(default_factory=dict)
    ephemeral: dict[int, Box] = field(default_factory=dict)

    @property
    def present(self) -> list[int]:
        """The ids of those in the chat now."""
        return [user for user, status in self.members.items() if status in PRESENT]

    def find(self, message_id: int | None) -> Message | None:
        """The message with that id, None when it was deleted or forgotten."""
        return None if message_id is None else self.messages.get(message_id)


@dataclass(slots=True)
class Topic:
    """A topic of a forum; `id` is the id of the service message that created it."""

    id: int
    name: str
    color: int
    created: Message
    closed: bool = False
    icon: str | None = None

    @property
    def json(self) -> Json:
        """The Bot API `ForumTopic` object."""
        topic: Json = {"message_thread_id": self.id, "name": self.name, "icon_color": self.color}
        return topic | ({"icon_custom_emoji_id": self.icon} if self.icon else {})
