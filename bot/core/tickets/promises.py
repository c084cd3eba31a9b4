"""By when a person was promised to hear more: asked for at the highest tier, each time anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.core import timers
from bot.core.content import working_time
from bot.core.model.ticket import Ticket
from bot.core.text import calendar, clock
from bot.core.text.render import fill
from bot.core.turn import Turn

ASKED_EVERY = timedelta(hours=8)
"""Working time after which a date is asked for again that was not set."""


def wanted(turn: Turn, ticket: Ticket) -> None:
    """Ask its agents for the date, and again after a working day."""
    turn.tell_room(ticket, fill(turn.knowledge.texts.service.date_wanted))
    at = working_time.after(turn.knowledge.calendar, turn.now, ASKED_EVERY)
    turn.order(timers.wake(timers.Promise(ticket.number), at))


def given(turn: Turn, ticket: Ticket, day: date, owner: str) -> None:
    """Promise the person that `owner` says more by that day, and remind its agents then."""
    turn.put(replace(ticket, next_date=day))
    shown, texts = calendar.shown(day.isoformat()), turn.knowledge.texts.service
    turn.say(fill(texts.promised, number=ticket.number, date=shown, owner=owner))
    turn.tell_room(ticket, fill(texts.date_set, date=shown, owner=owner))
    morning = datetime.combine(day, time(), clock.BEIJING)
    at = working_time.opening(turn.knowledge.calendar, morning)
    turn.order(timers.wake(timers.Promise(ticket.number), at))


def come(turn: Turn, timer: timers.Promise) -> None:
    """The day has come, or no day was set yet: both are for the ticket's agents, once they work."""
    ticket = turn.tickets.get(timer.ticket)
    if ticket is None or ticket.status not in ("new", "open", "pending"):
        return
    if not working_time.is_open(turn.knowledge.calendar, turn.now):
        at = working_time.opening(turn.knowledge.calendar, turn.now)
        turn.order(timers.wake(timer, at))
        return
    if ticket.next_date is not None:
        turn.tell_room(ticket, fill(turn.knowledge.texts.service.date_come))
        ticket = turn.put(replace(ticket, next_date=None))
    if turn.knowledge.tiers.above(ticket.tier) is None:
        wanted(turn, ticket)
