"""Sending a message that one person of a group alone sees, where a call asks for that.

What the descriptions of `EphemeralMessageParameters` and `ReplyParameters` do not tell is read
strictly: the receiver must be a person in the group; a bot that is no administrator names the press
or the ephemeral message that it answers; a press counts as long as it may be answered. The words
of these refusals are this Telegram's own.
"""

from __future__ import annotations

import time
from typing import Any

from bot.local_telegram.bot_api.destinations import destination_of
from bot.local_telegram.bot_api.keyboards import inline_keyboard
from bot.local_telegram.bot_api.presses import press_of
from bot.local_telegram.bot_api.sending import protection, send
from bot.local_telegram.bot_api.targets import chat_of, writable_chat
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world import ephemeral
from bot.local_telegram.world.chats import ADMINS, PRESENT, Chat
from bot.local_telegram.world.ephemeral import EphemeralMessage
from bot.local_telegram.world.rights import check_may_send
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import Press, World

Json = dict[str, Any]

REPLY_SECONDS = 15
DEPRECATED = ("receiver_user_id", "callback_query_id")
NO_QUOTE = ("quote", "quote_parse_mode", "quote_entities", "quote_position")
NOT_NAMED = ("ephemeral_message_id", "allow_sending_without_reply", *NO_QUOTE)
"""The fields of a reply that say nothing of the ordinary message which is answered."""


def send_anyhow(world: World, parameters: Parameters, content: Json) -> Json:
    """Write `content`, to one person alone where the call asks for that; returns the `Message`.

    Raises what `send` does.
    """
    given = _ephemeral_parameters(parameters)
    if given is None:
        return send(world, parameters, content).json()
    return _send(world, parameters, content, given).json()


def _ephemeral_parameters(parameters: Parameters) -> Parameters | None:
    """The call's `EphemeralMessageParameters`, also where it has the parameters from before 10.3"""
    given = parameters.mapping("ephemeral_message_parameters")
    if given is not None:
        return Parameters(given)
    older = {name: parameters.values[name] for name in DEPRECATED if parameters.text(name)}
    return Parameters(older) if older else None


def _send(
    world: World, parameters: Parameters, content: Json, given: Parameters
) -> EphemeralMessage:
    markup = ephemeral_keyboard(parameters)
    chat = writable_chat(world, parameters)
    receiver = receiver_in(world, chat, given)
    press = _press(world, chat, receiver, given)
    answered = _answered(chat, receiver, parameters)
    if press is None and answered is None and chat.members.get(world.bot.id) not in ADMINS:
        raise bad_request("not enough rights to send ephemeral messages to the chat")
    to = destination_of(world, _ordinary(parameters))
    check_may_send(chat, world.bot, None, content)
    where = ephemeral.Where(
        topic=to.topic or (answered.topic if answered else None),
        reply_to=to.reply_to,
        replaces=_replaced(press, given),
    )
    headers = to.headers | protection(parameters)
    return ephemeral.post(
        world, chat, world.bot, receiver, content, where, markup=markup, headers=headers
    )


def ephemeral_keyboard(parameters: Parameters) -> Json | None:
    """The inline keyboard. Raises 400 for what `inline_keyboard` does, and for a log-in button."""
    markup = inline_keyboard(parameters)
    rows = (markup or {}).get("inline_keyboard", [])
    if any("login_url" in button for row in rows for button in row):
        raise bad_request("login URL buttons are unallowed in ephemeral messages")
    return markup


def receiver_in(world: World, chat: Chat, given: Parameters) -> User:
    """The person whom `receiver_user_id` names. Raises 400 unless they are in this group."""
    if chat.type == "private":
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    person = world.users.get(given.integer("receiver_user_id") or 0)
    if person is None or person.is_bot:
        raise bad_request("user not found")
    if chat.members.get(person.id) not in PRESENT:
        raise bad_request("USER_NOT_PARTICIPANT")
    return person


def _press(world: World, chat: Chat, receiver: User, given: Parameters) -> Press | None:
    """The press that the message answers: by its receiver, in this chat."""
    query = given.text("callback_query_id")
    if not query:
        return None
    press = press_of(world, query)
    if press.user is not receiver or press.message.chat is not chat:
        raise bad_request("the callback query is of another user or chat")
    return press


def _replaced(press: Press | None, given: Parameters) -> Any:
    """The message in the place of which the new one is shown."""
    if not given.flag("replace_callback_query_message"):
        return None
    if press is None:
        raise bad_request("there is no callback query whose message could be replaced")
    if isinstance(press.message, EphemeralMessage):
        raise bad_request("an ephemeral message can't be replaced")
    return press.message


def _answered(chat: Chat, receiver: User, parameters: Parameters) -> EphemeralMessage | None:
    """The ephemeral message that is answered: one that the receiver sent just now."""
    reply = Parameters(parameters.mapping("reply_parameters") or {})
    if reply.text("chat_id"):
        raise bad_request("an ephemeral message can't be a reply to another chat")
    number = reply.integer("ephemeral_message_id")
    if not number:
        return None
    message = ephemeral.find(chat, receiver.id, number)
    if message is None or message.sender is not receiver:
        raise bad_request("message to be replied not found")
    if time.time() - message.date > REPLY_SECONDS:
        raise bad_request("the ephemeral message is too old to be replied")
    return message


def _ordinary(parameters: Parameters) -> Parameters:
    """The call as `destination_of` reads it: without a quote, and never without its reply."""
    reply = parameters.mapping("reply_parameters")
    if reply is None:
        return Parameters(parameters.values | {"allow_sending_without_reply": False})
    kept = {name: value for name, value in reply.items() if name not in NOT_NAMED}
    return Parameters(parameters.values | {"reply_parameters": kept})


def own_ephemeral(world: World, parameters: Parameters, doing: str) -> EphemeralMessage:
    """The bot's ephemeral message that a call names.

    Raises 400 "message to DOING not found", and where its receiver is no member any more.
    """
    chat = chat_of(world, parameters)
    receiver = receiver_in(world, chat, parameters)
    message = ephemeral.find(chat, receiver.id, parameters.integer("ephemeral_message_id"))
    if message is None or message.sender is not world.bot:
        raise bad_request(f"message to {doing} not found")
    return message
