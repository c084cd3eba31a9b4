"""Outbox rows to the channel: in order within a place, places side by side, at Telegram's pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels import Later, Refused, Target
from bot.core.effects import Amend, Chat, Edit, Place, Relay, Respond, Room, Send, Topic
from bot.core.message import Ref
from bot.loops.desk import Desk, signalled
from bot.loops.pace import Pace
from bot.loops.typing import answered
from bot.loops.work import undeliverable
from bot.store import Arrival, Order, RoomRow

log = logging.getLogger(__name__)
TOGETHER = 1000  # places served at the same time, most of them waiting for their turn
BACKOFF = 300.0  # seconds at most between two attempts
PRESS_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    chat: int
    messages: tuple[int, ...] = ()


async def deliver(desk: Desk, pace: Pace | None = None) -> None:
    """Carry out orders for ever."""
    carrier = Carrier(desk, pace)
    async with asyncio.TaskGroup() as tasks:
        while True:
            desk.ordered.clear()
            busy = tuple(carrier.busy)
            free, now = TOGETHER - len(busy), desk.clock()
            orders = await desk.read(desk.store.outbox.ready, now, free, busy)
            for order in orders:
                carrier.busy.add(order.lane)
                tasks.create_task(carrier.carry(order))
            if not orders:
                due = await desk.read(desk.store.outbox.next_due, now)
                await signalled(desk.ordered, 60 if due is None else max(due - desk.clock(), 0.01))


class Carrier:
    """Carries out one order a lane at a time."""

    def __init__(self, desk: Desk, pace: Pace | None) -> None:
        self.desk = desk
        self.pace = pace
        self.busy: set[str] = set()

    async def carry(self, order: Order) -> None:
        """Do it and keep how it went, after which the lane is free again.

        What the store cannot keep is raised: the order waits and may be repeated, never lost.
        """
        try:
            outcome = await self._done(order)
            if outcome is not None:
                keep, now = self.desk.store.outbox.sent, self.desk.clock()
                await self.desk.write(keep, order, outcome.chat, outcome.messages, now)
        finally:
            self.busy.discard(order.lane)
            self.desk.ordered.set()

    async def _done(self, order: Order) -> Outcome | None:
        """What came of it, or None where that is kept already."""
        try:
            return await _DO[order.effect.kind](self, order.effect)
        except Later as wait:
            await self._later(order, wait)
        except Refused as refusal:
            await self._refused(order, refusal)
        except Exception as error:
            log.exception("order %d failed", order.id)
            await self._give_up(order, Refused("refused", f"{type(error).__name__}: {error}"))
        return None

    async def _later(self, order: Order, wait: Later) -> None:
        """An outage may last: only the answer to a press is of no use after a while."""
        if isinstance(order.effect, Respond) and order.attempts >= PRESS_ATTEMPTS:
            return await self._give_up(order, Refused("refused", str(wait)))
        chat = self._chat(order.effect.to)
        if self.pace is not None and chat is not None:
            self.pace.pause(chat, asyncio.get_running_loop().time(), wait.seconds)
        seconds = max(wait.seconds, min(2.0 ** min(order.attempts, 10), BACKOFF))
        await self._wait(order, seconds, str(wait))
        return None

    async def _wait(self, order: Order, seconds: float, error: str) -> None:
        due = self.desk.clock() + seconds
        await self.desk.write(self.desk.store.outbox.later, order, due, error)

    async def _refused(self, order: Order, refusal: Refused) -> None:
        place = order.effect.to
        if refusal.reason == "no_group" and not isinstance(place, Chat):
            # The group may come back; what is for it waits, and the core is told.
            await self._tell(order, refusal)
            return await self._wait(order, BACKOFF, str(refusal))
        if refusal.reason == "no_topic" and isinstance(place, Room):
            closing = isinstance(order.effect, Topic) and order.effect.closed
            if not closing and not await self._open_again(order, place):
                return None
        if refusal.reason == "no_group":
            refusal = Refused("no_chat", str(refusal))
        return await self._give_up(order, refusal)

    async def _give_up(self, order: Order, refusal: Refused) -> None:
        log.warning("order %d is given up: %s: %s", order.id, refusal.reason, refusal)
        desk, error = self.desk, f"{refusal.reason}: {refusal}"
        arrival, now = self._arrival(order, refusal), desk.clock()

        def keep() -> None:
            desk.store.outbox.fail(order, error, now)
            desk.store.inbox.take([arrival], now)

        await desk.write(keep)
        desk.arrived.set()

    async def _tell(self, order: Order, refusal: Refused) -> None:
        arrival = self._arrival(order, refusal)
        await self.desk.write(self.desk.store.inbox.take, [arrival], self.desk.clock())
        self.desk.arrived.set()

    def _arrival(self, order: Order, refusal: Refused) -> Arrival:
        # Told once for each reason: the inbox leaves out what it knows by its key.
        reason, key = refusal.reason, f"{order.id} {refusal.reason}"
        return undeliverable(order.case_id, key, order.effect, reason, str(refusal))

    async def _open_again(self, order: Order, place: Room) -> bool:
        """Somebody deleted the topic: a new one takes its place, and the core fills it.

        Where topics cannot be opened any more, the room goes on by replies to its card. False when
        it has to be tried later.
        """
        desk = self.desk
        room = await desk.read(desk.store.cases.room, place.ticket, place.tier)
        if room is None:
            return True
        try:
            thread = await desk.channel.open_topic(room.chat, room.title)
        except Later as wait:
            await self._later(order, wait)
            return False
        except Refused as refusal:
            log.warning("no topic for ticket %s: %s", place.ticket, refusal)
            thread = None
        again = RoomRow(room.ticket, room.tier, room.chat, thread, room.title, False)
        await desk.write(desk.store.cases.put_room, again)
        return True

    def _chat(self, place: Place) -> int | None:
        return place.id if isinstance(place, Chat) else self.desk.groups.get(place.tier)

    async def _turn(self, chat: int) -> None:
        """Wait for this chat's turn, showing that something is coming if it takes a while."""
        if self.pace is not None:
            wait = self.pace.reserve(chat, asyncio.get_running_loop().time())
            if wait:
                await asyncio.sleep(wait)
        answered(self.desk, chat)

    async def _target(self, place: Place, reply_to: Ref | None = None) -> Target:
        """Where this place is on the channel now."""
        return await self.desk.read(self._find, place, reply_to)

    def _find(self, place: Place, reply_to: Ref | None) -> Target:
        chat = self._chat(place)
        if chat is None:
            raise Refused("no_group", f"no group is set for tier {getattr(place, 'tier', '')!r}")
        store = self.desk.store
        reply = None
        if reply_to is not None:
            same = reply_to.chat == chat
            reply = reply_to.message if same else store.outbox.counterpart(reply_to, chat)
        if not isinstance(place, Room):
            return Target(chat, None, reply)
        room = store.cases.room(place.ticket, place.tier)
        if room is not None and room.thread is not None:
            return Target(room.chat, room.thread, reply)
        return Target(chat, None, reply or store.outbox.named(place, "card"))

    async def send(self, effect: Send) -> Outcome:
        to = await self._target(effect.to, effect.reply_to)
        await self._turn(to.chat)
        message = await self.desk.channel.send(to, effect.text, effect.buttons)
        return Outcome(to.chat, (message,))

    async def edit(self, effect: Edit) -> Outcome:
        to = await self._target(effect.to)
        message = await self.desk.read(self.desk.store.outbox.named, effect.to, effect.key)
        if message is not None:
            await self.desk.channel.edit(to, message, effect.text, effect.buttons)
        return Outcome(to.chat)

    async def respond(self, effect: Respond) -> Outcome:
        await self.desk.channel.respond(effect.query, effect.text, effect.alert)
        return Outcome(0)

    async def relay(self, effect: Relay) -> Outcome:
        to = await self._target(effect.to, effect.reply_to)
        await self._turn(to.chat)
        messages = await self.desk.channel.copy(to, effect.items)
        return Outcome(to.chat, tuple(messages))

    async def amend(self, effect: Amend) -> Outcome:
        to = await self._target(effect.to)
        find = self.desk.store.outbox.counterpart
        message = await self.desk.read(find, effect.item.ref, to.chat)
        if message is None:
            raise Refused("no_message", "it has no copy there")
        await self.desk.channel.amend(to, message, effect.item)
        return Outcome(to.chat)

    async def topic(self, effect: Topic) -> Outcome:
        desk, place = self.desk, effect.to
        to = await self._target(place)
        old = await desk.read(desk.store.cases.room, place.ticket, place.tier)
        thread, closed = (old.thread, old.closed) if old else (None, False)
        if old is None and await desk.channel.has_topics(to.chat):
            thread = await desk.channel.open_topic(to.chat, effect.title)
        elif old is not None and thread is not None:
            title = effect.title if effect.title != old.title else None
            change = effect.closed if effect.closed != closed else None
            await desk.channel.change_topic(Target(to.chat, thread), title, change)
        room = RoomRow(place.ticket, place.tier, to.chat, thread, effect.title, effect.closed)
        await desk.write(desk.store.cases.put_room, room)
        return Outcome(to.chat)


_DO: Mapping[str, Callable[[Carrier, Any], Awaitable[Outcome]]] = {
    "send": Carrier.send,
    "edit": Carrier.edit,
    "respond": Carrier.respond,
    "relay": Carrier.relay,
    "amend": Carrier.amend,
    "topic": Carrier.topic,
}
