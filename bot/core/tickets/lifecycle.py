"""How a ticket begins and ends, and what its person is told of that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import Any

from bot.core import timers
from bot.core.buttons import Rate, Reopen, SayResolved, button
from bot.core.evidence import slots
from bot.core.model.conversation import Draft
from bot.core.model.effects import Button, Buttons, Relay, Room
from bot.core.model.message import Person, albums
from bot.core.model.ticket import Summary, Ticket
from bot.core.text import clock, private
from bot.core.text.render import Html, fill, joined
from bot.core.tickets import banning, card, expectations, summary
from bot.core.tickets.transitions import may, move, opened
from bot.core.turn import Turn

BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("told", "conflicts", "shared", "skipped", "tags"), ()),
    "slots": {},
    "hints": {},
    "revealed": {},
    "matched": None,
    "complaint": "",
    "deadline": None,
    **dict.fromkeys(("name", "username"), ""),
}
"""What a ticket knows of a person who was erased."""
STARS = 5
# No 0 O 1 I L: a number is read out on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9])F[{ALPHABET}]{{4,}}(?![A-Za-z0-9])")


def number(seq: int) -> str:
    """The ticket number of the event that opened it: `F` and at least four characters."""
    digits = ""
    while seq:
        seq, digit = divmod(seq, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return "F" + digits.rjust(4, ALPHABET[0])


def number_in(text: str) -> str:
    """The first ticket number in a text; "" where there is none."""
    found = _NUMBER.search(text)
    return found[0] if found else ""


def open_ticket(turn: Turn, lead: str = "") -> None:
    """Open a ticket with what is known, hand it to its tier, and tell the person what is next.

    Where one is open already, what is known joins it. Who opened too many lately is told when the
    next may be, and what is known stays for it.
    """
    if turn.banned:
        return banning.refuse(turn)
    if turn.ticket is not None:
        return _supplement(turn, turn.ticket, lead)
    if (again := _too_many(turn)) is not None:
        return turn.say(joined(lead, again))
    draft = turn.draft
    since = max(turn.conversation.since, draft.begun - 1)
    tier = turn.knowledge.tiers.entry({key: slot.text for key, slot in draft.slots.items()})
    deadline = turn.conversation.deadline
    ticket = Ticket(
        number=number(turn.seq),
        summary=summary.of(turn),
        status="new",
        tier=tier.id,
        opened_at=turn.at,
        opened_by=turn.seq,
        since=since,
        slots=draft.slots,
        matched=draft.matched,
        told=draft.told,
        conflicts=draft.conflicts,
        complaint=draft.complaint,
        skipped=draft.skipped,
        hints=draft.hints,
        private=_private(turn, since),
        deadline=deadline.day if deadline and deadline.day >= clock.day(turn.at) else None,
    )
    opened(turn, ticket)
    turn.conversation = replace(turn.conversation, draft=Draft(), abstained=0)
    card.introduce(turn, ticket.number)
    room = Room(ticket.number, ticket.tier)
    for items in albums(draft.files):
        turn.order(Relay(to=room, items=items))
    told = fill(turn.talk.opened, number=ticket.number, tier=tier.name, promise=tier.promise)
    waits = expectations.waits(turn, turn.named(ticket.number))
    turn.say(joined(lead, told, waits, expectations.after_hours(turn)))
    return None


def _private(turn: Turn, since: int) -> bool:
    """Whether something was said of it that its room shows masked."""
    said = (line.text for line in turn.tail() if line.seq > since)
    return any(map(private.find, (turn.draft.complaint, *said)))


def _too_many(turn: Turn) -> Html | None:
    """What to say to somebody who opens ticket after ticket; None where another one may be."""
    limits, opened = turn.knowledge.limits, (each.opened_at for each in turn.state.earlier)
    lately = sorted(at for at in opened if clock.within(turn.at, at, limits.ticket_window))
    if not limits.tickets or len(lately) < limits.tickets:
        return None
    rest = lately[-limits.tickets] + limits.ticket_window - turn.at
    minutes = max(1, ceil(rest.total_seconds() / 60))
    return fill(turn.talk.too_many_tickets, count=len(lately), minutes=minutes)


def _supplement(turn: Turn, ticket: Ticket, lead: str) -> None:
    """Another invoice, or more about the same: the agents see it as a message of its own."""
    draft = turn.draft
    known = slots.listed(turn.knowledge, draft.slots, masked=True)
    turn.draft = Draft()
    turn.tell_room(ticket, joined(fill(turn.knowledge.texts.staff.supplement), known))
    for items in albums(draft.files):
        turn.order(Relay(to=Room(ticket.number, ticket.tier), items=items))
    told = fill(turn.talk.supplemented, number=ticket.number)
    turn.say(joined(lead, told, expectations.after_hours(turn)))


def await_word(turn: Turn, ticket: Ticket) -> int:
    """Close the resolved ticket if nobody objects in time; returns that time in hours."""
    hours = turn.knowledge.tiers.close_after_hours
    turn.order(timers.wake(timers.Confirm(ticket.number), turn.now + timedelta(hours=hours)))
    return hours


def resolve(turn: Turn, ticket: Ticket) -> None:
    """The agent says it is resolved: ask the person, and close it if nobody objects."""
    hours = await_word(turn, ticket)
    yes = button(turn.talk.button_resolved, SayResolved(ticket.bound, "yes"))
    no = button(turn.talk.button_unresolved, SayResolved(ticket.bound, "no"))
    text = fill(turn.talk.resolved, number=ticket.number, hours=hours)
    turn.say(text, ((yes, no),), key=f"resolved:{ticket.number}")


def finish(turn: Turn, action: str, told: str, note: str) -> None:
    """Close or reopen the ticket as the person wishes, tell them `told` and the agents `note`."""
    ticket = turn.ticket
    if ticket is None or not may(ticket, action):
        return
    changes = {"resolved_at": None} if action == "reopen" else {}
    moved = move(turn, ticket, action, **changes)
    turn.order(timers.wake(timers.Confirm(moved.number), None))
    turn.strip(f"resolved:{moved.number}")
    text = fill(told, number=moved.number, tier=turn.knowledge.tiers.named(moved.tier).name)
    if moved.status != "closed":
        turn.say(text)
    elif action == "confirm" and moved.stars is None:
        moved = turn.put(replace(moved, stars=0))
        text = joined(text, fill(turn.knowledge.texts.progress.rate))
        rows = (_stars(turn, moved), *ways_back(turn, moved))
        turn.say(text, rows, key=closed_key(moved))
    else:
        turn.say(text, ways_back(turn, moved), key=closed_key(moved))
    turn.tell_room(moved, fill(note, number=moved.number))
    card.refresh(turn, moved.number)


def closed_key(ticket: Ticket) -> str:
    """The name of the message that tells that it is closed."""
    return f"closed:{ticket.number}"


def ways_back(turn: Turn, ticket: Ticket) -> Buttons:
    """What may be done with a ticket that is closed."""
    return ((button(turn.knowledge.texts.progress.button_reopen, Reopen(ticket.number)),),)


def _stars(turn: Turn, ticket: Ticket) -> tuple[Button, ...]:
    label = turn.knowledge.texts.progress.button_stars
    counts = range(1, STARS + 1)
    return tuple(button(label.format(stars=n), Rate(ticket.number, n)) for n in counts)


def erase(turn: Turn) -> None:
    """Close the ticket of a person who erased their data, and blank its card.

    The cards of their closed tickets may be many: each has a timer, and is blanked in its turn.
    """
    now, staff = turn.ticket, turn.knowledge.texts.staff
    if now is not None:
        turn.tell_room(now, fill(staff.erased))
        over = move(turn, now, "erase")
        bare = replace(over, **BLANK, since=turn.seq)
        turn.put(replace(bare, summary=Summary("erased"), private=False))
    _nobody(turn)
    if now is not None:
        card.refresh(turn, now.number)


def blank(turn: Turn, number: str) -> None:
    """Show nothing any more of a ticket whose person was erased; no agent waits for that."""
    if number in turn.tickets:
        _nobody(turn)
        card.refresh(turn, number, news=True)


def _nobody(turn: Turn) -> None:
    """What is shown now names nobody."""
    nobody = Person(turn.conversation.person.address, turn.knowledge.texts.staff.erased_person)
    turn.conversation = replace(turn.conversation, person=nobody)
