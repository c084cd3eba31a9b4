"""Where in a tier's group something was said: in a ticket's room, or where no person hears it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model.effects import Room
from bot.core.model.events import Attached, Edited, Pressed, Said, Unheard, Way, Why
from bot.core.model.message import Ref
from bot.core.model.subject import DESK
from bot.loops.desk import Desk
from bot.store import RoomRow
from bot.store.protocol import Places

InGroup = Said | Attached | Edited | Pressed
TOPIC = "topic"
"""Lane of what was said in a topic that is no ticket's room, as `topic:<number>`."""


@dataclass(frozen=True, slots=True)
class Astray:
    """No person hears what was said, and why; what is told of it is filed under `subject`.

    `ticket` is the one whose topic it was, if it was said in one that is not in use.
    """

    why: Why
    subject: str = DESK
    ticket: str = ""
    way: Way | None = None


def place_of(desk: Desk[Places], event: InGroup) -> Room | Astray | None:
    """The room that something was said in; None for talk of the agents among themselves.

    A topic of its own is a ticket's room. Elsewhere a message belongs to what it replies to.
    """
    rooms, here = desk.store.rooms, desk.store.groups.address(event.ref.chat)
    if not desk.tiers_at(here):
        return None
    found = rooms.room_at(event.ref.chat, event.thread) if event.thread is not None else None
    if found is not None:
        return _here(desk, Room(*found), here)
    if event.topic:
        return _left_behind(desk, event.topic, here)
    for ref in _about(event):
        if (origin := desk.store.outbox.origin(ref)) is not None:
            return _belongs(desk, ref, *origin, here)
    if event.reply_to_desk and not isinstance(event, Pressed):
        return Astray("unknown")
    return None


def settle(desk: Desk[Places], room: Room, event: InGroup, subject: str) -> None:
    """Keep that it was said in this room.

    Its topic becomes the room's, where a desk that ended had opened it and not kept which it is;
    where topics do not tell rooms apart, what replies to it is said there as well.
    """
    chat, thread, rooms = event.ref.chat, event.thread, desk.store.rooms
    if isinstance(event, Pressed) or (thread is not None and rooms.room_at(chat, thread)):
        return
    if thread is not None and rooms.room(room.ticket, room.tier) is None:
        rooms.put_room(RoomRow(room.ticket, room.tier, chat, thread, room.ticket, False))
    else:
        desk.store.outbox.heard(event.ref, subject, f"room:{room.ticket}:{room.tier}")


def unheard(desk: Desk[Places], event: InGroup, astray: Astray) -> Unheard:
    """Keep in whose topic it was said that nobody hears; what happened, for the core."""
    if astray.ticket:
        desk.store.outbox.heard(event.ref, astray.subject, f"{TOPIC}:{astray.ticket}")
    tier = next(iter(desk.tiers_at(desk.store.groups.address(event.ref.chat))), "")
    return Unheard(
        seq=event.seq,
        at=event.at,
        tier=tier,
        why=astray.why,
        what=event,
        ticket=astray.ticket,
        way=astray.way,
    )


def _about(event: InGroup) -> tuple[Ref, ...]:
    """The messages that tell where it was said, the surest first."""
    if isinstance(event, Pressed):
        return (event.ref,)
    # What a message replied to may be gone by the time it is edited.
    itself = (event.ref,) if isinstance(event, Edited) else ()
    return (*itself, event.reply_to) if event.reply_to is not None else itself


def _belongs(desk: Desk[Places], ref: Ref, subject: str, lane: str, here: str) -> Room | Astray:
    """Where a reply to message `ref` is said, which is of this lane."""
    kind, _, name = lane.removeprefix("news:").partition(":")
    match kind:
        case "room":
            ticket, _, tier = name.partition(":")
            return _here(desk, Room(ticket, tier), here)
        case "chat":
            return _copied(desk, ref, subject, here)
        case "topic":
            return _left_behind(desk, name, here)
    found = desk.store.tickets.open_ticket(subject)
    return Astray("notice", subject, way=way(desk, Room(*found)) if found else None)


def _copied(desk: Desk[Places], ref: Ref, subject: str, here: str) -> Room | Astray:
    """An agent's message was copied to the person from here: it is of the ticket that keeps it."""
    tickets, open_now = desk.store.tickets, desk.store.tickets.open_ticket(subject)
    number = desk.store.history.said_in(ref) or (open_now[0] if open_now else "")
    ticket = tickets.named(number)
    if ticket is None:
        return Astray("gone", subject)
    return _here(desk, Room(ticket.number, ticket.tier), here)


def _here(desk: Desk[Places], room: Room, here: str) -> Room | Astray:
    """The room, unless its tier's group is another one by now."""
    if desk.group(room.tier) == here:
        return room
    subject = desk.store.tickets.conversation_of(room.ticket) or DESK
    return Astray("left", subject, way=way(desk, room))


def _left_behind(desk: Desk[Places], number: str, here: str) -> Room | Astray:
    """A topic that the desk opened for a ticket and does not know: the ticket's room if it has
    none, as after an end between the two."""
    subject = desk.store.tickets.conversation_of(number) or DESK
    ticket = desk.store.tickets.named(number) if desk.store.conversations.load(subject) else None
    if ticket is None:
        return Astray("gone", ticket=number)
    if ticket.status == "closed":
        return Astray("over", subject, number)
    room = Room(number, ticket.tier)
    if desk.group(room.tier) == here and not desk.store.rooms.room(room.ticket, room.tier):
        return room
    return Astray("left", subject, number, way(desk, room))


def way(desk: Desk[Places], room: Room) -> Way | None:
    """How to get to a ticket's room; None where it has none."""
    chat, row = desk.group(room.tier), desk.store.rooms.room(room.ticket, room.tier)
    if chat is None or row is None:
        return None
    if row.thread is not None:
        return Way(room.ticket, "topic", desk.channel_at(chat).link(chat, row.thread))
    card = desk.store.outbox.named(room, "card")
    link = desk.channel_at(chat).link(chat, card) if card is not None else ""
    return Way(room.ticket, "card" if link else "reply", link)
