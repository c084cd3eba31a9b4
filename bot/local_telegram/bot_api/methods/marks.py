"""Bot API methods that mark messages: pins and reactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.bot_api.targets import chat_of, message_of, named_topic, writable_chat
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.kinds import kind_of
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.reactions import set_reaction
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
    """setMessageReaction: one reaction of a bot at most; an empty list takes it away.

    Whether a bot needs the permission of members to react, Telegram does not tell: here it does.
    """
    given = parameters.sequence("reaction") or []
    reactions = [Parameters(each if isinstance(each, dict) else {}) for each in given]
    if not {each.text("type") for each in reactions} <= {"emoji", "custom_emoji"}:
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    chat = chat_of(world, parameters)
    message = _first_of_album(message_of(chat, parameters, "react"))
    if kind_of(message.content) is None:
        raise bad_request("the message can't be reacted to")
    if not may(chat, world.bot, "can_react_to_messages"):
        raise bad_request("not enough rights to react to messages in the chat")
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not {each.text("emoji").removesuffix("\ufe0f") for each in reactions} <= REACTIONS:
        raise bad_request("REACTION_INVALID")
    set_reaction(world, message, world.bot, given)
    return True


def _first_of_album(message: Message) -> Message:
    album = message.headers.get("media_group_id")
    if album is None:
        return message
    every = message.chat.messages.values()
    return next(each for each in every if each.headers.get("media_group_id") == album)


def _pinnable(world: World, parameters: Parameters) -> Chat:
    chat = writable_chat(world, parameters)
    if not may(chat, world.bot, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def pin_chat_message(world: World, parameters: Parameters) -> bool:
    """pinChatMessage: with a service message, which the bot is told of too.

    `disable_notification` changes nothing that anybody sees.
    """
    message = message_of(chat_of(world, parameters), parameters, "pin")
    chat = _pinnable(world, parameters)
    if kind_of(message.content) is None:
        raise bad_request("message can't be pinned")
    if message.id in chat.pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.pinned.append(message.id)
    service = {"pinned_message": message.json(nested=True)}
    world.post(chat, world.bot, service, topic=message.topic, service=True)
    world.tell(chat, "pins")
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
    world.tell(chat, "pins")
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
        world.tell(chat, "pins")
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
