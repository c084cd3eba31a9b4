"""Tickets' rooms as they are on the channel, and who belongs to their groups."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A ticket's room as it is on the channel; `thread` is None in a group without topics.

    `icon` is the emoji that its topic was given last.
    """

    ticket: str
    tier: str
    chat: str
    thread: int | None
    title: str
    closed: bool
    icon: str = ""


class Rooms:
    def __init__(self, db: Database) -> None:
        self._db = db

    def room(self, ticket: str, tier: str) -> RoomRow | None:
        row = self._db.execute(
            "select ticket, tier, chat, thread, title, closed, icon from rooms"
            " where ticket = ? and tier = ?",
            [ticket, tier],
        ).fetchone()
        if row is None:
            return None
        return RoomRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])

    def room_at(self, chat: str, thread: int) -> tuple[str, str] | None:
        """Ticket and tier of the room that this topic is."""
        row = self._db.execute(
            "select ticket, tier from rooms where chat = ? and thread = ?", [chat, thread]
        ).fetchone()
        return (row[0], row[1]) if row else None

    def put_room(self, room: RoomRow) -> None:
        self._db.execute(
            "insert or replace into rooms (ticket, tier, chat, thread, title, closed, icon)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [room.ticket, room.tier, room.chat, room.thread, room.title, room.closed, room.icon],
        )

    def membership(self, chat: str, person: str, since: float) -> bool | None:
        """Whether the person belongs to the group, if that was checked after `since`."""
        row = self._db.execute(
            "select member from members where chat = ? and person = ? and checked_at > ?",
            [chat, person, since],
        ).fetchone()
        return bool(row[0]) if row else None

    def put_membership(self, chat: str, person: str, member: bool, now: float) -> None:
        self._db.execute(
            "insert or replace into members (chat, person, member, checked_at) values (?, ?, ?, ?)",
            [chat, person, member, now],
        )
