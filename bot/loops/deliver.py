"""Outbox rows to the channel: in order within a place, places side by side, at Telegram's pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.channels import Later, Refused, Target
from bot.core.delivery import outdated, withdrawn
from bot.core.model import subject
from bot.core.model.effects import (
    Amend,
    Chat,
    Edit,
    Export,
    Outgoing,
    Picture,
    Pin,
    React,
    Read,
    Relay,
    Respond,
    Send,
    SendFile,
    TakeBack,
    Topic,
)
from bot.core.model.facts import Housed
from bot.loops import export, fallback, pictures
from bot.loops.desk import Desk, signalled
from bot.loops.extract import extract, kept
from bot.loops.internal_events import informed
from bot.loops.rate_limit import Pace
from bot.loops.retry import Setbacks
from bot.loops.taking_back import take_back
from bot.loops.targets import chat_now, target, there
from bot.loops.typing import answered
from bot.store import Arrival, Order, RoomRow
from bot.store.lanes import for_people, is_news
from bot.store.protocol import Deliver

log = logging.getLogger(__name__)
TOGETHER = 1000  # places served at the same time, most of them waiting for their turn
NEWS = 100  # and of these, that nobody waits for
LOOK = 60.0  # seconds after which it is looked what is due, whatever was known before
OTHERS = 500  # of these, that are not for people: a full group must not take all


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it became in the chat with this address, and what the core is to be told of it."""

    chat: str = ""
    messages: tuple[int, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


async def deliver(desk: Desk[Deliver], pace: Pace | None = None) -> None:
    """Carry out orders for ever."""
    carrier = Carrier(desk, pace)
    async with asyncio.TaskGroup() as tasks:
        while True:
            desk.ordered.clear()
            busy = tuple(carrier.busy)
            free, now = TOGETHER - len(busy), desk.clock()
            others = OTHERS - sum(not for_people(lane) for lane in busy)
            news = NEWS - sum(map(is_news, busy))
            orders, due = await desk.read(_look, desk, now, free, busy, others, news)
            for order in orders:
                carrier.busy.add(order.lane)
                tasks.create_task(carrier.carry(order))
            if not orders:
                # The clock may be set meanwhile.
                rest = LOOK if due is None else due - desk.clock()
                await signalled(desk.ordered, min(max(rest, 0.01), LOOK))


def _look(
    desk: Desk[Deliver], now: float, free: int, busy: Sequence[str], others: int, news: int
) -> tuple[list[Order], float | None]:
    """The orders that are ready; where there are none, when the next one is due."""
    orders = desk.store.outbox.ready(now, free, busy, others, news)
    return orders, None if orders else desk.store.outbox.next_due(now)


class Carrier:
    """Carries out one order a lane at a time.

    Which lanes are `busy` this process alone knows, for the store lets no second desk in: see
    docs/decisions/store-protocols.md.
    """

    def __init__(self, desk: Desk[Deliver], pace: Pace | None) -> None:
        self.desk = desk
        self.pace = pace
        self.busy: set[str] = set()
        self.ranks: dict[str, int] = {}
        self.setbacks = Setbacks(desk, pace, self._turn)

    async def carry(self, order: Order) -> None:
        """Do it and keep how it went, after which the lane is free again.

        What the store cannot keep is raised: the order waits and may be repeated, never lost. Where
        it is what came of this order that nobody can keep, the order fails alone.
        """
        if isinstance(order.effect.to, Chat):
            self.ranks[order.effect.to.address] = order.newest
        try:
            outcome = await self._done(order)
            if outcome is not None:
                await self.desk.write(self._keep, order, outcome)
                if outcome.arrivals:
                    self.desk.arrived.set()
        except Exception as error:
            if self.desk.store.unusable(error):
                raise
            log.exception("what came of order %d cannot be kept", order.id)
            await self.setbacks.give_up(order, Refused("refused", type(error).__name__))
        finally:
            self.busy.discard(order.lane)
            if isinstance(order.effect.to, Chat):
                self.ranks.pop(order.effect.to.address, None)
            self.desk.ordered.set()

    def _keep(self, order: Order, outcome: Outcome) -> None:
        store, now = self.desk.store, self.desk.clock()
        if store.outbox.sent(order, outcome.chat, outcome.messages, now):
            store.inbox.take(outcome.arrivals, now)

    async def _done(self, order: Order) -> Outcome | None:
        """What came of it, or None where that is kept already."""
        try:
            if isinstance(order.effect, Read):
                return Outcome(arrivals=(await extract(self.desk, order, order.effect),))
            effect = await self._timely(order)
            return await _DO[effect.kind](self, effect) if effect is not None else Outcome()
        except Later as wait:
            await self.setbacks.later(order, wait)
        except Refused as refusal:
            await self.setbacks.refused(order, refusal)
        except Exception as error:
            log.exception("order %d failed", order.id)
            told = Refused("refused", f"{type(error).__name__}: {error}")
            await self.setbacks.give_up(order, told)
        return None

    async def _timely(self, order: Order) -> Outgoing | None:
        """What is to be said of this order now; None where another stands for it."""
        effect, now = order.effect, self.desk.clock()
        if withdrawn.may_be(effect) and order.newest > order.id:
            taken_back = await self.desk.read(self.desk.store.outbox.taken_back, order)
            return None if withdrawn.is_so(effect, taken_back) else effect
        if not outdated.is_old(effect, now - order.created_at):
            return effect
        find, since = self.desk.store.outbox.answers, now - outdated.OLD
        unsaid, follows = await self.desk.read(find, order, since)
        return outdated.said(effect, self.desk.knowledge, unsaid=unsaid, follows=follows)

    async def _turn(self, to: Target, calls: int = 1, *, news: bool = False) -> None:
        """Wait for this chat's turn, showing that something is coming if it takes a while."""
        if self.pace is not None:
            rank = self.ranks.get(to.chat, 0)
            await self.pace.turn(to.chat, calls=calls, news=news, rank=rank, group=not to.private)
        answered(self.desk, to.chat)

    async def send(self, effect: Send) -> Outcome:
        to = await target(self.desk, effect.to, effect.reply_to)
        await self._turn(to, news=effect.news)
        if effect.only and fallback.can_whisper(self.desk, to, effect.only):
            if await fallback.whispered(self.desk, to, effect):
                return Outcome(to.chat)
            await self._turn(to, news=effect.news)
        text = fallback.aloud(to, effect)
        message = await self.desk.channel_at(to.chat).send(to, text, effect.buttons)
        return Outcome(to.chat, (message,))

    async def picture(self, effect: Picture) -> Outcome:
        to = await target(self.desk, effect.to)
        picture = await pictures.drawn(self.desk, to, effect.chart)
        # The text may be a message of its own.
        await self._turn(to, 2 if picture else 1, news=effect.news)
        return Outcome(to.chat, await pictures.shown(self.desk, to, picture, effect.text))

    async def edit(self, effect: Edit) -> Outcome:
        to = await target(self.desk, effect.to)
        message = await self.desk.read(self.desk.store.outbox.named, effect.to, effect.key)
        if message is None:
            return Outcome(to.chat)
        await self._turn(to, news=effect.news)
        said = await fallback.change(self.desk, to, message, effect.text, effect.buttons)
        return Outcome(to.chat, said)

    async def respond(self, effect: Respond) -> Outcome:
        chat = await chat_now(self.desk, effect.to) or ""
        await self.desk.channel_at(chat).respond(effect.query, effect.text, effect.alert)
        return Outcome()

    async def relay(self, effect: Relay) -> Outcome:
        to = await target(self.desk, effect.to, effect.reply_to)
        await self._turn(to, len(effect.items))
        messages = await fallback.relay(self.desk, to, effect.items)
        return Outcome(to.chat, tuple(messages))

    async def amend(self, effect: Amend) -> Outcome:
        to = await target(self.desk, effect.to)
        find = self.desk.store.outbox.counterpart
        message = await self.desk.read(find, effect.item.ref, to.chat)
        if message is None:
            raise Refused("no_message", "it has no copy there")
        await self._turn(to)
        await fallback.amend(self.desk, to, message, effect.item, media=effect.media)
        return Outcome(to.chat)

    async def take_back(self, effect: TakeBack) -> Outcome:
        to = await target(self.desk, effect.to)
        told = await take_back(self.desk, to, effect, self._turn)
        key = f"{effect.asked.chat} {effect.asked.message} taken back"
        return Outcome(to.chat, arrivals=(informed(subject.ticket(effect.ticket), told, key),))

    async def send_file(self, effect: SendFile) -> Outcome:
        to = await target(self.desk, effect.to)
        data = await kept(self.desk, effect.name)
        await self._turn(to)
        message = await self.desk.channel_at(to.chat).upload(to, data, effect.title)
        return Outcome(to.chat, (message,))

    async def export(self, effect: Export) -> Outcome:
        to = await target(self.desk, effect.to)
        turn = partial(self._turn, to)
        return Outcome(to.chat, await export.sent(self.desk, to, effect.text, turn))

    async def topic(self, effect: Topic) -> Outcome:
        desk, place = self.desk, effect.to
        to = await target(self.desk, place)
        old = await desk.read(desk.store.rooms.room, place.ticket, place.tier)
        thread, closed = (old.thread, old.closed) if old else (None, False)
        change = None
        if old is None and await desk.channel_at(to.chat).has_topics(to.chat):
            await self._turn(to, news=effect.news)
            there = desk.channel_at(to.chat)
            thread = await there.open_topic(to.chat, effect.title, effect.icon)
        elif old is not None and thread is not None:
            title = effect.title if effect.title != old.title else None
            change = effect.closed if effect.closed != closed else None
            icon = effect.icon if effect.icon != old.icon else ""
            if calls := (title is not None or icon != "") + (change is not None):
                await self._turn(to, calls, news=effect.news)
            here = Target(to.chat, thread=thread)
            await desk.channel_at(to.chat).change_topic(here, title, change, icon)
        await desk.write(self._keep_room, effect, to.chat, thread, change)
        link = desk.channel_at(to.chat).link(to.chat, thread) if thread is not None else ""
        if effect.left is None or old is not None or not link:
            return Outcome(to.chat)
        told = Housed(effect.left, link)
        key = f"{place.ticket} {place.tier} {thread} housed"
        return Outcome(to.chat, arrivals=(informed(subject.ticket(place.ticket), told, key),))

    def _keep_room(self, effect: Topic, chat: str, thread: int | None, change: bool | None) -> None:
        """Keep the room; whether its topic is closed only where that was changed, for somebody may
        have closed it by hand meanwhile."""
        place, rooms = effect.to, self.desk.store.rooms
        now = rooms.room(place.ticket, place.tier)
        closed = now.closed if now is not None and change is None else effect.closed
        icon = effect.icon or (now.icon if now is not None else "")
        room = RoomRow(place.ticket, place.tier, chat, thread, effect.title, closed, icon)
        rooms.put_room(room)

    async def pin(self, effect: Pin) -> Outcome:
        to = await target(self.desk, effect.to)
        message = await self.desk.read(self.desk.store.outbox.named, effect.to, effect.key)
        if message is None or to.thread is None:
            return Outcome(to.chat)
        if not self.desk.channel_at(to.chat).abilities.marks:
            return Outcome(to.chat)
        await self._turn(to)
        await self.desk.channel_at(to.chat).pin(to, message)
        return Outcome(to.chat)

    async def react(self, effect: React) -> Outcome:
        to = await target(self.desk, effect.to)
        message = await self.desk.read(there, self.desk, effect.ref, to.chat)
        channel = self.desk.channel_at(to.chat)
        if message is None:
            return Outcome(to.chat)
        if channel.abilities.marks:
            await self._turn(to)
            if await fallback.reacted(self.desk, to, message, effect):
                return Outcome(to.chat)
        if not effect.text:
            return Outcome(to.chat)
        await self._turn(to)
        said = await channel.send(replace(to, reply_to=message), effect.text, ())
        return Outcome(to.chat, (said,))


_DO: Mapping[str, Callable[[Carrier, Any], Awaitable[Outcome]]] = {
    "send": Carrier.send,
    "picture": Carrier.picture,
    "edit": Carrier.edit,
    "respond": Carrier.respond,
    "relay": Carrier.relay,
    "amend": Carrier.amend,
    "take_back": Carrier.take_back,
    "send_file": Carrier.send_file,
    "export": Carrier.export,
    "topic": Carrier.topic,
    "pin": Carrier.pin,
    "react": Carrier.react,
}
