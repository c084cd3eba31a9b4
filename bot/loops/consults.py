"""What an agent asks of the desk in a group that is about more than one ticket."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.agents import SHOWN, Board
from bot.core.model.effects import Group, Room
from bot.core.model.events import Consulted, Pressed, Said
from bot.core.needs import search
from bot.core.staff import consulting
from bot.loops import members, rooms
from bot.loops.desk import Desk
from bot.loops.rooms import InGroup
from bot.store import Row
from bot.store.protocol import Places


def consulted(desk: Desk[Places], row: Row, event: InGroup) -> tuple[Board, Consulted] | None:
    """The question that a message in a group is, with what it is answered from; None for any other.

    Raises `Unverified`.
    """
    tiers = tuple(desk.tiers_at(desk.store.groups.address(event.ref.chat)))
    if not tiers or not isinstance(event, Said | Pressed) or not consulting.is_one(event):
        return None
    room = rooms.place_of(desk, event)
    member = members.verify_member(desk, row, Group(tiers[0], event.thread), event)
    if member:
        members.seen(desk, tiers, event.who)
    ticket = room.ticket if room is not None else ""
    asked = Consulted(
        seq=event.seq, at=event.at, tiers=tiers, member=member, what=event, ticket=ticket
    )
    board = desk.store.boards.search(search(asked, desk.knowledge))
    ways = {t.number: rooms.way(desk, Room(t.number, t.tier)) for t in board.tickets[:SHOWN]}
    return replace(board, ways={n: way for n, way in ways.items() if way is not None}), asked
