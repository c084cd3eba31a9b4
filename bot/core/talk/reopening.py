"""A ticket that was closed goes on where it was left: fields, owner and history are kept."""

from __future__ import annotations

from datetime import timedelta

from bot.core.buttons import Reopen
from bot.core.model.conversation import Draft
from bot.core.model.effects import Relay, Room
from bot.core.model.message import Item, Person, albums
from bot.core.model.ticket import Ticket
from bot.core.talk import leaving, relaying
from bot.core.text.render import fill, joined
from bot.core.tickets import card, expectations, lifecycle, transitions
from bot.core.turn import Turn
from bot.core.understanding import Understood

GONE = frozenset({"erased", "thinned"})
"""Summaries of tickets of which nothing is left."""


def pressed(turn: Turn, press: Reopen) -> bool:
    """The person wants it open again; False where it is, or nothing is left of it."""
    ticket = turn.tickets.get(press.ticket)
    if ticket is None or ticket.status != "closed" or ticket.summary.kind in GONE:
        return False
    texts, days = turn.knowledge.texts.progress, turn.knowledge.tiers.reopen_days
    if turn.ticket is not None:
        turn.say(fill(texts.other_open, number=turn.ticket.number))
    elif not _in_time(turn, ticket):
        turn.strip(lifecycle.closed_key(ticket))
        turn.say(fill(texts.too_late, number=ticket.number, days=days))
    else:
        _by_person(turn, ticket)
    return True


def means(turn: Turn, said: Understood) -> bool:
    """Whether the first that is said after a ticket closed is that it does not work, and nothing of
    another invoice.
    """
    ticket = turn.tickets.get(turn.conversation.over)
    if ticket is None or turn.ticket is not None or ticket.summary.kind in GONE:
        return False
    first = {fact.id for fact in turn.knowledge.diagnosis.facts.values() if fact.first}
    if "unsolved" not in said.wishes | said.wishes_in_part or said.slots.keys() - first:
        return False
    return _in_time(turn, ticket)


def said(turn: Turn, item: Item) -> None:
    """It goes on, and its agents have what the person wrote."""
    now = _by_person(turn, turn.named(turn.conversation.over))
    turn.joins(now.number)
    relaying.to_room(turn, now, (item,), None)


def _by_person(turn: Turn, ticket: Ticket) -> Ticket:
    leaving.leave(turn, "taken_over")
    files, turn.draft = turn.draft.files, Draft()
    now = _go_on(turn, ticket)
    tier = turn.knowledge.tiers.named(now.tier).name
    told = fill(turn.talk.reopened, number=now.number, tier=tier)
    turn.say(joined(told, expectations.after_hours(turn)))
    turn.tell_room(now, fill(turn.knowledge.texts.staff.reopened, number=now.number))
    for items in albums(files):
        turn.order(Relay(to=Room(now.number, now.tier), items=items))
    return now


def by_agent(turn: Turn, ticket: Ticket, agent: Person) -> str:
    """What the agent is told, "" where the room was."""
    texts = turn.knowledge.texts.progress
    if ticket.status != "closed":
        return fill(turn.knowledge.texts.staff.not_now)
    if ticket.summary.kind in GONE:
        return fill(texts.room_gone)
    if turn.ticket is not None:
        return fill(texts.room_other_open, number=turn.ticket.number)
    now = _go_on(turn, ticket, agent)
    assert now.owner is not None
    turn.tell_room(now, fill(texts.room_reopened, owner=agent.name, number=now.number))
    turn.say(fill(texts.reopened_by_agent, owner=now.owner.name, number=now.number))
    return ""


def may(turn: Turn, ticket: Ticket) -> bool:
    """Whether its person may have it opened again, if no other is open."""
    over = ticket.status == "closed" and ticket.summary.kind not in GONE
    return over and _in_time(turn, ticket)


def _in_time(turn: Turn, ticket: Ticket) -> bool:
    closed = ticket.closed_at or ticket.opened_at
    return turn.at - closed < timedelta(days=turn.knowledge.tiers.reopen_days)


def _go_on(turn: Turn, ticket: Ticket, agent: Person | None = None) -> Ticket:
    """The ticket, open again in its topic; that of nobody is the agent's who wants it, or new."""
    owner = ticket.owner or agent
    action = "resume" if agent else "reopen" if owner else "requeue"
    changes = {"owner": owner, "asked": None, "resolved_at": None, "closed_at": None, "voice": ""}
    now = transitions.move(turn, ticket, action, agent, **changes)
    turn.strip(lifecycle.closed_key(now))
    card.refresh(turn, now.number)
    return now
