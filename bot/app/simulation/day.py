"""The day that is played.

People open tickets at every hour; of the agents some answer in time, some late, some never. The
desk is off over the end of lunch and of work, ends in the middle of things, and has all its clocks
wound anew at night; whatever is due is heard again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random

from bot.app.simulation import crowd
from bot.app.simulation.stage import Stage
from bot.core import buttons
from bot.core.content import working_time
from bot.core.content.knowledge import Knowledge
from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.text.clock import BEIJING
from bot.store import Arrival

DAY = date(2026, 11, 24)
"""From here on the first working day of the calendar is played."""
BEFORE, AFTER = timedelta(hours=6), timedelta(hours=33)
MINUTE, HALF = timedelta(minutes=1), timedelta(seconds=30)
OFF = {time(11, 40): time(12, 30), time(17, 30): time(19, 10)}
"""When no desk runs: from and until."""
ENDS = time(15)
"""When it ends between what came in and what is decided, and starts again."""
EDITED = time(3)
"""When all clocks are wound anew, as after the calendar was edited."""
RESOLVES, ASKS = 0.3, 0.45
"""By chance: an agent resolves what they answered, or if not asks for something."""
EVERY = 10_000
"""More tickets than a day has."""


@dataclass(frozen=True, slots=True, order=True)
class Plan:
    """That an agent will look at a ticket which stands at this tier."""

    at: datetime
    ticket: str
    tier: str
    agent: str
    temper: crowd.Temper = field(compare=False)


class Played:
    """`tickets` are opened; what happens by chance is chosen by `chance`."""

    def __init__(self, knowledge: Knowledge, place: Path, chance: Random, tickets: int) -> None:
        self._knowledge = knowledge
        self._chance = chance
        self._agents = crowd.agents(knowledge)
        self._begins = _first_day(knowledge) - BEFORE
        self._ends = self._begins + BEFORE + AFTER
        self._lines = deque(crowd.lines(chance, tickets, self._begins, self._ends))
        self._plans: list[Plan] = []
        self._seen: set[tuple[object, ...]] = set()
        everybody = (agent for agents in self._agents.values() for agent in agents)
        self.stage = Stage(knowledge, place, everybody)

    async def through(self) -> None:
        """Play it."""
        at, back = self._begins, self._begins.time()
        while at < self._ends:
            clock = at.time()
            self.stage.now = at.timestamp()
            if self.stage.runs and clock in OFF:
                await self.stage.stop()
                back = OFF[clock]
            elif not self.stage.runs and clock == back:
                await self.stage.start()
            if self.stage.runs:
                await self._minute(at)
            at += MINUTE
        await self.stage.stop()

    async def _minute(self, at: datetime) -> None:
        """What people and agents do comes first, and half a minute later what is due."""
        stage, clock = self.stage, at.time()
        came = [each async for each in self._coming(at)]
        if came:
            await stage.take(came)
        if clock == ENDS:
            await stage.stop()
            await stage.start()
        if clock == EDITED:
            await stage.desk.write(stage.desk.store.timers.wind, "edited", stage.now)
        if came:
            await stage.settle()
        stage.now = (at + HALF).timestamp()
        if await stage.strike() or came:
            await self._plan(at)

    async def _coming(self, at: datetime) -> AsyncIterator[Arrival]:
        """What is said by now."""
        while self._lines and self._lines[0].at <= at:
            line = self._lines.popleft()
            yield self.stage.said(line.who, line.text)
        while self._plans and self._plans[0].at <= at:
            plan = heappop(self._plans)
            ticket = await self.stage.desk.read(self.stage.desk.store.tickets.named, plan.ticket)
            if ticket is not None and ticket.tier == plan.tier:
                for what in self._does(plan, ticket):
                    yield await self.stage.in_room(ticket, Person(plan.agent, plan.agent), **what)

    def _does(self, plan: Plan, ticket: Ticket) -> Iterator[dict[str, str]]:
        """What an agent who looks at a ticket does."""
        owner = ticket.owner.address if ticket.owner else None
        if owner is None:
            yield {"text": "/claim"}
        if owner not in (None, plan.agent) or plan.temper.answers is None:
            return
        if owner is not None:
            yield {"text": self._chance.choice(crowd.ANSWERS)}
            by_chance = self._chance.random()
            if by_chance < RESOLVES:
                yield {"text": "/resolve"}
            elif by_chance < ASKS and (missing := self._knowledge.fields.keys() - ticket.slots):
                press = buttons.AskFor(ticket.bound, min(missing))
                yield {"data": buttons.button("", press).data}

    async def _plan(self, at: datetime) -> None:
        """Have somebody look at every ticket that waits for another thing than before."""
        store = self.stage.desk.store
        for tier, agents in self._agents.items():
            for ticket in await self.stage.desk.read(store.tickets.queue, tier, EVERY):
                waits = ticket.waiting and ticket.waiting.since
                owner = ticket.owner.address if ticket.owner else ""
                if (key := (ticket.number, tier, waits, owner)) in self._seen:
                    continue
                self._seen.add(key)
                agent = owner if owner in agents else self._chance.choice([*agents])
                within = agents[agent].answers if owner else agents[agent].takes
                if within is not None:
                    span = timedelta(minutes=self._chance.randint(*within))
                    when = working_time.after(self._knowledge.calendar, at, span)
                    plan = Plan(when, ticket.number, tier, agent, agents[agent])
                    heappush(self._plans, plan)


def _first_day(knowledge: Knowledge) -> datetime:
    """The midnight with which the day begins that is played."""
    midnight = datetime.combine(DAY, time(), BEIJING)
    opens = working_time.after(knowledge.calendar, midnight, working_time.NOTHING)
    return datetime.combine(opens.astimezone(BEIJING).date(), time(), BEIJING)
