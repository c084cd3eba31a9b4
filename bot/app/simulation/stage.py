"""A desk whose clock stands still until it is told the time: the real store, core and loops' parts,
on a channel of this process that everything can be said to and nobody reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from bot.channels import Update
from bot.channels.console import Console, Group, updates
from bot.core.content.knowledge import Knowledge
from bot.core.model.address import address
from bot.core.model.effects import Room
from bot.core.model.message import Person, Ref
from bot.core.model.roles import OPERATORS
from bot.core.model.ticket import Ticket
from bot.intake.workers import Workers
from bot.loops import Desk, members
from bot.loops.deliver import Carrier
from bot.loops.wake import fire
from bot.loops.winding import wind
from bot.loops.work import work_on
from bot.store import Arrival, Store

FIRST = 10**9
"""Where the numbers of what people write begin, apart from those of what the desk says."""


class Stage:
    """One desk after another on one database. `now` is seconds since 1970."""

    def __init__(self, knowledge: Knowledge, place: Path, agents: Iterable[str]) -> None:
        tiers = knowledge.tiers.tiers
        self.knowledge = knowledge
        self.database = place / "desk.db"
        self.now = 0.0
        self.groups = {tier.id: address(Console.name, tier.id) for tier in tiers}
        everybody = frozenset(agents)
        rooms = {self.groups[tier.id]: Group(tier.name, everybody) for tier in tiers}
        self._console = Console(rooms, lambda post: None, place)
        self._numbers = count(FIRST)
        self._desk: Desk[Store] | None = None

    @property
    def desk(self) -> Desk[Store]:
        """The desk that runs."""
        assert self._desk is not None
        return self._desk

    @property
    def runs(self) -> bool:
        """Whether one does."""
        return self._desk is not None

    async def start(self) -> None:
        """What a desk does first."""
        roles = {OPERATORS: address(Console.name, OPERATORS)}
        store, channels = Store.open(self.database), [self._console]
        self._desk = Desk(
            store, channels, self.knowledge, self.groups, Workers(), None, lambda: self.now, roles
        )
        await wind(self._desk, self.now)

    async def stop(self) -> None:
        """End the desk wherever it is: what it has not done is on the disk."""
        desk, self._desk = self.desk, None
        await desk.close()

    def said(self, who: Person, text: str) -> Arrival:
        """What somebody writes to the desk."""
        return self._arrival(who, who.address, None, text=text)

    async def in_room(self, ticket: Ticket, who: Person, **what: Any) -> Arrival:
        """What an agent does in a ticket's room: a `text`, or the `data` of a button."""
        card = await self.desk.read(
            self.desk.store.outbox.named, Room(ticket.number, ticket.tier), "card"
        )
        chat = self.groups[ticket.tier]
        if "data" in what:
            return self._arrival(who, chat, card, query=f"{chat}/{card}", **what)
        return self._arrival(who, chat, None, reply_to=card, reply_to_desk=True, **what)

    def _arrival(self, who: Person, chat: str, message: int | None, **what: Any) -> Arrival:
        """Something new there, or at a message of the desk."""
        number, private = next(self._numbers), chat == who.address
        ref = Ref(chat, message or number)
        payload = updates.written(who, ref, group=not private, **what)
        lane = members.lane(Update(str(number), chat, payload, private))
        return Arrival(Console.name, str(number), lane, payload)

    async def take(self, arrivals: Iterable[Arrival]) -> None:
        """Keep what came in."""
        await self.desk.write(self.desk.store.inbox.take, [*arrivals], self.now)

    async def strike(self) -> bool:
        """Let what is due be heard, and after it once more, as from a second worker that had the
        same rows and from one whose inbox does not know them; whether anything was due.
        """
        due = await self.desk.read(self.desk.store.timers.due, self.now)
        if not due:
            return False
        await self.desk.write(fire, self.desk, self.now)
        await self.settle()
        await self.take(
            Arrival("clock", f"{subject} {what} {at}{again}", subject, what, subject)
            for subject, what, at in due
            for again in ("", " again")
        )
        await self.settle()
        return True

    async def settle(self) -> None:
        """Until all is decided and said that can be now."""
        desk, carrier = self.desk, Carrier(self.desk, None)
        while True:
            rows, questions = await desk.write(work_on, desk)
            for question in questions.values():
                await members.ask(desk, question)
            orders = await desk.read(desk.store.outbox.ready, self.now, FIRST)
            await asyncio.gather(*map(carrier.carry, orders))
            if not rows and not orders and not questions:
                return
