"""What was closed or silent for long is thinned: texts and values go, counts and times stay.

A timer of the case like any other: set when the person is first heard, and set again as long as
something is left that will have to go. So one query finds what is due, and replaying events thins
the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.model.case import Case, Summary, Ticket
from bot.core.model.effects import Thin, WakeAt
from bot.core.model.message import Person
from bot.core.turn import Turn

WAKE = "keep"


def begin(turn: Turn) -> None:
    """Somebody was heard: see to it that it does not stay for ever."""
    keep = turn.knowledge.limits.keep
    if keep is not None and turn.case.thin_at is None:
        _again(turn, turn.at + keep)


def _again(turn: Turn, at: datetime) -> None:
    turn.update(thin_at=at)
    turn.order(WakeAt(what=WAKE, at=at))


def woke(turn: Turn) -> None:
    """Thin what is old enough, and wait for the next that will be."""
    keep = turn.knowledge.limits.keep
    turn.update(thin_at=None)
    if keep is None:
        return
    before = turn.at - keep
    old = [t for t in turn.case.tickets if _full(t) and _ended(t, turn.at) <= before]
    for ticket in old:
        turn.put(_thinned(ticket))
    if turn.ticket is None and _heard(turn.case, turn.at) <= before:
        _quiet(turn)
    turn.order(Thin(before=before, tickets=tuple(ticket.number for ticket in old)))
    if (due := _next(turn)) is not None:
        _again(turn, due + keep)


def _full(ticket: Ticket) -> bool:
    return bool(ticket.talk or ticket.slots)


def _ended(ticket: Ticket, now: datetime) -> datetime:
    """When it was closed; one that is not closed ends at the earliest now."""
    if ticket.status != "closed":
        return now
    return ticket.closed_at or max((line.at for line in ticket.talk), default=ticket.opened_at)


def _heard(case: Case, now: datetime) -> datetime:
    return max((line.at for line in case.talk), default=now)


def _thinned(ticket: Ticket) -> Ticket:
    blank = replace(ticket, slots={}, talk=(), noting=(), told=(), shared=())
    return replace(blank, summary=Summary("thinned"), asked=None, matched=None)


def _quiet(turn: Turn) -> None:
    """Nothing is left of a conversation but that there was one, and its tickets' times."""
    old = turn.case
    if old.reminder is not None:
        turn.order(WakeAt(what=f"step:{old.reminder}", at=None))
    turn.case = Case(
        id=old.id,
        chat=old.chat,
        person=Person(old.person.id, ""),
        turn=old.turn,
        tickets=old.tickets,
        blocked=old.blocked,
    )


def _next(turn: Turn) -> datetime | None:
    """The earliest end of what is left, after that of what went; None when nothing is."""
    ends = [_ended(ticket, turn.at) for ticket in turn.case.tickets if _full(ticket)]
    if turn.ticket is not None:
        ends.append(turn.at)
    elif turn.case.talk:
        ends.append(_heard(turn.case, turn.at))
    return min(ends, default=None)
