"""Bot API methods on chats, topics, files, commands and button presses."""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.checks import chat_of, topic_of, writable_chat
from bot.local_telegram.commands import scope_key
from bot.local_telegram.errors import bad_request
from bot.local_telegram.feed import Shown
from bot.local_telegram.files import DOWNLOAD_LIMIT
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.world import PRESENT, TOPIC_COLOR, Chat, Topic, World

Json = dict[str, Any]

TOPIC_COLORS = frozenset({0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})
TOPIC_NAME_LIMIT = 128
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
ADMIN_RIGHTS = [
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
]


def get_me(world: World, parameters: Parameters) -> Json:
    """getMe"""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
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
    about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chat.json | about


def member_json(world: World, chat: Chat, user_id: int) -> Json:
    """The Bot API `ChatMember` object."""
    user, status = world.users[user_id], chat.members.get(user_id, "left")
    member: Json = {"status": status, "user": user.json}
    if status == "kicked":
        return member | {"until_date": 0}
    if status == "creator":
        return member | {"is_anonymous": False}
    if status != "administrator":
        return member
    rights = dict.fromkeys(ADMIN_RIGHTS, True) | {"can_promote_members": False}
    if chat.is_forum:
        rights["can_manage_topics"] = chat.can_manage_topics
    return member | {"can_be_edited": False, "is_anonymous": False} | rights


def get_chat_member(world: World, parameters: Parameters) -> Json:
    """getChatMember"""
    chat = chat_of(world, parameters)
    user_id = parameters.integer("user_id")
    if user_id is None or user_id not in world.users:
        raise bad_request("invalid user_id specified" if not user_id else "user not found")
    return member_json(world, chat, user_id)


def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    """getChatAdministrators"""
    chat = chat_of(world, parameters)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    able = {"creator", "administrator"}
    return [member_json(world, chat, user) for user, how in chat.members.items() if how in able]


def get_chat_member_count(world: World, parameters: Parameters) -> int:
    """getChatMemberCount"""
    return sum(how in PRESENT for how in chat_of(world, parameters).members.values())


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """sendChatAction"""
    chat = writable_chat(world, parameters)
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    topic = topic_of(chat, parameters)
    world.tell(chat, "typing", topic.id if topic else None)
    return True


def _forum(world: World, parameters: Parameters) -> Chat:
    chat = chat_of(world, parameters)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.can_manage_topics:
        raise bad_request("not enough rights to manage forum topics")
    return chat


def _topic(world: World, parameters: Parameters) -> tuple[Chat, Topic]:
    chat = _forum(world, parameters)
    topic = chat.topics.get(parameters.integer("message_thread_id") or 0)
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _topic_name(parameters: Parameters) -> str:
    """The name, cut to 128 characters as Telegram does."""
    name = " ".join(parameters.text("name").split())[:TOPIC_NAME_LIMIT]
    if not name:
        raise bad_request("topic name must be non-empty")
    return name


def create_forum_topic(world: World, parameters: Parameters) -> Json:
    """createForumTopic"""
    chat, name = _forum(world, parameters), _topic_name(parameters)
    color = parameters.integer("icon_color") or TOPIC_COLOR
    if color not in TOPIC_COLORS:
        raise bad_request("invalid forum topic icon color specified")
    topic = world.open_topic(chat, world.bot, name, color)
    return {"message_thread_id": topic.id, "name": name, "icon_color": color}


def edit_forum_topic(world: World, parameters: Parameters) -> bool:
    """editForumTopic"""
    chat, topic = _topic(world, parameters)
    if parameters.values.get("name") is None:
        return True
    name = _topic_name(parameters)
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    world.change_topic(chat, topic, world.bot, {"forum_topic_edited": {"name": name}})
    return True


def _set_closed(world: World, parameters: Parameters, closed: bool) -> bool:
    chat, topic = _topic(world, parameters)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    change = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.change_topic(chat, topic, world.bot, {change: {}})
    return True


def close_forum_topic(world: World, parameters: Parameters) -> bool:
    """closeForumTopic"""
    return _set_closed(world, parameters, True)


def reopen_forum_topic(world: World, parameters: Parameters) -> bool:
    """reopenForumTopic"""
    return _set_closed(world, parameters, False)


def delete_forum_topic(world: World, parameters: Parameters) -> bool:
    """deleteForumTopic"""
    chat, topic = _topic(world, parameters)
    world.delete_topic(chat, topic)
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
    world.feed.show(world.users, Shown("commands", None))
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
    world.feed.show(world.users, Shown("commands", None))
    return True
