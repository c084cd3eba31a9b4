"""The commands a bot registered, by scope, and which of them a person sees in a chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def scope_key(world: World, parameters: Parameters) -> tuple[str, ...]:
    """The key under which `world.commands` keeps this call's list: scope, its ids, language."""
    scope = Parameters(parameters.mapping("scope") or {"type": "default"})
    scope_type = scope.text("type")
    if scope_type not in SCOPES:
        raise bad_request("unsupported type specified")
    ids = [scope.text(name) for name in SCOPES[scope_type]]
    if ids and not any(str(chat) == ids[0] for chat in world.chats):
        raise bad_request("chat not found")
    return (scope_type, *ids, parameters.text("language_code"))


def commands_for(world: World, user: User, chat: Chat) -> list[Json]:
    """What `user` is offered in `chat`: the narrowest scope that has commands, as in Telegram."""
    for scope in _scopes(user, chat):
        for language in (user.language_code[:2], ""):
            if (*scope, language) in world.commands:
                return world.commands[(*scope, language)]
    return []


def _scopes(user: User, chat: Chat) -> Iterator[tuple[str, ...]]:
    is_admin = chat.members.get(user.id) in {"creator", "administrator"}
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
