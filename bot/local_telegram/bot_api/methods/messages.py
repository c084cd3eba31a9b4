"""Bot API methods that write and delete messages."""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.bot_api.ephemeral import send_anyhow
from bot.local_telegram.bot_api.targets import chat_of, message_ids, message_of
from bot.local_telegram.text.formatting import text_content
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.rights import may
from bot.local_telegram.world.world import World

Json = dict[str, Any]

DELETABLE_SECONDS = 48 * 3600
DICE_SECONDS = 24 * 3600


def send_message(world: World, parameters: Parameters) -> Json:
    """sendMessage"""
    return send_anyhow(world, parameters, text_content(parameters))


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    """Raise 400 unless the bot may delete the message.

    Its own, for two days; everyone's in a private chat, for two days, and dice only after one;
    everyone's where it has the right.
    """
    if "forum_topic_created" in message.content:
        raise bad_request("message can't be deleted")
    if chat.type != "private" and may(chat, world.bot, "can_delete_messages"):
        return
    if chat.type != "private" and message.sender is not world.bot:
        raise bad_request("message can't be deleted")
    age = time.time() - message.date
    if age > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if chat.type == "private" and "dice" in message.content and age < DICE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def delete_message(world: World, parameters: Parameters) -> bool:
    """deleteMessage"""
    chat = chat_of(world, parameters)
    message = message_of(chat, parameters, "delete")
    _check_deletable(world, chat, message)
    world.delete(message)
    return True


def delete_messages(world: World, parameters: Parameters) -> bool:
    """deleteMessages: ids that are not found are skipped; one that may not be deleted stops all."""
    ids = message_ids(parameters)
    chat = chat_of(world, parameters)
    messages = [message for each in ids if (message := chat.find(each)) is not None]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        world.delete(message)
    return True
