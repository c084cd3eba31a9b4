"""What people do to groups and topics, and what the desk notices there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content.knowledge import Knowledge
from bot.core.model import subject
from bot.core.model.effects import Group, Room, Send, Tell
from bot.core.model.facts import Closed, Moved, Reopened, Unverified
from bot.core.model.state import About
from bot.core.model.ticket import Ticket
from bot.core.text.render import fill
from bot.core.tickets import card
from bot.core.turn import Turn


def moved(about: About, fact: Moved, knowledge: Knowledge) -> Iterator[Send | Tell]:
    """A tier's group became a supergroup: all its open tickets go on there."""
    yield Send(to=Group(fact.tier), text=fill(knowledge.texts.staff.group_moved))
    for number, _ in about.tickets:
        yield Tell(to=subject.ticket(number), fact=fact)


def resettled(turn: Turn, number: str, fact: Moved) -> None:
    """It is introduced anew: what was said before cannot be edited or replied to from there."""
    if (ticket := _open_in(turn, number, fact.tier)) is not None:
        card.introduce(turn, number, history=True)
        turn.tell_room(ticket, fill(turn.knowledge.texts.staff.room_moved))


def closed(turn: Turn, number: str, fact: Closed) -> None:
    """An open ticket keeps its topic open: the agents would not be able to answer in it."""
    if (ticket := _open_in(turn, number, fact.tier)) is not None:
        turn.order(card.topic(turn.knowledge, ticket))
        turn.tell_room(ticket, fill(turn.knowledge.texts.staff.topic_reopened))


def reopened(turn: Turn, number: str, fact: Reopened) -> None:
    """Whoever closed the topic is told why it is open."""
    text = fill(turn.knowledge.texts.staff.topic_reopened)
    turn.order(Send(to=Room(number, fact.tier), text=text))


def unverified(turn: Turn, number: str, fact: Unverified) -> None:
    """Whoever wrote is told that it waits and need not be written again."""
    text = fill(turn.knowledge.texts.staff.unverified)
    turn.order(Send(to=Room(number, fact.tier), text=text, reply_to=fact.ref))


def unverified_in(fact: Unverified, knowledge: Knowledge) -> Iterator[Send]:
    """The same of a question that is about no single ticket."""
    text = fill(knowledge.texts.staff.unverified)
    yield Send(to=Group(fact.tier, fact.thread), text=text, reply_to=fact.ref)


def _open_in(turn: Turn, number: str, tier: str) -> Ticket | None:
    """The ticket, if it is not closed and this tier has it."""
    ticket = turn.tickets.get(number)
    if ticket is None or ticket.tier != tier or ticket.status == "closed":
        return None
    return ticket
