"""Bot API methods on chats, files, commands, button presses, and what the bot is called."""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.bot_api.targets import chat_of, named_topic, writable_chat
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import PERMISSIONS
from bot.local_telegram.world.commands import scope_key
from bot.local_telegram.world.feed import Change
from bot.local_telegram.world.files import DOWNLOAD_LIMIT
from bot.local_telegram.world.world import World

Json = dict[str, Any]

QUERY_SECONDS = 15
COMMAND_LIMIT = 100
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def get_me(world: World, parameters: Parameters) -> Json:
    """getMe"""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": world.bot.has_topics_enabled,
        "allows_users_to_create_topics": world.bot.has_topics_enabled,
    }
    return world.bot.json | abilities


def get_chat(world: World, parameters: Parameters) -> Json:
    """getChat"""
    chat = chat_of(world, parameters)
    gifts = dict.fromkeys(
        [
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ],
        False,
    )
    about: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.type != "private":
        about["permissions"] = {name: name in chat.permissions for name in PERMISSIONS}
    if chat.is_protected:
        about["has_protected_content"] = True
    pinned = next((message for each in reversed(chat.pinned) if (message := chat.find(each))), None)
    if pinned is not None:
        about["pinned_message"] = pinned.json(nested=True)
    return chat.json | about


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """sendChatAction"""
    chat = writable_chat(world, parameters)
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    topic = named_topic(chat, parameters)
    world.tell(chat, "typing", topic.id if topic else None)
    return True


def get_file(world: World, parameters: Parameters) -> Json:
    """getFile"""
    file = world.files.by_id.get(parameters.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.base | {"file_path": file.path}


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """answerCallbackQuery: a second answer is accepted and shows nothing."""
    press = world.presses.get(parameters.text("callback_query_id"))
    if press is None or time.monotonic() - press.at > QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(parameters.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if not press.answer.done():
        press.answer.set_result((parameters.text("text"), parameters.flag("show_alert")))
    return True


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """answerInlineQuery: nobody asks a bot inline here, so no answer is to a query that is open."""
    raise bad_request("query is too old and response timeout expired or query ID is invalid")


def get_my_name(world: World, parameters: Parameters) -> Json:
    """getMyName"""
    own = world.about.get(("name", parameters.text("language_code")))
    return {"name": own or world.about.get(("name", "")) or world.bot.first_name}


def _menu_key(world: World, parameters: Parameters) -> int:
    """The person whose button it is, 0 for everybody's."""
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


def get_user_profile_photos(world: World, parameters: Parameters) -> Json:
    """getUserProfilePhotos: nobody has one here."""
    if parameters.integer("user_id") not in world.users:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


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
        commands.append({"command": name, "description": about})
    world.commands[key] = commands
    world.feed.show(world.users, Change("commands", None))
    return True


def _is_command(name: str) -> bool:
    plain = name.replace("_", "a")
    return 1 <= len(name) <= 32 and plain.isascii() and plain.isalnum() and plain == plain.lower()


def get_my_commands(world: World, parameters: Parameters) -> list[Json]:
    """getMyCommands"""
    return world.commands.get(scope_key(world, parameters), [])


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """deleteMyCommands"""
    world.commands.pop(scope_key(world, parameters), None)
    world.feed.show(world.users, Change("commands", None))
    return True
