"""What a person's app can do in a chat: every act of the client API by its name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any

from bot.local_telegram.client_api import inline
from bot.local_telegram.client_api.editing import delete, edit, message_of, react
from bot.local_telegram.client_api.sending import forward, send
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world import ephemeral, membership
from bot.local_telegram.world.chats import ADMINS, PRESENT, TOPIC_COLOR, Chat
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import Press, World

Json = dict[str, Any]
Act = Callable[[World, User, Chat, Parameters], list[Message] | Awaitable[Json]]
"""Gives the messages that it made, or what the bot answers to it."""

KEPT_PRESSES = 10_000
PRESS_SECONDS = 10.0
MEMBER_STATUSES = ("administrator", "member", "restricted", "kicked", "left")
_press_ids = count(int(time.time()) << 24)


def press(world: World, user: User, chat: Chat, parameters: Parameters) -> Awaitable[Json]:
    """Press a button. Gives the bot's answer: its text, and whether it is an alert."""
    message, data = _pressed(user, chat, parameters), parameters.text("data")
    rows = (message.markup or {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise bad_request("the message has no such button")
    query_id = str(next(_press_ids))
    answer: asyncio.Future[tuple[str, bool]] = asyncio.get_running_loop().create_future()
    world.presses[query_id] = Press(time.monotonic(), user, message, answer)
    if len(world.presses) > KEPT_PRESSES:
        world.presses.popitem(last=False)
    query = {
        "id": query_id,
        "from": user.json,
        "message": message.json(),
        "chat_instance": str(abs(chat.id) * 2_654_435_761 % 2**62),
        "data": data,
    }
    world.updates.put("callback_query", query, chat.id)
    return _told(answer)


async def _told(answer: asyncio.Future[tuple[str, bool]]) -> Json:
    try:
        text, alert = await asyncio.wait_for(answer, PRESS_SECONDS)
    except TimeoutError:
        return {"answered": False, "text": None, "alert": False}
    return {"answered": True, "text": text or None, "alert": alert}


def _pressed(user: User, chat: Chat, parameters: Parameters) -> Message:
    """The message that `message` names, which may be one that this person alone sees."""
    number = -(parameters.integer("message") or 0)
    return ephemeral.find(chat, user.id, number) or message_of(chat, parameters)


def change_topic(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Create, delete, close or reopen a topic, as an administrator.

    In a private chat with a bot that has topics the person creates and deletes them.
    """
    action, is_private = parameters.text("action"), chat.type == "private"
    if action == "create":
        return [_create_topic(world, user, chat, parameters)]
    topic = chat.topics.get(parameters.integer("thread") or 0)
    if topic is None:
        raise bad_request("there is no such topic")
    if not is_private and chat.members.get(user.id) not in ADMINS:
        raise bad_request("only an administrator of the group may do this")
    if action == "delete":
        world.delete_topic(chat, topic)
    elif action in {"close", "reopen"} and not is_private:
        topic.closed = action == "close"
        change = "forum_topic_closed" if topic.closed else "forum_topic_reopened"
        world.change_topic(chat, topic, user, {change: {}})
    else:
        raise bad_request("action is one of create, delete, close, reopen")
    return []


def _create_topic(world: World, user: User, chat: Chat, parameters: Parameters) -> Message:
    """Create a topic; one without a `name` gets the default name of Telegram."""
    is_private = chat.type == "private"
    if not (world.bot.has_topics_enabled if is_private else chat.is_forum):
        raise bad_request("the chat has no topics")
    if not is_private and chat.members.get(user.id) not in ADMINS:
        raise bad_request("only an administrator of the group may do this")
    name = parameters.text("name")
    topic = world.open_topic(chat, user, name or "新对话", TOPIC_COLOR, is_name_implicit=not name)
    if is_private:
        user.started = True
    return topic.created


def join(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Join a group."""
    if chat.members.get(user.id) not in PRESENT:
        membership.join(world, chat, user)
    return []


def leave(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Leave a group."""
    if chat.type == "private":
        raise bad_request("one does not leave a private chat")
    if chat.members.get(user.id) in PRESENT:
        membership.leave(world, chat, user)
    return []


def set_member(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """An administrator gives `member` (a user's id, the bot's too) another `status` in a group."""
    if chat.type == "private" or chat.members.get(user.id) not in ADMINS:
        raise bad_request("only an administrator of the group may do this")
    member = world.users.get(parameters.integer("member") or 0)
    status = parameters.text("status")
    if member is None or status not in MEMBER_STATUSES:
        raise bad_request(f"status of a known member is one of {', '.join(MEMBER_STATUSES)}")
    membership.change_member(world, chat, member, user, status)
    return []


def block(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Block the bot."""
    membership.set_blocked(world, user, True)
    return []


def unblock(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Unblock the bot."""
    membership.set_blocked(world, user, False)
    return []


ACTS: Mapping[str, Act] = {
    "send": send,
    "forward": forward,
    "edit": edit,
    "delete": delete,
    "react": react,
    "press": press,
    "inline": inline.ask,
    "choose": inline.choose,
    "topic": change_topic,
    "join": join,
    "leave": leave,
    "member": set_member,
    "block": block,
    "unblock": unblock,
}
