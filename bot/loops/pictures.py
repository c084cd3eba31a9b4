"""Charts: drawn by a process of their own, shown where that can be, and said in words otherwise."""

from __future__ import annotations

import logging

from bot.channels import Refused, Target
from bot.core.model.chart import Chart
from bot.core.model.effects import REASONS
from bot.loops.desk import Desk
from bot.store.protocol import Base

log = logging.getLogger(__name__)


async def drawn(desk: Desk[Base], to: Target, chart: Chart) -> bytes | None:
    """The picture of a chart; None where there is to be none."""
    if desk.drawer is None or not desk.channel_at(to.chat).abilities.pictures:
        return None
    try:
        return await desk.drawer.draw(chart)
    except OSError as error:
        log.warning("a text goes without its picture: %s", error)
        return None


async def shown(desk: Desk[Base], to: Target, picture: bytes | None, text: str) -> tuple[int, ...]:
    """Send the text under the picture, or alone where there is none or it is refused.

    Gives the new messages, the last of which has the text. Raises as `Channel`.
    """
    there = desk.channel_at(to.chat)
    if picture is not None:
        try:
            return await there.show(to, picture, text)
        except Refused as refusal:
            if REASONS[refusal.reason] != "message":
                raise
            log.warning("a text goes without its picture: %s", refusal)
    return (await there.send(to, text, ()),)
