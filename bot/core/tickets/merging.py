"""Two open tickets of one person, who wrote from two addresses, become one."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model import subject
from bot.core.model.effects import Room, Send, Tell
from bot.core.model.facts import Merged
from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.text.render import fill
from bot.core.tickets import card, transitions
from bot.core.turn import Turn


def into(turn: Turn, now: Ticket, twin: Ticket, agent: Person) -> None:
    """Close the ticket; the room of its `twin` gets all that was said in it, with its files."""
    texts, there = turn.knowledge.texts.agents, Room(twin.number, twin.tier)
    turn.order(Send(to=there, text=fill(texts.merged_here, number=now.number)))
    card.tell_history(turn, there)
    known = Merged(now.number, now.slots, now.told, now.tags)
    turn.order(Tell(to=subject.ticket(twin.number), fact=known))
    turn.say(fill(texts.merged_person, number=now.number, into=twin.number))
    turn.tell_room(now, fill(texts.merged_into, by=agent.name, number=twin.number))
    transitions.move(turn, now, "merge", agent, asked=None)
    card.refresh(turn, now.number)


def merged(turn: Turn, number: str, fact: Merged) -> None:
    """What was known of the other fills what is not known of this one."""
    now = turn.tickets.get(number)
    if now is None or now.status == "closed":
        return
    slots, tags = {**fact.slots, **now.slots}, dict.fromkeys((*now.tags, *fact.tags))
    told = now.told or fact.told
    turn.put(replace(now, slots=slots, told=told, tags=tuple(tags)))
    card.refresh(turn, number)
