"""Tickets that are dealt by turns to those who are at work, and those that are given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.core.model import subject
from bot.core.model.agents import Agent
from bot.core.model.effects import Deal, Tell
from bot.core.model.facts import Given, Returned, Unowned
from bot.core.model.message import Person
from bot.core.model.state import About
from bot.core.model.ticket import Ticket
from bot.core.text.render import Html, fill
from bot.core.tickets import card, transitions
from bot.core.turn import Turn

PRESENT = timedelta(days=14)
"""Who has done nothing for so long is given nothing: they may have left."""
NEVER = datetime.min.replace(tzinfo=UTC)


def offer(turn: Turn, now: Ticket) -> None:
    """Have a ticket dealt that nobody owns since this event, where its tier deals by turns."""
    before, tier = turn.state.tickets.get(now.number), turn.knowledge.tiers.named(now.tier)
    if now.status != "new" or tier.assign != "fair":
        return
    if before is None or (before.status, before.tier) != (now.status, now.tier):
        left = before.owner.address if before and before.owner else ""
        turn.order(Tell(to=subject.tier(now.tier), fact=Unowned(now.number, left)))


def dealt(about: About, tier: str, fact: Unowned, at: datetime) -> Iterator[Tell | Deal]:
    """It is given to whoever has fewest tickets, of several to whose last turn is longest ago."""
    there = [
        agent
        for agent in about.agents
        if not agent.away and at - agent.seen_at < PRESENT and agent.address != fact.besides
    ]
    if not there:
        return
    agent = min(there, key=lambda each: (each.load, each.dealt_at or NEVER, each.address))
    given = Given(tier, Person(agent.address, agent.name, agent.username))
    yield Tell(to=subject.ticket(fact.ticket), fact=given)
    yield Deal(tier=tier, address=agent.address)


def given(turn: Turn, number: str, fact: Given) -> None:
    """The ticket is owned, unless somebody was quicker."""
    now = turn.tickets.get(number)
    if now is None or now.tier != fact.tier or not transitions.may(now, "deal"):
        return
    owned = transitions.move(turn, now, "deal", owner=fact.agent)
    turn.tell_room(owned, fill(turn.knowledge.texts.agents.dealt, agent=called(fact.agent)))
    turn.say(fill(turn.talk.claimed, number=number, owner=fact.agent.name))
    card.refresh(turn, number)


def returned(turn: Turn, number: str, fact: Returned) -> None:
    """Its owner is away: the ticket waits for somebody else."""
    now = turn.tickets.get(number)
    owner = now.owner if now else None
    if now is None or owner is None or owner.address != fact.owner:
        return
    if transitions.may(now, "release"):
        freed = transitions.move(turn, now, "release", owner, asked=None)
        turn.tell_room(freed, fill(turn.knowledge.texts.agents.returned, owner=owner.name))
        card.refresh(turn, number)


def called(agent: Person | Agent) -> Html:
    """An agent's name so that the channel tells them of it."""
    username = f" @{agent.username}" if agent.username else ""
    return fill("{name}{username}", name=agent.name, username=username)
