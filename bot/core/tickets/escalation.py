"""How a ticket goes to the next tier, by an agent or by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.core.content.knowledge import Tier
from bot.core.model.effects import Edit, Room, Send
from bot.core.model.facts import Housed, Left
from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.text.render import fill, joined
from bot.core.tickets import card, promises, transitions
from bot.core.turn import Turn

LEFT = "left"
"""The key of what a room is told that a ticket leaves."""


def housed(turn: Turn, number: str, fact: Housed) -> None:
    """The room that the ticket left is told the way to its new one."""
    way = fill(turn.knowledge.texts.staff.way_topic, number=number, link=fact.link)
    room = Room(number, fact.left.tier)
    turn.order(Edit(to=room, key=LEFT, text=joined(fact.left.text, way), news=True))


def hand_up(
    turn: Turn,
    now: Ticket,
    above: Tier,
    told: str,
    action: Literal["escalate", "pass_up"],
    agent: Person | None = None,
) -> None:
    """Hand the ticket to the tier `above`, tell the room that it leaves (`told`) and its person.

    A tier with a coordinator has an owner for it at once.
    """
    moved = transitions.move(turn, now, action, agent, tier=above.id, asked=None)
    room, left = Room(now.number, now.tier), replace(moved, tier=now.tier)
    turn.order(Edit(to=room, key="card", text=card.card(turn, left, left=True)))
    turn.order(Send(to=room, text=told, key=LEFT))
    turn.order(card.topic_left(turn.knowledge, left))
    turn.say(fill(turn.talk.escalated, number=now.number, tier=above.name, promise=above.promise))
    coordinator = above.coordinator
    away = coordinator is not None and coordinator.address in turn.state.away
    if coordinator is not None and not away:
        owner = Person(coordinator.address, coordinator.name)
        transitions.move(turn, moved, "claim", owner, owner=owner)
        turn.say(fill(turn.talk.claimed, number=now.number, owner=owner.name))
    card.introduce(turn, now.number, history=True, left=Left(now.tier, told))
    if coordinator is not None and away:
        absent = fill(turn.knowledge.texts.agents.coordinator_away, name=coordinator.name)
        for where in (room, Room(now.number, above.id)):
            turn.order(Send(to=where, text=absent))
    if turn.knowledge.tiers.above(above.id) is None:
        promises.wanted(turn, turn.named(now.number))
