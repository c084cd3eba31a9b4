"""What happens when a stage of a ticket's clock comes: nothing at night, nothing twice.

A timer is set to the next stage whenever a ticket changed, and looked at again when it wakes: by
then the calendar may be another, or the machine was off for a night.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from bot.core import timers
from bot.core.content import working_time
from bot.core.model import roles
from bot.core.model.effects import Role, Send
from bot.core.model.record import Record, Struck
from bot.core.model.ticket import RESOLVE, Ticket
from bot.core.text.render import fill
from bot.core.tickets import card, clocks, escalation, summary, transitions
from bot.core.tickets.clocks import DUE, HANDED_BACK, OVERDUE, REMINDED, Clock
from bot.core.turn import Turn

Act = Callable[[Turn, Ticket, Clock], None]
SOON = timedelta(seconds=1)
"""After which a stage is told that has come already: a timer lies ahead."""
MISSES = (DUE, OVERDUE)
"""The stages that are recorded also where another one, that came with them, was acted upon."""


def wind(turn: Turn, ticket: Ticket) -> None:
    """Set the timer of a ticket that changed to its next stage, and keep when it is due."""
    before = turn.state.tickets.get(ticket.number)
    _met(turn, before, ticket)
    strikes = clocks.strikes(turn.knowledge, ticket, turn.now)
    at = _next(turn, strikes[0].at) if strikes else None
    known, waiting = ticket.waiting or (before and before.waiting), ticket.waiting
    if at != (known and known.strikes_at):
        turn.order(timers.wake(timers.Clock(ticket.number), at))
        waiting = waiting and replace(waiting, strikes_at=at)
    due_at = clocks.due_at(turn.knowledge, ticket, turn.now)
    if waiting is not ticket.waiting or due_at != ticket.due_at:
        turn.put(replace(ticket, waiting=waiting, due_at=due_at))


def _next(turn: Turn, at: datetime) -> datetime:
    """When a stage is told that comes at this moment, or that has come already."""
    return max(working_time.opening(turn.knowledge.calendar, at), turn.now + SOON)


def _met(turn: Turn, before: Ticket | None, now: Ticket) -> None:
    """Record of each clock that was stopped by what it waited for whether that was in time."""
    if before is None or before.waiting is None or before.tier != now.tier:
        return
    resolved = now.status == "resolved"
    answered = resolved or (now.waiting is not None and now.waiting.since is None)
    for clock in clocks.running(before.waiting):
        if resolved if clock.name == RESOLVE else answered:
            gone = clocks.elapsed(turn.knowledge.calendar, before.waiting, clock.since, turn.at)
            late = gone > clock.target or clock.stage(DUE) in before.waiting.told
            _record(turn, now, clock, "late" if late else "met", int(gone.total_seconds() // 60))


def struck(turn: Turn, timer: timers.Clock) -> None:
    """Do what the stages ask for that have come; of what was left undone only the gravest."""
    ticket = turn.tickets.get(timer.ticket)
    if ticket is None or ticket.waiting is None:
        return
    waiting = replace(ticket.waiting, strikes_at=None)
    if not working_time.is_open(turn.knowledge.calendar, turn.now):
        turn.put(replace(ticket, waiting=waiting))
        return
    strikes = clocks.strikes(turn.knowledge, ticket, turn.now)
    come = [(each.stage, each.clock) for each in strikes if each.at <= turn.now]
    told = tuple(clock.stage(stage) for stage, clock in come)
    late = tuple(clock.name for stage, clock in come if stage == DUE)
    missed = tuple(dict.fromkeys((*waiting.missed, *late)))
    waiting = replace(waiting, told=(*waiting.told, *told), missed=missed)
    ticket = turn.put(replace(ticket, waiting=waiting))
    heeded = _heeded({stage for stage, _ in come})
    for stage, clock in come:
        if stage in heeded or stage in MISSES:
            _record(turn, ticket, clock, stage)
    for stage in heeded:
        clock = next(clock for each, clock in come if each == stage)
        ACTS[stage](turn, turn.named(ticket.number), clock)


def _heeded(come: Collection[Struck]) -> list[Struck]:
    """The stages after which something is done: what comes after another makes that needless."""
    if OVERDUE in come:
        return [OVERDUE]
    return [stage for stage in (HANDED_BACK, DUE) if stage in come] or [*come]


def _remind(turn: Turn, ticket: Ticket, clock: Clock) -> None:
    """Tell the owner, or whoever could become it, that something is due soon."""
    texts, calendar = turn.knowledge.texts.service, turn.knowledge.calendar
    assert ticket.waiting is not None
    left = clock.target - clocks.elapsed(calendar, ticket.waiting, clock.since, turn.now)
    text = texts.due_soon if ticket.owner else texts.due_soon_unowned
    what, owner = texts.clocks[clock.name], ticket.owner.name if ticket.owner else ""
    minutes = ceil(left.total_seconds() / 60)
    turn.tell_room(ticket, fill(text, what=what, owner=owner, minutes=minutes))


def _tell_lead(turn: Turn, ticket: Ticket, clock: Clock) -> None:
    """Tell who leads the tier that something is due."""
    _tell(turn, roles.lead(ticket.tier), turn.knowledge.texts.service.due, ticket, clock)


def _tell(turn: Turn, role: str, text: str, ticket: Ticket, clock: Clock) -> None:
    texts = turn.knowledge.texts
    told = fill(
        text,
        number=ticket.number,
        summary=summary.shown(turn.knowledge, ticket.summary),
        tier=turn.knowledge.tiers.named(ticket.tier).name,
        what=texts.service.clocks[clock.name],
        owner=ticket.owner.name if ticket.owner else texts.staff.nobody,
    )
    turn.order(Send(to=Role(role), text=told))


def _pass_up(turn: Turn, ticket: Ticket, clock: Clock) -> None:
    """Hand what is overdue to the next tier; at the highest tell who coordinates."""
    texts = turn.knowledge.texts.service
    above = turn.knowledge.tiers.above(ticket.tier)
    if above is None:
        return _tell(turn, "coordinator", texts.overdue, ticket, clock)
    told = fill(texts.passed_up, what=texts.clocks[clock.name], tier=above.name)
    return escalation.hand_up(turn, ticket, above, told, "pass_up")


def _hand_back(turn: Turn, ticket: Ticket, clock: Clock) -> None:
    """Take the ticket from an owner who does not answer."""
    if ticket.owner is None or not transitions.may(ticket, "hand_back"):
        return
    owner, minutes = ticket.owner.name, turn.knowledge.tiers.stages.hand_back
    freed = transitions.move(turn, ticket, "hand_back", asked=None)
    text = turn.knowledge.texts.service.handed_back
    turn.tell_room(freed, fill(text, owner=owner, minutes=minutes))
    turn.say(fill(turn.knowledge.texts.progress.requeued, number=freed.number))
    card.refresh(turn, freed.number)


ACTS: Mapping[Struck, Act] = {
    REMINDED: _remind,
    DUE: _tell_lead,
    OVERDUE: _pass_up,
    HANDED_BACK: _hand_back,
}


def _record(
    turn: Turn, ticket: Ticket, clock: Clock, what: Struck, minutes: int | None = None
) -> None:
    turn.record(
        Record(
            at=turn.now,
            kind="clock",
            what=what,
            role="desk",
            ticket=ticket.number,
            owner=ticket.owner.address if ticket.owner else "",
            to_status=ticket.status,
            to_tier=ticket.tier,
            field=clock.name,
            minutes=minutes,
        )
    )
