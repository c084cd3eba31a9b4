"""Writing a message of the bot to where a call says."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.bot_api.destinations import destination_of
from bot.local_telegram.bot_api.keyboards import inline_keyboard
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.rights import check_may_send
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def protection(parameters: Parameters) -> Json:
    """What `protect_content` adds to a message."""
    return {"has_protected_content": True} if parameters.flag("protect_content") else {}


def send(
    world: World,
    parameters: Parameters,
    content: Json,
    *,
    headers: Json | None = None,
    error: ApiError | None = None,
) -> Message:
    """Write `content` to where the call says, with its keyboard and as a reply if asked.

    Raises what `destination_of` does, and `error` (by default Telegram's usual 400) where the bot
    may not send such content.
    """
    markup = inline_keyboard(parameters)
    to = destination_of(world, parameters)
    try:
        check_may_send(to.chat, world.bot, world.users.get(to.chat.id), content)
    except ApiError as usual:
        raise error or usual from None
    return world.post(
        to.chat,
        world.bot,
        content,
        topic=to.topic,
        reply_to=to.reply_to,
        markup=markup,
        headers=to.headers | (headers or {}) | protection(parameters),
    )
