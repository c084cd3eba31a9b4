"""What may become of a ticket, and the one place where it does: nothing moves unrecorded.

new --claim--> open --ask--> pending --answer--> open --resolve--> resolved --confirm--> closed

What is closed may go on: by `reopen`, where it had no owner by `requeue`, and by an agent's
`resume`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.model.message import Person
from bot.core.model.record import Moved, Record, Role
from bot.core.model.ticket import Status, Ticket, Waiting
from bot.core.tickets import clocks
from bot.core.turn import Turn

TRANSITIONS: Mapping[tuple[Status, str], Status] = {
    ("new", "claim"): "open",
    ("new", "assign"): "open",
    ("new", "deal"): "open",
    ("new", "ask"): "pending",
    ("new", "escalate"): "new",
    ("new", "pass_up"): "new",
    ("new", "resolve"): "resolved",
    ("new", "withdraw"): "closed",
    ("open", "take"): "open",
    ("open", "assign"): "open",
    ("open", "ask"): "pending",
    ("open", "release"): "new",
    ("open", "hand_back"): "new",
    ("open", "escalate"): "new",
    ("open", "pass_up"): "new",
    ("open", "resolve"): "resolved",
    ("open", "withdraw"): "closed",
    ("pending", "take"): "pending",
    ("pending", "assign"): "pending",
    ("pending", "answer"): "open",
    ("pending", "ask"): "pending",
    ("pending", "release"): "new",
    ("pending", "hand_back"): "new",
    ("pending", "escalate"): "new",
    ("pending", "pass_up"): "new",
    ("pending", "resolve"): "resolved",
    ("pending", "withdraw"): "closed",
    **dict.fromkeys((("new", "merge"), ("open", "merge"), ("pending", "merge")), "closed"),
    ("resolved", "reopen"): "open",
    ("resolved", "confirm"): "closed",
    ("resolved", "expire"): "closed",
    ("resolved", "withdraw"): "closed",
    ("closed", "reopen"): "open",
    ("closed", "requeue"): "new",
    ("closed", "resume"): "open",
    **{(status, "erase"): "closed" for status in ("new", "open", "pending", "resolved")},
}

DONE: Mapping[str, tuple[Moved, Role]] = {
    "claim": ("claimed", "agent"),
    "take": ("taken", "agent"),
    "assign": ("assigned", "agent"),
    "deal": ("assigned", "desk"),
    "ask": ("asked", "agent"),
    "answer": ("answered", "person"),
    "release": ("released", "agent"),
    "hand_back": ("released", "desk"),
    "escalate": ("escalated", "agent"),
    "pass_up": ("escalated", "desk"),
    "resolve": ("resolved", "agent"),
    "merge": ("merged", "agent"),
    "reopen": ("reopened", "person"),
    "requeue": ("reopened", "person"),
    "resume": ("reopened", "agent"),
    "confirm": ("confirmed", "person"),
    "expire": ("expired", "desk"),
    "withdraw": ("withdrawn", "person"),
    "erase": ("erased", "person"),
}
"""As what an action is recorded, and who does it."""

# The buttons of a card are still true after these: an agent who is quicker than the card's next
# state presses what they see.
STEADY = frozenset({"claim", "take", "assign", "deal", "ask", "answer"})


PAUSED: frozenset[Status] = frozenset({"pending", "resolved"})
"""States in which its person is to do something, so that no clock goes."""
OWNS = frozenset({"claim", "take", "assign", "deal"})
"""What changes nobody's work but whose it is: a ticket that was put off stays so."""
ANSWERS, WAITS = frozenset({"ask", "resolve"}), frozenset({"answer", "reopen"})
"""What gives the person word, and after what they wait for it."""


def may(ticket: Ticket, action: str) -> bool:
    """Whether the ticket's status allows this."""
    return (ticket.status, action) in TRANSITIONS


def move(
    turn: Turn, ticket: Ticket, action: str, agent: Person | None = None, **changes: Any
) -> Ticket:
    """The ticket after `action`, which its status must allow, and further `changes`; recorded.

    A new ticket has no owner. What is said after a ticket closed does not belong to it.
    """
    status = TRANSITIONS[ticket.status, action]
    version = ticket.version + (action not in STEADY)
    moved = _named(turn, replace(ticket, status=status, version=version, **changes))
    if status == "new":
        moved = replace(moved, owner=None)
    if action not in OWNS:
        moved = replace(moved, snoozed_until=None)
    if status == "closed":
        moved = replace(moved, closed_at=turn.at)
        turn.conversation = replace(turn.conversation, since=turn.seq, over=moved.number)
    elif ticket.status == "closed":
        turn.conversation = replace(turn.conversation, over="")
    moved = replace(moved, waiting=_waiting(turn, ticket, moved, action))
    what, role = DONE[action]
    _record(turn, what, role, moved, ticket, agent)
    return turn.put(moved)


def opened(turn: Turn, ticket: Ticket) -> None:
    """A new ticket; recorded."""
    tier = turn.knowledge.tiers.named(ticket.tier)
    ticket = _named(turn, replace(ticket, waiting=clocks.entered(tier, turn.at)))
    _record(turn, "opened", "person", ticket)
    turn.conversation = replace(turn.conversation, over="")
    turn.put(ticket)


def _named(turn: Turn, ticket: Ticket) -> Ticket:
    """With its person's names of now, by which agents tell it from others."""
    person = turn.conversation.person
    return replace(ticket, name=person.name, username=person.username)


def _waiting(turn: Turn, was: Ticket, now: Ticket, action: str) -> Waiting | None:
    """What is waited for after an action, by which nobody waits for a ticket that is closed."""
    waiting = was.waiting
    if was.status == "closed":
        return _anew(turn, now)
    if now.tier != was.tier:
        missed = waiting.missed if waiting else ()
        return clocks.entered(turn.knowledge.tiers.named(now.tier), turn.now, missed)
    if waiting is None or now.status == "closed":
        return None
    if action in ANSWERS:
        waiting = waiting.answered()
    elif action in WAITS:
        waiting = waiting.waits(turn.at)
    if now.owner != was.owner:
        waiting = replace(waiting, owned_at=turn.at if now.owner else None)
    paused = now.status in PAUSED or now.snoozed_until is not None
    return waiting.pause(turn.at) if paused else waiting.go_on(turn.at)


def _anew(turn: Turn, now: Ticket) -> Waiting | None:
    """What is waited for of a ticket that goes on."""
    waiting = clocks.entered(turn.knowledge.tiers.named(now.tier), turn.now)
    return waiting and replace(waiting, owned_at=turn.now if now.owner else None)


def _record(
    turn: Turn,
    what: Moved,
    role: Role,
    now: Ticket,
    was: Ticket | None = None,
    agent: Person | None = None,
) -> None:
    asked = {"asked": now.asked, "answered": was and was.asked}.get(what)
    turn.record(
        Record(
            at=turn.now if role == "desk" else turn.at,
            kind="ticket",
            what=what,
            role=role,
            agent=agent.address if agent else "",
            ticket=now.number,
            owner=now.owner.address if now.owner else "",
            from_status=was.status if was else "",
            to_status=now.status,
            from_tier=was.tier if was else "",
            to_tier=now.tier,
            field=asked or "",
        )
    )
