"""A word to whoever waits and has heard nothing for a working day: who has it, what it waits for.

A timer is set anew by every word to the person. It never comes at night or over lunch, and not
while the person is to act or wrote that they wait.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core import timers
from bot.core.content import working_time
from bot.core.model.effects import Chat, Relay, Send
from bot.core.model.ticket import Status, Ticket
from bot.core.text import calendar as days
from bot.core.text.render import Html, fill, joined
from bot.core.tickets import expectations
from bot.core.turn import Turn

WAITED_FOR: tuple[Status, ...] = ("new", "open")
"""States in which it is not the person who is to act."""


def wind(turn: Turn) -> None:
    """Set the timer of each ticket that changed, and of the open one where a word was said."""
    said = any(isinstance(e, Send | Relay) and isinstance(e.to, Chat) for e in turn.effects)
    known = {ticket.number: ticket for ticket in turn.changed()}
    if said and turn.ticket is not None:
        known[turn.ticket.number] = turn.ticket
    for ticket in known.values():
        at = _at(turn, ticket, said=said)
        if at != ticket.progress_at:
            turn.order(timers.wake(timers.Progress(ticket.number), at))
            turn.put(replace(ticket, progress_at=at))


def _at(turn: Turn, ticket: Ticket, *, said: bool) -> datetime | None:
    """When its person is told next, unless something is said before; None while they are not."""
    calendar = turn.knowledge.calendar
    if ticket.status not in WAITED_FOR or ticket.patient or not calendar.hours:
        return None
    if ticket.progress_at is not None and not said:
        return ticket.progress_at
    return working_time.after(calendar, turn.now, working_time.day(calendar))


def come(turn: Turn, timer: timers.Progress) -> None:
    """Tell the person how it stands; not a second time, and in the morning what came at night."""
    ticket = turn.tickets.get(timer.ticket)
    if ticket is None or ticket.progress_at is None or turn.now < ticket.progress_at:
        return None
    at = working_time.opening(turn.knowledge.calendar, turn.now)
    if at == turn.now:
        return turn.say(told(turn, ticket))
    turn.order(timers.wake(timer, at))
    turn.put(replace(ticket, progress_at=at))
    return None


def told(turn: Turn, ticket: Ticket) -> Html:
    """How a ticket stands that its person waits for."""
    texts, tier = turn.knowledge.texts.progress, turn.knowledge.tiers.named(ticket.tier)
    if ticket.owner is None:
        queued = fill(texts.still_queued, number=ticket.number, tier=tier.name)
        return joined(queued, expectations.waits(turn, ticket))
    if ticket.next_date is None:
        return fill(texts.still_open, number=ticket.number, owner=ticket.owner.name)
    date = days.shown(ticket.next_date.isoformat())
    return fill(texts.still_promised, number=ticket.number, owner=ticket.owner.name, date=date)
