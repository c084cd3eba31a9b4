"""Membership: blocking the bot, joining, leaving, the status in a group, and the end of a group."""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.world.chats import Chat, Group
from bot.local_telegram.world.feed import Change
from bot.local_telegram.world.rights import member_json
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def change_member(
    world: World,
    chat: Chat,
    user: User,
    by: User,
    status: str,
    rights: frozenset[str] | None = None,
) -> None:
    """Give `user` a new status in `chat` and tell the bot, which by default gets only its own.

    `rights` are those of an administrator (None: the usual ones) or of a restricted member (None:
    none).
    """
    old = member_json(chat, user)
    chat.members[user.id] = status
    chat.rights.pop(user.id, None)
    if rights is not None and status in {"administrator", "restricted"}:
        chat.rights[user.id] = rights
    changed = {
        "chat": chat.json,
        "from": by.json,
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": member_json(chat, user),
    }
    update_type = "my_chat_member" if user is world.bot else "chat_member"
    world.updates.put(update_type, changed, chat.id)
    world.feed.show({*chat.present, user.id}, Change("chat", chat.id))


def set_blocked(world: World, person: User, blocked: bool) -> None:
    """The person blocks the bot, or lets it write again."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    chat = world.chats[person.id]
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    chat.members[world.bot.id] = old
    change_member(world, chat, world.bot, person, new)
    # the bot still sees the chat; `blocked` makes its messages fail
    chat.members[world.bot.id] = "member"


def join(world: World, chat: Chat, person: User) -> None:
    """The person joins the group."""
    change_member(world, chat, person, person, "member")
    world.post(chat, person, {"new_chat_members": [person.json]}, service=True)


def leave(world: World, chat: Chat, person: User) -> None:
    """The person leaves the group."""
    change_member(world, chat, person, person, "left")
    world.post(chat, person, {"left_chat_member": person.json}, service=True)


def put_bot(
    world: World, chat: Chat, by: User, status: str, rights: frozenset[str] | None = None
) -> None:
    """A person makes the bot "kicked", "restricted", "administrator" or "member" of a group."""
    change_member(world, chat, world.bot, by, status, rights)


def make_supergroup(world: World, chat: Chat, by: User, new_id: int, is_forum: bool) -> None:
    """Turn the basic group into a supergroup, which has another id and no messages yet.

    The bot is told in both chats; from now on its calls to the old one fail with the new id.
    """
    new = world.add_group(Group(new_id, chat.title, is_forum=is_forum))
    new.members = dict(chat.members)
    new.rights = dict(chat.rights)
    world.post(chat, by, {"migrate_to_chat_id": new_id}, service=True)
    chat.moved_to = new_id
    world.post(new, by, {"migrate_from_chat_id": chat.id}, service=True)
    world.feed.show(new.present, Change("chat", new_id))


def delete_group(world: World, chat: Chat) -> None:
    """Delete a group for everyone. The bot is not told.

    As with TDLib, a bot finds that a basic group was deleted, and that it was kicked from a
    supergroup.
    """
    members, chat.is_deleted = chat.present, True
    chat.members = dict.fromkeys(chat.members, "left") | {world.bot.id: "kicked"}
    world.feed.show(members, Change("chat", chat.id))
