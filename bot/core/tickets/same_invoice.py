"""Two people with the same invoice: staff see both tickets, neither person hears of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.core.model import subject
from bot.core.model.effects import Edit, Room, Tell
from bot.core.model.facts import Shared
from bot.core.model.state import About
from bot.core.text.render import fill
from bot.core.tickets import card
from bot.core.turn import Turn

MOST = 20
"""Other tickets of which a room is told: of one that has as many it knows that it is no single
case."""


def told(about: About) -> Iterator[Tell]:
    """What follows where another ticket is about an invoice: each of them is told of the others."""
    for number, person in about.tickets:
        others = tuple(n for n, of in about.tickets if of != person)[:MOST]
        if others:
            yield Tell(to=subject.ticket(number), fact=Shared(others))


def shared(turn: Turn, number: str, fact: Shared) -> None:
    """The room is told once; that there are more of them shows in the same message."""
    now, others = turn.tickets.get(number), fact.others
    if now is None or now.status == "closed" or set(others) <= set(now.shared):
        return
    known = (*now.shared, *(other for other in others if other not in now.shared))[:MOST]
    text = fill(turn.knowledge.texts.hints.staff["other_ticket"], tickets="、".join(known))
    owned = turn.put(replace(now, shared=known))
    if now.shared:
        turn.order(Edit(to=Room(number, now.tier), key="shared", text=text, news=True))
    else:
        turn.tell_room(owned, text, key="shared")
    card.refresh(turn, number)
