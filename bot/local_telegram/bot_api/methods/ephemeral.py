"""Bot API methods on ephemeral messages that were sent: edits and deletion.

Each succeeds whether or not the person's app ever learns of it.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.local_telegram.bot_api.ephemeral import ephemeral_keyboard, own_ephemeral
from bot.local_telegram.bot_api.methods.edits import NewContent, check_modified
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world import ephemeral
from bot.local_telegram.world.kinds import kind_of
from bot.local_telegram.world.world import World


def editor(new_content: NewContent) -> Callable[[World, Parameters], bool]:
    """The method that edits an ephemeral message so: editEphemeralMessageText and the like."""

    def method(world: World, parameters: Parameters) -> bool:
        markup = ephemeral_keyboard(parameters)
        message = own_ephemeral(world, parameters, "edit")
        if kind_of(message.content) is None:
            raise bad_request("message can't be edited")
        content = new_content(world, message, parameters)
        check_modified(message, content, markup)
        ephemeral.edit(world, message, content, markup)
        return True

    return method


def delete_ephemeral_message(world: World, parameters: Parameters) -> bool:
    """deleteEphemeralMessage"""
    ephemeral.delete(world, own_ephemeral(world, parameters, "delete"))
    return True
