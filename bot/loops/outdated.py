"""What waited for hours says less: of several answers to one person only the last is said."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.effects import ANSWER, Outgoing, Send
from bot.core.text.render import fill, joined
from bot.loops.desk import Desk
from bot.store import Order

OLD = 2 * 3600.0  # seconds after which somebody does not wait for each answer any more


async def timely(desk: Desk, order: Order) -> Outgoing | None:
    """What is to be said of this order now; None where a later answer stands for it.

    The last one says that others were left out. What agents wrote, tickets and questions are never
    left out: only answers from the FAQ, which may be asked for again.
    """
    effect, now = order.effect, desk.clock()
    if not isinstance(effect, Send) or not effect.key.startswith(ANSWER):
        return effect
    if now - order.created_at < OLD:
        return effect
    unsaid, follows = await desk.read(desk.store.outbox.answers, order, now - OLD)
    if follows:
        return None
    return replace(effect, text=_after(desk, effect.text)) if unsaid else effect


def _after(desk: Desk, text: str) -> str:
    return joined(fill(desk.knowledge.texts.talk.outdated), text)
