"""People who may not write to agents for a while: the FAQ and the diagnosis stay theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import timers
from bot.core.model.effects import Room, Send
from bot.core.model.events import Event, Extracted, Message, Woke
from bot.core.text.clock import local
from bot.core.text.render import fill, plain
from bot.core.turn import Turn

LONGEST = timedelta(days=90)
THEIRS = (timers.Album, timers.Pieces, timers.Mute, timers.Step)
"""Timers of what a person said."""


def bars(turn: Turn, event: Event) -> bool:
    """Whether an event is about what a person says who is banned now."""
    until = turn.conversation.banned_until
    if until is None or turn.at >= until:
        return False
    if isinstance(event, Woke):
        return isinstance(timers.read(event.what), THEIRS)
    return isinstance(event, Message | Extracted)


def refuse(turn: Turn) -> None:
    """Tell the person until when; who asks for agents again is told again."""
    until = turn.conversation.banned_until
    assert until is not None
    turn.say(fill(turn.knowledge.texts.agents.banned_person, until=local(until)))


def begin(turn: Turn, until: datetime, by: str, reason: str) -> None:
    """Pass nothing on to agents until then."""
    turn.conversation = replace(turn.conversation, banned_until=until)
    text = turn.knowledge.texts.agents.banned
    _keep(turn, by, fill(text, by=by, until=local(until), reason=reason))
    refuse(turn)


def end(turn: Turn, by: str) -> str:
    """Pass on again what they say; what is told where that was so."""
    texts, until = turn.knowledge.texts.agents, turn.conversation.banned_until
    if until is None or turn.at >= until:
        return fill(texts.not_banned)
    turn.conversation = replace(turn.conversation, banned_until=None)
    _keep(turn, by, fill(texts.unbanned, by=by))
    turn.say(fill(texts.unbanned_person))
    return ""


def _keep(turn: Turn, by: str, text: str) -> None:
    """Show it in the room of the ticket, and keep it in its history."""
    for ticket in turn.tickets.values():
        turn.order(Send(to=Room(ticket.number, ticket.tier), text=text))
    turn.note("note", by, plain(text))
