"""Where in a tier's group something was said: in a ticket's room, or where no person hears it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model.effects import Group, Room, Send
from bot.core.model.events import Attached, Edited, Pressed, Said
from bot.core.model.message import Ref
from bot.core.model.subject import DESK
from bot.core.text.render import Html, fill
from bot.loops.desk import Desk
from bot.loops.group_changes import tiers_of
from bot.store import RoomRow

InGroup = Said | Attached | Edited | Pressed
TOPIC = "topic"
"""Lane of what was said in a topic that is no ticket's room, as `topic:<number>`."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """No person hears what was said: its writer is to be told `text`, filed under `subject`.

    `number` is the ticket whose topic it was, if it was said in one that is not in use.
    """

    text: Html
    subject: str = DESK
    number: str = ""


def place_of(desk: Desk, event: InGroup) -> Room | Unheard | None:
    """The room that something was said in; None for talk of the agents among themselves.

    A topic of its own is a ticket's room. Elsewhere a message belongs to what it replies to.
    """
    rooms, here = desk.store.rooms, desk.store.groups.address(event.ref.chat)
    if not tiers_of(desk, here):
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
        return Unheard(fill(desk.knowledge.texts.staff.reply_unknown))
    return None


def settle(desk: Desk, room: Room, event: InGroup, subject: str) -> None:
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


def tell(desk: Desk, event: InGroup, unheard: Unheard) -> None:
    """Tell the writer, where they wrote, that nobody was told what they said."""
    (tier, *_) = tiers_of(desk, desk.store.groups.address(event.ref.chat))
    place = Group(tier, event.thread)
    said = Send(to=place, text=unheard.text, reply_to=event.ref)
    desk.store.outbox.put(unheard.subject, [said], desk.clock())
    if unheard.number:
        desk.store.outbox.heard(event.ref, unheard.subject, f"{TOPIC}:{unheard.number}")


def _about(event: InGroup) -> tuple[Ref, ...]:
    """The messages that tell where it was said, the surest first."""
    if isinstance(event, Pressed):
        return (event.ref,)
    # What a message replied to may be gone by the time it is edited.
    itself = (event.ref,) if isinstance(event, Edited) else ()
    return (*itself, event.reply_to) if event.reply_to is not None else itself


def _belongs(desk: Desk, ref: Ref, subject: str, lane: str, here: str) -> Room | Unheard:
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
    text = fill(desk.knowledge.texts.staff.notice, where=_open_room(desk, subject))
    return Unheard(text, subject)


def _copied(desk: Desk, ref: Ref, subject: str, here: str) -> Room | Unheard:
    """An agent's message was copied to the person from here: it is of the ticket that keeps it."""
    tickets, open_now = desk.store.tickets, desk.store.tickets.open_ticket(subject)
    number = desk.store.history.said_in(ref) or (open_now[0] if open_now else "")
    ticket = tickets.named(number)
    if ticket is None:
        return Unheard(fill(desk.knowledge.texts.staff.gone), subject)
    return _here(desk, Room(ticket.number, ticket.tier), here)


def _here(desk: Desk, room: Room, here: str) -> Room | Unheard:
    """The room, unless its tier's group is another one by now."""
    if desk.groups.get(room.tier) == here:
        return room
    text = fill(desk.knowledge.texts.staff.left_topic, where=_way(desk, room))
    return Unheard(text, desk.store.tickets.conversation_of(room.ticket) or DESK)


def _left_behind(desk: Desk, number: str, here: str) -> Room | Unheard:
    """A topic that the desk opened for a ticket and does not know: the ticket's room if it has
    none, as after an end between the two."""
    staff, rooms = desk.knowledge.texts.staff, desk.store.rooms
    subject = desk.store.tickets.conversation_of(number) or DESK
    ticket = desk.store.tickets.named(number) if desk.store.conversations.load(subject) else None
    if ticket is None:
        return Unheard(fill(staff.gone), number=number)
    if ticket.status == "closed":
        return Unheard(fill(staff.over, number=number), subject, number)
    room = Room(number, ticket.tier)
    if desk.groups.get(room.tier) == here and rooms.room(room.ticket, room.tier) is None:
        return room
    return Unheard(fill(staff.left_topic, where=_way(desk, room)), subject, number)


def _open_room(desk: Desk, subject: str) -> Html:
    found = desk.store.tickets.open_ticket(subject)
    return _way(desk, Room(*found)) if found else Html("")


def _way(desk: Desk, room: Room) -> Html:
    """How to get to a ticket's room: by the address of its topic, or of its card."""
    staff, chat = desk.knowledge.texts.staff, desk.groups.get(room.tier)
    row = desk.store.rooms.room(room.ticket, room.tier)
    if chat is None or row is None:
        return Html("")
    if row.thread is not None:
        link = desk.channel_at(chat).link(chat, row.thread)
        return fill(staff.way_topic, number=room.ticket, link=link)
    card = desk.store.outbox.named(room, "card")
    link = desk.channel_at(chat).link(chat, card) if card is not None else ""
    if not link:
        return fill(staff.way_reply, number=room.ticket)
    return fill(staff.way_card, number=room.ticket, link=link)
