"""Who may do what in a chat, with the errors of TDLib's `can_send_message_content`."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.world.chats import PERMISSIONS, Chat, Topic
from bot.local_telegram.world.kinds import PERMISSION_FOR, kind_of
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.user import User

Json = dict[str, Any]

ADMIN_RIGHTS = frozenset(
    [
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",
        "can_pin_messages",
        "can_manage_topics",
    ]
)
USUAL_RIGHTS = ADMIN_RIGHTS - {"can_promote_members"}
NOT_FOR_BOTS = frozenset(
    {"can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"}
)
"""Permissions of members that a bot has as an administrator only."""

_NEVER_COPIED = frozenset({"giveaway", "giveaway_winners", "paid_media", "invoice"})


def may(chat: Chat, user: User, right: str) -> bool:
    """Whether `user` has a right of administrators or a permission of members in `chat`."""
    status = chat.members.get(user.id)
    if chat.type == "private" or status == "creator":
        return True
    if status == "administrator":
        has = chat.rights.get(user.id, USUAL_RIGHTS)
        return right in has or (right in PERMISSIONS and right not in NOT_FOR_BOTS)
    if status not in {"member", "restricted"} or (user.is_bot and right in NOT_FOR_BOTS):
        return False
    own = chat.rights.get(user.id, frozenset()) if status == "restricted" else chat.permissions
    return right in own & chat.permissions


def check_may_send(chat: Chat, sender: User, receiver: User | None, content: Json) -> None:
    """Raise Telegram's 400 unless `sender` may send `content`; `receiver` is a private chat's."""
    kind = kind_of(content)
    if kind is None:
        return
    permission, named = PERMISSION_FOR[kind]
    if not may(chat, sender, permission):
        raise bad_request(f"not enough rights to send {named} to the chat")
    if receiver is not None and not receiver.hears_voice and kind in {"voice", "video_note"}:
        raise bad_request("VOICE_MESSAGES_FORBIDDEN")


def check_open(chat: Chat, sender: User, topic: Topic | None) -> None:
    """Raise the 400 TOPIC_CLOSED for a closed topic, unless `sender` may manage topics.

    `topic` None is General in a forum.
    """
    closed = topic.closed if topic is not None else chat.is_forum and chat.general.closed
    if closed and not may(chat, sender, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def is_forwardable(message: Message) -> bool:
    """Whether a bot may forward it: no service message, nothing protected, no unknown kind."""
    return kind_of(message.content) is not None and not message.is_protected


def is_copyable(message: Message) -> bool:
    """Whether a bot may copy it, protected or not."""
    kind = kind_of(message.content)
    if kind == "poll":
        poll = message.content["poll"]
        return poll["type"] != "quiz" or "correct_option_id" in poll
    return kind is not None and kind not in _NEVER_COPIED


def member_json(chat: Chat, user: User) -> Json:
    """The Bot API `ChatMember` object."""
    status = chat.members.get(user.id, "left")
    member: Json = {"status": status, "user": user.json}
    if status == "kicked":
        return member | {"until_date": 0}
    if status == "creator":
        return member | {"is_anonymous": False}
    if status == "restricted":
        own = chat.rights.get(user.id, frozenset())
        return member | {"is_member": True, "until_date": 0} | {k: k in own for k in PERMISSIONS}
    if status != "administrator":
        return member
    has = chat.rights.get(user.id, USUAL_RIGHTS)
    rights = {name: name in has for name in ADMIN_RIGHTS}
    if not chat.is_forum:
        del rights["can_manage_topics"]
    return member | {"can_be_edited": False, "is_anonymous": False} | rights
