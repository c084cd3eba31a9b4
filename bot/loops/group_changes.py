"""What happens to the groups themselves: each runs inside of a transaction."""

from __future__ import annotations

from dataclasses import replace

from bot.channels import BotBack, Change, GroupMoved, TopicClosed
from bot.core.model import subject
from bot.core.model.effects import Group, Room, Send, Topic
from bot.core.text.render import fill
from bot.loops.desk import Desk
from bot.loops.internal_events import undeliverable


def changed(desk: Desk, change: Change) -> None:
    """Follow what people did to a group."""
    match change:
        case GroupMoved():
            group_moved(desk, change.old, change.new)
        case BotBack():
            for name in (*tiers_of(desk, change.chat), *roles_of(desk, change.chat)):
                desk.store.groups.hasten(name, desk.clock())
        case TopicClosed():
            _reopen(desk, change.chat, change.thread)


def group_moved(desk: Desk, old: int, new: int) -> None:
    """The group became a supergroup: from now on that is the tier's group.

    Its open tickets are introduced there anew, because what was said before cannot be edited or
    replied to from there.
    """
    tiers, staff, now = tiers_of(desk, old), desk.knowledge.texts.staff, desk.clock()
    roles = roles_of(desk, old)
    if not tiers and not roles:
        return
    desk.store.groups.move(old, new)
    desk.groups = {**desk.groups, **dict.fromkeys(tiers, new)}
    desk.roles = {**desk.roles, **dict.fromkeys(roles, new)}
    for tier in tiers:
        desk.store.outbox.put(
            subject.DESK, [Send(to=Group(tier), text=fill(staff.group_moved))], now
        )
        arrivals = [
            undeliverable(
                of,
                f"{number} moved to {new}",
                Topic(to=Room(number, tier), title=number),
                "moved",
                "",
            )
            for of, number in desk.store.groups.open_tickets(tier)
        ]
        desk.store.inbox.take(arrivals, now)


def _reopen(desk: Desk, chat: int, thread: int) -> None:
    """An open ticket keeps its topic open: the agents would not be able to answer in it."""
    store, now = desk.store, desk.clock()
    found = store.rooms.room_at(chat, thread)
    room = store.rooms.room(*found) if found else None
    of = store.tickets.conversation_of(room.ticket) if room else None
    if room is None or of is None or store.tickets.open_ticket(of) != found:
        return
    place = Room(room.ticket, room.tier)
    store.rooms.put_room(replace(room, closed=True))
    said = Send(to=place, text=fill(desk.knowledge.texts.staff.topic_reopened))
    store.outbox.put(of, [Topic(to=place, title=room.title), said], now)


def tiers_of(desk: Desk, chat: int) -> list[str]:
    """The tiers whose group this is."""
    return [tier for tier, group in desk.groups.items() if group == chat]


def roles_of(desk: Desk, chat: int) -> list[str]:
    """The roles whose chat this is."""
    return [role for role, known in desk.roles.items() if known == chat]
