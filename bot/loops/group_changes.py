"""What happens to the groups themselves is kept, and told to whom it concerns; each runs inside of
a transaction.
"""

from __future__ import annotations

from dataclasses import replace

from bot.channels import BotBack, Change, GroupMoved, TopicClosed
from bot.core.model import subject
from bot.core.model.facts import Closed, Moved
from bot.loops.desk import Desk
from bot.loops.internal_events import informed
from bot.store import Row
from bot.store.protocol import Base, Places


def changed(desk: Desk[Places], row: Row, change: Change) -> None:
    """Follow what people did to a group, as this row tells."""
    match change:
        case GroupMoved():
            group_moved(desk, change.old, change.new)
        case BotBack():
            for name in (*desk.tiers_at(change.chat), *desk.roles_at(change.chat)):
                desk.store.groups.hasten(name, desk.clock())
        case TopicClosed():
            _topic_closed(desk, row, change.chat, change.thread)


def group_moved(desk: Desk[Base], old: str, new: str) -> None:
    """The group became a supergroup: from now on that is the tier's group.

    Of orders that were on their way there at once, each is told so: only the first is news.
    """
    tiers = desk.tiers_at(old)
    if old == new or not (tiers or desk.roles_at(old)):
        return
    desk.store.groups.move(old, new)
    facts = [informed(subject.tier(t), Moved(t), f"{t} moved from {old} to {new}") for t in tiers]
    desk.store.inbox.take(facts, desk.clock())


def _topic_closed(desk: Desk[Places], row: Row, chat: str, thread: int) -> None:
    rooms = desk.store.rooms
    found = rooms.room_at(chat, thread)
    room = rooms.room(*found) if found else None
    if room is not None:
        rooms.put_room(replace(room, closed=True))
        told = informed(subject.ticket(room.ticket), Closed(room.tier), f"{row.id} closed")
        desk.store.inbox.take([told], desk.clock())
