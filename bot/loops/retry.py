"""What becomes of an order that could not be carried out: again later, another way, or told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channels import Later, Moved, Refused, Target
from bot.core.model import subject
from bot.core.model.effects import (
    REASONS,
    Chat,
    Mark,
    Read,
    Respond,
    Room,
    Topic,
)
from bot.core.model.facts import Reopened
from bot.loops.desk import Desk
from bot.loops.group_changes import group_moved
from bot.loops.internal_events import informed, undeliverable
from bot.loops.rate_limit import Pace
from bot.loops.targets import chat_now
from bot.store import Arrival, Order
from bot.store.heads import LONGEST
from bot.store.protocol import Deliver

log = logging.getLogger(__name__)
BACKOFF = 300.0  # seconds at most between two attempts
FEW_ATTEMPTS = 3


class Setbacks:
    """Deals with `Later` and `Refused`. `turn` waits for a chat's turn."""

    def __init__(
        self, desk: Desk[Deliver], pace: Pace | None, turn: Callable[[Target], Awaitable[None]]
    ) -> None:
        self.desk = desk
        self.pace = pace
        self.turn = turn

    async def later(self, order: Order, wait: Later) -> None:
        """An outage may last: but somebody waits for the answer to a press, or for a file's."""
        if isinstance(order.effect, Respond | Read | Mark) and order.attempts >= FEW_ATTEMPTS:
            return await self.give_up(order, Refused("refused", str(wait)))
        place, pace = order.effect.to, self.pace if wait.limited else None
        if pace is not None and (chat := await chat_now(self.desk, place)) is not None:
            at, group = asyncio.get_running_loop().time(), not isinstance(place, Chat)
            pace.pause(chat, at, wait.seconds, group=group)
        seconds = max(wait.seconds, min(2.0 ** min(order.attempts, 10), BACKOFF))
        await self._wait(order, seconds, str(wait))
        return None

    async def refused(self, order: Order, refusal: Refused) -> None:
        """Another way where there is one; otherwise it is given up and told."""
        place = order.effect.to
        if isinstance(refusal, Moved) and not isinstance(place, Chat):
            return await self._follow(order, refusal)
        if isinstance(order.effect, Mark):
            return await self.give_up(order, refusal)
        if REASONS[refusal.reason] == "place" and not isinstance(place, Chat):
            # The group may let the desk speak again; what is for it waits, and the core is told.
            await self._tell(order, refusal)
            return await self._wait(order, BACKOFF, str(refusal))
        if refusal.reason == "topic_closed" and isinstance(place, Room):
            if await self._reopen(order, place):
                return None
            refusal = Refused("no_topic", str(refusal))
        if refusal.reason == "no_topic" and isinstance(place, Room):
            closing = isinstance(order.effect, Topic) and order.effect.closed
            if not closing and not await self._open_again(order, place):
                return None
        if refusal.reason == "no_group":
            refusal = Refused("no_chat", str(refusal))
        return await self.give_up(order, refusal)

    async def give_up(self, order: Order, refusal: Refused) -> None:
        """It will not be done, and the core is told; nor what waits for somebody who blocked us.

        Of a mark nobody need know, and what waits behind it is tried by itself.
        """
        log.warning("order %d is given up: %s: %s", order.id, refusal.reason, refusal)
        desk, error, now = self.desk, f"{refusal.reason}: {refusal}", self.desk.clock()

        def keep() -> None:
            orders = [order]
            if refusal.reason == "blocked" and not isinstance(order.effect, Mark):
                orders += desk.store.outbox.behind(order, now)
            for each in orders:
                desk.store.outbox.fail(each, error, now)
            told = [each for each in orders if not isinstance(each.effect, Mark)]
            desk.store.inbox.take([_arrival(each, refusal) for each in told], now)

        await desk.write(keep)
        desk.arrived.set()

    async def _wait(self, order: Order, seconds: float, error: str) -> None:
        due = self.desk.clock() + min(seconds, LONGEST)
        await self.desk.write(self.desk.store.outbox.later, order, due, error)

    async def _tell(self, order: Order, refusal: Refused) -> None:
        if not order.attempts:
            log.error("%s cannot be told anything: %s", order.lane, refusal)
        arrivals = [_arrival(order, refusal)]
        await self.desk.write(self.desk.store.inbox.take, arrivals, self.desk.clock())
        self.desk.arrived.set()

    async def _follow(self, order: Order, moved: Moved) -> None:
        """The group has a new id; the order goes there."""
        chat = await chat_now(self.desk, order.effect.to)
        if chat is not None:
            await self.desk.write(group_moved, self.desk, chat, moved.chat)
        await self._wait(order, 0.0, str(moved))
        self.desk.arrived.set()

    async def _reopen(self, order: Order, place: Room) -> bool:
        """Somebody closed the topic: open it, tell the ticket, and try the order again.

        False where it is not opened, or was and still takes nothing.
        """
        desk = self.desk
        room = await desk.read(desk.store.rooms.room, place.ticket, place.tier)
        if room is None or room.thread is None or order.attempts:
            return False
        try:
            here = Target(room.chat, thread=room.thread)
            await self.turn(here)
            await desk.channel_at(room.chat).change_topic(here, None, False)
        except Later as wait:
            await self.later(order, wait)
            return True
        except Refused as refusal:
            log.warning("the topic of ticket %s stays closed: %s", place.ticket, refusal)
            return False
        about, key = subject.ticket(place.ticket), f"{order.id} reopened"
        told = [informed(about, Reopened(place.tier), key)]
        await desk.write(desk.store.inbox.take, told, desk.clock())
        await self._wait(order, 0.0, "the topic was closed")
        desk.arrived.set()
        return True

    async def _open_again(self, order: Order, place: Room) -> bool:
        """Somebody deleted the topic: a new one takes its place, and the core fills it.

        Where topics cannot be opened any more, the room goes on by replies to its card. False when
        it has to be tried later.
        """
        desk = self.desk
        room = await desk.read(desk.store.rooms.room, place.ticket, place.tier)
        if room is None:
            return True
        try:
            await self.turn(Target(room.chat))
            thread = await desk.channel_at(room.chat).open_topic(room.chat, room.title, room.icon)
        except Later as wait:
            await self.later(order, wait)
            return False
        except Refused as refusal:
            log.warning("no topic for ticket %s: %s", place.ticket, refusal)
            thread = None
        again = replace(room, thread=thread, closed=False)
        await desk.write(desk.store.rooms.put_room, again)
        return True


def _arrival(order: Order, refusal: Refused) -> Arrival:
    # Told once for each reason: the inbox leaves out what it knows by its key.
    reason, key = refusal.reason, f"{order.id} {refusal.reason}"
    return undeliverable(order.subject, key, order.effect, reason, str(refusal), order.id)
