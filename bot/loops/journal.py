"""What the log tells at INFO of the desk's work: by tables, from what was decided.

Tickets are named by number and tier, people not at all, and nothing that somebody said is told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.channels import BotBack, Change, GroupMoved, TopicClosed
from bot.core.model.effects import (
    Chat,
    Forget,
    Group,
    Join,
    Picture,
    Place,
    Role,
    Room,
    Send,
    Thin,
)
from bot.core.model.events import Event, Replied, Undeliverable
from bot.core.model.state import Decision, State
from bot.core.model.ticket import Status, Ticket

log = logging.getLogger(__name__)

MOVES: Mapping[tuple[Status, Status], str] = {
    ("new", "open"): "claimed",
    ("new", "pending"): "claimed, the person is asked",
    ("open", "pending"): "the person is asked",
    ("pending", "open"): "the person answered",
    ("open", "new"): "released",
    ("pending", "new"): "released",
    **{(status, "open"): "reopened" for status in ("resolved", "closed")},
    ("closed", "new"): "reopened",
    **{(status, "resolved"): "resolved" for status in ("new", "open", "pending")},
    **{(status, "closed"): "closed" for status in ("new", "open", "pending", "resolved")},
}
"""What a ticket's new status means, by the one before and the one after."""

EVENTS: Mapping[type[Event], Callable[[Any], str]] = {
    Undeliverable: lambda event: (
        f"not delivered {place(event.effect.to)}: {event.reason}"
        if hasattr(event.effect, "to")
        else ""
    ),
    Replied: lambda event: (
        "" if event.member else f"somebody of no group was refused {event.ticket} in {event.tier}"
    ),
}
"""What an event is told as; "" for one that is everyday."""

EFFECTS: Mapping[type, Callable[[Any], str]] = {
    Send: lambda send: f"notice {place(send.to)}" if isinstance(send.to, Group | Role) else "",
    Picture: lambda picture: f"picture {place(picture.to)}",
    Join: lambda _: "two people are one from now on",
    Forget: lambda _: "a person had everything erased",
    Thin: lambda _: "what was kept for long enough is erased",
}
"""What an effect is told as; "" for one that is everyday."""

CHANGES: Mapping[type[Change], str] = {
    GroupMoved: "group {0.old} goes on as supergroup {0.new}",
    BotBack: "the bot was let into group {0.chat}",
    TopicClosed: "somebody closed topic {0.thread} of group {0.chat}",
}
"""What people did to a group."""


def place(to: Place) -> str:
    """Where an effect goes: a person is not named."""
    match to:
        case Chat():
            return "to a person"
        case Room():
            return f"in the room of {to.ticket} in {to.tier}"
        case Group():
            return f"to the group of {to.tier}"
        case Role():
            return f"to the {to.role}"


def decided(before: State, event: Event, decision: Decision) -> None:
    """Tell what came of an event."""
    for line in _lines(before, event, decision):
        log.info(line)


def changed(change: Change) -> None:
    """Tell what happened to a group."""
    log.info(CHANGES[type(change)].format(change))


def _lines(state: State, event: Event, decision: Decision) -> Iterator[str]:
    before, after = state.conversation, decision.conversation or state.conversation
    if (tell := EVENTS.get(type(event))) and (line := tell(event)):
        yield line
    for now in decision.tickets:
        if what := _moved(state.tickets.get(now.number), now):
            yield f"ticket {now.number} in {now.tier}: {what}"
    if after.blocked != before.blocked:
        yield "a person stopped the bot" if after.blocked else "a person started the bot again"
    if (after.flood and after.flood.until) and not (before.flood and before.flood.until):
        yield "a person sends too much and is not answered for a while"
    for effect in decision.effects:
        if (say := EFFECTS.get(type(effect))) and (line := say(effect)):
            yield line


def _moved(was: Ticket | None, now: Ticket) -> str:
    if was is None:
        return "opened"
    if was.tier != now.tier:
        return f"escalated from {was.tier}"
    return MOVES.get((was.status, now.status), "")
