"""Messages that an agent sent to somebody, taken back one by one, as far as that works."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.channels import Refused, Target
from bot.core.model.effects import REASONS, TakeBack
from bot.core.model.facts import TakenBack
from bot.core.model.message import Ref
from bot.loops.desk import Desk
from bot.loops.targets import there
from bot.store.protocol import Deliver

log = logging.getLogger(__name__)


async def take_back(
    desk: Desk[Deliver], to: Target, effect: TakeBack, turn: Callable[[Target], Awaitable[None]]
) -> TakenBack:
    """What came of it. Raises `Later`, and `Refused` where it is the person who refuses."""
    gone, left, reason = list[Ref](), list[Ref](), ""
    for ref in effect.refs:
        message = await desk.read(there, desk, ref, to.chat)
        try:
            if message is not None:  # else it never went there
                await turn(to)
                await _delete(desk, to, message)
            gone.append(ref)
        except Refused as refusal:
            if REASONS[refusal.reason] != "message":
                raise
            log.warning("a message to %s is not taken back: %s", to.chat, refusal)
            left.append(ref)
            reason = refusal.reason
    return TakenBack(effect.by, effect.asked, tuple(gone), tuple(left), reason)


async def _delete(desk: Desk[Deliver], to: Target, message: int) -> None:
    channel = desk.channel_at(to.chat)
    if not channel.abilities.delete:
        raise Refused("undeletable", f"{channel.name} cannot take it back")
    await channel.delete(to, message)
