"""Bot API methods on commands, by their scopes, and on the menu button."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.feed import Change
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
COMMAND_LIMIT = 100


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


def set_my_commands(world: World, parameters: Parameters) -> bool:
    """setMyCommands"""
    key = scope_key(world, parameters)
    given = parameters.objects("commands")
    if len(given) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for command in given:
        name = Parameters(command).text("command").removeprefix("/")
        about = Parameters(command).text("description")
        if not _is_command(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(about) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept: Json = {"command": name, "description": about}
        commands.append(kept | ({"is_ephemeral": True} if _is_ephemeral(command) else {}))
    world.commands[key] = commands
    world.feed.show(world.users, Change("commands", None))
    return True


def _is_command(name: str) -> bool:
    plain = name.replace("_", "a")
    return 1 <= len(name) <= 32 and plain.isascii() and plain.isalnum() and plain == plain.lower()


def _is_ephemeral(command: Json) -> bool:
    """Whether who uses the command sends it to the bot alone."""
    given = command.get("is_ephemeral", False)
    if not isinstance(given, bool):
        raise bad_request('can\'t parse BotCommand: field "is_ephemeral" must be of type Boolean')
    return given


def get_my_commands(world: World, parameters: Parameters) -> list[Json]:
    """getMyCommands"""
    return world.commands.get(scope_key(world, parameters), [])


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """deleteMyCommands"""
    world.commands.pop(scope_key(world, parameters), None)
    world.feed.show(world.users, Change("commands", None))
    return True


def _menu_key(world: World, parameters: Parameters) -> int:
    """The id of the person whose button it is, 0 for the default button."""
    user_id = parameters.integer("chat_id") or 0
    if user_id and (user_id not in world.users or user_id < 0):
        raise bad_request("user not found")
    return user_id


def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    """setChatMenuButton"""
    key = _menu_key(world, parameters)
    button = parameters.mapping("menu_button") or {"type": "default"}
    about = Parameters(button)
    button_type = about.text("type")
    if button_type not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if button_type == "web_app" and not (
        about.text("text") and (about.mapping("web_app") or {}).get("url")
    ):
        raise bad_request("can't parse menu button: Can't find field \"web_app\"")
    world.menu_buttons[key] = button
    return True


def get_chat_menu_button(world: World, parameters: Parameters) -> Json:
    """getChatMenuButton"""
    key = _menu_key(world, parameters)
    return world.menu_buttons.get(key) or world.menu_buttons.get(0) or {"type": "default"}
