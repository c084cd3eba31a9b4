"""Tickets that are put off: their clocks stand still until a moment, or the person's next word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core import timers
from bot.core.content import working_time
from bot.core.model.events import Attached, Event, Said
from bot.core.model.ticket import Ticket
from bot.core.text.clock import local
from bot.core.text.render import fill
from bot.core.tickets import card
from bot.core.tickets.transitions import PAUSED
from bot.core.turn import Turn


def put_off(turn: Turn, now: Ticket, until: datetime, by: str) -> None:
    """Nobody is to work on it until then, or until agents work again after that."""
    at = working_time.opening(turn.knowledge.calendar, until)
    waiting = now.waiting and now.waiting.pause(turn.at)
    later = turn.put(replace(now, snoozed_until=at, waiting=waiting))
    turn.order(timers.wake(timers.Snooze(now.number), at))
    turn.tell_room(later, fill(turn.knowledge.texts.agents.snoozed, by=by, until=local(at)))
    card.refresh(turn, now.number)


def wake(turn: Turn, now: Ticket) -> str | None:
    """Work on it goes on before the time; what is told where it was not put off."""
    texts = turn.knowledge.texts.agents
    if now.snoozed_until is None:
        return fill(texts.not_snoozed)
    _wake(turn, now, texts.woken_early)
    return None


def heard(turn: Turn, event: Event) -> None:
    """Any word of its person ends it."""
    now = turn.ticket
    if isinstance(event, Said | Attached) and now is not None and now.snoozed_until is not None:
        _wake(turn, now, turn.knowledge.texts.agents.woken_early)


def come(turn: Turn, timer: timers.Snooze) -> None:
    """The time has come, unless it was taken back meanwhile."""
    now = turn.tickets.get(timer.ticket)
    if now is not None and now.snoozed_until is not None and now.snoozed_until <= turn.now:
        _wake(turn, now, turn.knowledge.texts.agents.woken)


def _wake(turn: Turn, now: Ticket, text: str) -> None:
    waiting = now.waiting
    if waiting is not None and now.status not in PAUSED:
        waiting = waiting.go_on(turn.at)
    awake = turn.put(replace(now, snoozed_until=None, waiting=waiting))
    turn.order(timers.wake(timers.Snooze(now.number), None))
    turn.tell_room(awake, fill(text))
    card.refresh(turn, now.number)
