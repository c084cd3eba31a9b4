"""Bot API methods that mark messages: pins and reactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.bot_api.targets import chat_of, message_of, named_topic, writable_chat
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.rights import may
from bot.local_telegram.world.world import World

Json = dict[str, Any]

_EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨
😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊
😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_EMOJI.split())
"""The emoji of the Bot API's `ReactionTypeEmoji`."""


def set_message_reaction(world: World, parameters: Parameters) -> bool:
    """setMessageReaction: one reaction of a bot at most; an empty list takes it away."""
    given = parameters.sequence("reaction") or []
    reactions = [Parameters(each if isinstance(each, dict) else {}) for each in given]
    if not {each.text("type") for each in reactions} <= {"emoji", "custom_emoji"}:
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    message = message_of(chat_of(world, parameters), parameters, "react")
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not {each.text("emoji").removesuffix("\ufe0f") for each in reactions} <= REACTIONS:
        raise bad_request("REACTION_INVALID")
    message.reactions = (message.reactions or {}) | {world.bot.id: given}
    return True


def _pinnable(world: World, parameters: Parameters) -> Chat:
    chat = writable_chat(world, parameters)
    if not may(chat, world.bot, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def pin_chat_message(world: World, parameters: Parameters) -> bool:
    """pinChatMessage: with a service message, which the bot is told of too."""
    message = message_of(chat_of(world, parameters), parameters, "pin")
    chat = _pinnable(world, parameters)
    if message.id in chat.pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.pinned.append(message.id)
    service = {"pinned_message": message.json(nested=True)}
    world.post(chat, world.bot, service, topic=message.topic, service=True)
    return True


def unpin_chat_message(world: World, parameters: Parameters) -> bool:
    """unpinChatMessage: without `message_id` the one that was pinned last."""
    chat = chat_of(world, parameters)
    wanted = parameters.integer("message_id")
    if not wanted and not chat.pinned:
        raise bad_request("message to unpin not found")
    if wanted:
        message_of(chat, parameters, "unpin")
    _pinnable(world, parameters)
    if not wanted:
        chat.pinned.pop()
    elif wanted in chat.pinned:
        chat.pinned.remove(wanted)
    return True


def unpinner(concerns: Callable[[Message, Chat, Parameters], bool]) -> Callable[..., bool]:
    """The method that unpins the messages for which `concerns` is true."""

    def method(world: World, parameters: Parameters) -> bool:
        chat = _pinnable(world, parameters)
        kept = []
        for each in chat.pinned:
            message = chat.find(each)
            if message is not None and not concerns(message, chat, parameters):
                kept.append(each)
        chat.pinned = kept
        return True

    return method


def anywhere(message: Message, chat: Chat, parameters: Parameters) -> bool:
    """For unpinAllChatMessages."""
    return True


def in_topic(message: Message, chat: Chat, parameters: Parameters) -> bool:
    """For unpinAllForumTopicMessages."""
    return message.topic is named_topic(chat, parameters)


def in_general(message: Message, chat: Chat, parameters: Parameters) -> bool:
    """For unpinAllGeneralForumTopicMessages."""
    return message.topic is None
