"""The commands of a bot that a person is offered in a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.local_telegram.world.chats import ADMINS, Chat
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

_USED = re.compile(r"/(\w+)(?:@(\w+))?")


def commands_for(world: World, user: User, chat: Chat) -> list[Json]:
    """What `user` is offered in `chat`: the narrowest scope that has commands, as in Telegram."""
    for scope in _scopes(user, chat):
        for language in (user.language_code[:2], ""):
            if (*scope, language) in world.commands:
                return world.commands[(*scope, language)]
    return []


def is_ephemeral_command(world: World, user: User, chat: Chat, text: str) -> bool:
    """Whether `text` uses a command of a group that the bot has as an ephemeral one."""
    used = _USED.match(text)
    if used is None or chat.type == "private":
        return False
    name, addressed = used.groups()
    if addressed is not None and addressed.lower() != (world.bot.username or "").lower():
        return False
    offered = commands_for(world, user, chat)
    return any(each["command"] == name.lower() and "is_ephemeral" in each for each in offered)


def _scopes(user: User, chat: Chat) -> Iterator[tuple[str, ...]]:
    is_admin = chat.members.get(user.id) in ADMINS
    if chat.type == "private":
        yield "chat", str(chat.id)
        yield ("all_private_chats",)
    else:
        yield "chat_member", str(chat.id), str(user.id)
        if is_admin:
            yield "chat_administrators", str(chat.id)
        yield "chat", str(chat.id)
        if is_admin:
            yield ("all_chat_administrators",)
        yield ("all_group_chats",)
    yield ("default",)
