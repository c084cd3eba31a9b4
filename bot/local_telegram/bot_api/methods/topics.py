"""Bot API methods on the topics of a forum, General among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.bot_api.targets import chat_of
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import TOPIC_COLOR, Chat, Topic
from bot.local_telegram.world.rights import may
from bot.local_telegram.world.topic_icons import ICONS
from bot.local_telegram.world.world import World

Json = dict[str, Any]
Method = Callable[[World, Parameters], bool]

TOPIC_COLORS = frozenset({0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})
TOPIC_NAME_LIMIT = 128


def _forum(world: World, parameters: Parameters) -> Chat:
    chat = chat_of(world, parameters)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(world: World, parameters: Parameters) -> tuple[Chat, Topic]:
    chat = _forum(world, parameters)
    topic = chat.topics.get(parameters.integer("message_thread_id") or 0)
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _check_right(world: World, chat: Chat, topic: Topic | None, doing: str) -> None:
    """Raise 400 unless the bot may manage topics, or is an administrator that created this one."""
    is_creator = topic is not None and topic.created.sender is world.bot
    is_admin = chat.members.get(world.bot.id) == "administrator"
    if not may(chat, world.bot, "can_manage_topics") and not (is_creator and is_admin):
        raise bad_request(f"not enough rights to {doing}")


def _name(parameters: Parameters) -> str:
    """The name, cut to 128 characters as Telegram does."""
    name = " ".join(parameters.text("name").split())[:TOPIC_NAME_LIMIT]
    if not name:
        raise bad_request("topic name must be non-empty")
    return name


def _icon(parameters: Parameters) -> str | None:
    icon = parameters.text("icon_custom_emoji_id")
    if icon and icon not in ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return icon or None


def get_forum_topic_icon_stickers(world: World, parameters: Parameters) -> list[Json]:
    """getForumTopicIconStickers"""
    shape = {"width": 100, "height": 100, "is_animated": True, "is_video": False}
    return [
        {
            "file_id": f"CAACAgI{icon}",
            "file_unique_id": f"AgAD{icon}",
            "type": "custom_emoji",
            "emoji": emoji,
            "set_name": "Topics",
            "custom_emoji_id": icon,
        }
        | shape
        for icon, emoji in ICONS.items()
    ]


def create_forum_topic(world: World, parameters: Parameters) -> Json:
    """createForumTopic"""
    chat = _forum(world, parameters)
    _check_right(world, chat, None, "create a topic")
    name, icon = _name(parameters), _icon(parameters)
    color = parameters.integer("icon_color") or TOPIC_COLOR
    if color not in TOPIC_COLORS:
        raise bad_request("invalid forum topic icon color specified")
    return world.open_topic(chat, world.bot, name, color, icon).json


def edit_forum_topic(world: World, parameters: Parameters) -> bool:
    """editForumTopic: an empty icon takes the icon away."""
    chat, topic = _topic(world, parameters)
    _check_right(world, chat, topic, "edit the topic")
    change: Json = {}
    if parameters.values.get("name") is not None and (name := _name(parameters)) != topic.name:
        topic.name = change["name"] = name
    if parameters.values.get("icon_custom_emoji_id") is not None:
        icon = _icon(parameters)
        if icon != topic.icon:
            topic.icon, change["icon_custom_emoji_id"] = icon, icon or ""
    if not change:
        if {"name", "icon_custom_emoji_id"}.isdisjoint(parameters.values):
            return True
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.change_topic(chat, topic, world.bot, {"forum_topic_edited": change})
    return True


def topic_closer(closed: bool) -> Method:
    """closeForumTopic or reopenForumTopic"""

    def method(world: World, parameters: Parameters) -> bool:
        chat, topic = _topic(world, parameters)
        _check_right(world, chat, topic, "close or open the topic")
        if topic.closed == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.closed = closed
        change = "forum_topic_closed" if closed else "forum_topic_reopened"
        world.change_topic(chat, topic, world.bot, {change: {}})
        return True

    return method


def delete_forum_topic(world: World, parameters: Parameters) -> bool:
    """deleteForumTopic"""
    chat, topic = _topic(world, parameters)
    if not may(chat, world.bot, "can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    world.delete_topic(chat, topic)
    return True


def edit_general_forum_topic(world: World, parameters: Parameters) -> bool:
    """editGeneralForumTopic"""
    chat = _forum(world, parameters)
    _check_right(world, chat, None, "edit the topic")
    name = _name(parameters)
    if name == chat.general.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.general.name = name
    world.post(chat, world.bot, {"forum_topic_edited": {"name": name}}, service=True)
    return True


def general_setter(name: str, value: bool) -> Method:
    """The method that closes, reopens, hides or unhides General (`name`: closed or hidden).

    A hidden General is closed, and one that is reopened is hidden no more.
    """

    def method(world: World, parameters: Parameters) -> bool:
        chat = _forum(world, parameters)
        _check_right(world, chat, None, "close or open the topic")
        if not world.change_general(chat, world.bot, name, value):
            raise bad_request("TOPIC_NOT_MODIFIED")
        return True

    return method
