"""Giving a ticket to a colleague: `/assign @xiaoli`, `/assign 小李`."""

from __future__ import annotations

from bot.core.model.agents import Agent
from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.staff import actions
from bot.core.text.render import fill
from bot.core.tickets import card, transitions
from bot.core.tickets.dealing import called
from bot.core.turn import Turn


def assign(turn: Turn, now: Ticket, agent: Person, said: str) -> str:
    """Make a colleague of the tier own the ticket."""
    texts, staff = turn.knowledge.texts.agents, turn.knowledge.texts.staff
    if not said:
        return fill(texts.assign_how)
    if not transitions.may(now, "assign"):
        return fill(staff.not_now)
    found = _meant(turn.state.agents, said)
    if not found:
        return fill(texts.assign_unknown, name=said)
    if len(found) > 1:
        return fill(texts.assign_several, names="、".join(map(called, found)))
    (one,) = found
    if one.address == agent.address:
        return actions.take(turn, now, agent)
    if now.owner is not None and now.owner.address == one.address:
        return fill(staff.taken, number=now.number, owner=one.name)
    if one.away:
        return fill(texts.assign_away, name=one.name)
    return _give(turn, now, agent, Person(one.address, one.name, one.username))


def _meant(agents: tuple[Agent, ...], said: str) -> list[Agent]:
    """Who is called so: by username or whole name, or by a part of the name."""
    name = said.removeprefix("@").lower()
    whole = [each for each in agents if name in (each.username.lower(), each.name.lower())]
    if whole or said.startswith("@"):
        return whole
    return [each for each in agents if name in each.name.lower()]


def _give(turn: Turn, now: Ticket, agent: Person, owner: Person) -> str:
    before = now.owner
    owned = transitions.move(turn, now, "assign", agent, owner=owner)
    told = fill(turn.knowledge.texts.agents.assigned, by=agent.name, agent=called(owner))
    turn.tell_room(owned, told)
    text = turn.talk.taken_over if before else turn.talk.claimed
    turn.say(fill(text, number=now.number, owner=owner.name))
    card.refresh(turn, now.number)
    return ""
