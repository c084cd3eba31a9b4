"""Who is where: blocking the bot, joining and leaving, the bot put out of a group, a group that
becomes a supergroup."""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.feed import Shown
from bot.local_telegram.methods_chats import member_json
from bot.local_telegram.world import Chat, Group, User, World

Json = dict[str, Any]


def change_member(world: World, chat: Chat, user: User, by: User, status: str) -> None:
    """Give `user` a new status in `chat` and tell the bot, which only sees its own by default."""
    old = member_json(world, chat, user.id)
    chat.members[user.id] = status
    changed = {
        "chat": chat.json,
        "from": by.json,
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": member_json(world, chat, user.id),
    }
    kind = "my_chat_member" if user is world.bot else "chat_member"
    world.updates.put(kind, changed, chat.id)
    world.feed.show({*chat.present, user.id}, Shown("chat", chat.id))


def set_blocked(world: World, person: User, blocked: bool) -> None:
    """The person blocks the bot, or lets it write again."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    chat = world.chats[person.id]
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    chat.members[world.bot.id] = old
    change_member(world, chat, world.bot, person, new)
    # the chat stays the bot's to see; `blocked` is what refuses its messages
    chat.members[world.bot.id] = "member"


def join(world: World, chat: Chat, person: User) -> None:
    """The person joins the group."""
    change_member(world, chat, person, person, "member")
    world.post(chat, person, {"new_chat_members": [person.json]}, service=True)


def leave(world: World, chat: Chat, person: User) -> None:
    """The person leaves the group."""
    change_member(world, chat, person, person, "left")
    world.post(chat, person, {"left_chat_member": person.json}, service=True)


def put_bot(world: World, chat: Chat, by: User, status: str) -> None:
    """A person puts the bot out ("kicked"), or makes it "administrator" or "member" again."""
    change_member(world, chat, world.bot, by, status)


def make_supergroup(world: World, chat: Chat, by: User, new_id: int, is_forum: bool) -> None:
    """The basic group goes on as a supergroup, which has an id and messages of its own.

    The bot is told in both chats; the old one refuses it with the new one's id from now on.
    """
    new = world.add_group(Group(new_id, chat.title, is_forum=is_forum))
    new.members = dict(chat.members)
    world.post(chat, by, {"migrate_to_chat_id": new_id}, service=True)
    chat.moved_to = new_id
    world.post(new, by, {"migrate_from_chat_id": chat.id}, service=True)
    world.feed.show(new.present, Shown("chat", new_id))
