"""What a call names: a chat, a topic in it, messages."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.wire.errors import bad_request, forbidden, migrated
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.wire.values import whole
from bot.local_telegram.world.chats import PRESENT, Chat, Topic
from bot.local_telegram.world.message import BATCH_LIMIT, Message
from bot.local_telegram.world.rights import check_open
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def chat_of(world: World, parameters: Parameters, name: str = "chat_id") -> Chat:
    """The chat that `chat_id` names: by its id, or a public supergroup by "@username".

    Raises 400 when there is none or it has become a supergroup, 403 when the bot is not in it.
    """
    value = parameters.text(name)
    if not value:
        raise bad_request(f"{name} is empty")
    chat = _named(world, value)
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise migrated(chat.moved_to)
    if chat.is_deleted and chat.type == "group":
        raise forbidden("the group chat was deleted")
    status = chat.members.get(world.bot.id)
    if status not in PRESENT:
        reason = "bot was kicked from the" if status == "kicked" else "bot is not a member of the"
        raise forbidden(f"{reason} {chat.type} chat")
    return chat


def _named(world: World, value: str) -> Chat | None:
    if value.startswith("@"):
        name = value.removeprefix("@").lower()
        public = (chat for chat in world.chats.values() if chat.type == "supergroup")
        return next((c for c in public if c.json.get("username", "").lower() == name), None)
    number = whole(value)
    return None if number is None else world.chats.get(number)


def writable_chat(world: World, parameters: Parameters) -> Chat:
    """The chat to write to.

    Raises 403 when its person deleted the account, never started the bot or blocked it, and 400
    where Telegram's servers refuse whatever the bot sends.
    """
    chat = chat_of(world, parameters)
    if chat.type == "private":
        person = world.users[chat.id]
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
    if chat.write_error is not None:
        raise bad_request(chat.write_error)
    return chat


def named_topic(chat: Chat, parameters: Parameters) -> Topic | None:
    """The topic that `message_thread_id` names, None for General. Raises 400 when there is none.

    General's own id, 1, is refused as Telegram does. In a group without topics the parameter means
    nothing.
    """
    thread = parameters.integer("message_thread_id")
    if not thread or not (chat.is_forum or chat.type == "private"):
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    return topic


def open_topic(world: World, chat: Chat, parameters: Parameters) -> Topic | None:
    """The topic to write to. Raises 400 when there is none, or it is closed to the bot."""
    topic = named_topic(chat, parameters)
    check_open(chat, world.bot, topic)
    return topic


def message_of(chat: Chat, parameters: Parameters, doing: str, what: str = "message") -> Message:
    """The message that `message_id` names. Raises 400 "WHAT to DOING not found"."""
    message = chat.find(parameters.integer("message_id"))
    if message is None:
        raise bad_request(f"{what} to {doing} not found")
    return message


def message_ids(parameters: Parameters) -> list[int]:
    """The ids that `message_ids` lists.

    Raises 400 when it is missing, lists more than 100, or something that is no id.
    """
    given = parameters.sequence("message_ids")
    if given is None:
        raise bad_request("message identifiers are not specified")
    if len(given) > BATCH_LIMIT:
        raise bad_request("too many message identifiers specified")
    ids = [number for each in given if (number := whole(each)) is not None and number > 0]
    if len(ids) < len(given):
        raise bad_request("invalid message identifier specified")
    return ids
