"""Conversations, tickets, rooms and timers as they stand."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.model.case import Case
from bot.store.codec import CASE, Codec
from bot.store.salvage import salvaged

FORGOTTEN = "forgotten"
A_TIME = "typeof(at) in ('real', 'integer')"

log = logging.getLogger(__name__)


class Unreadable(ValueError):
    """Something that was kept and is none of what the desk keeps."""


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A ticket's room as it is on the channel; `thread` is None in a group without topics."""

    ticket: str
    tier: str
    chat: int
    thread: int | None
    title: str
    closed: bool


class Cases:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._codec = Codec(CASE)

    def load(self, case_id: str) -> Case | None:
        """The case as it stands, without what cannot be read of it. Raises `Unreadable`."""
        row = self._db.execute("select data from cases where id = ?", [case_id]).fetchone()
        if row is None:
            return None
        try:
            return self._codec.value(row[0])
        except ValueError:
            log.error("a part of case %s cannot be read and is left out", case_id)
        case = salvaged(CASE, row[0])
        if case is None:
            raise Unreadable(f"case {case_id} cannot be read")
        return case

    def save(self, case: Case, now: float) -> None:
        """Keep the case, and its tickets where they can be found by number."""
        self._db.execute(
            "insert into cases (id, data, updated_at) values (?, ?, ?)"
            " on conflict (id) do update"
            " set data = excluded.data, updated_at = excluded.updated_at",
            [case.id, self._codec.text(case), now],
        )
        self._db.conn.executemany(
            "insert into tickets (number, case_id, status, tier, owner, opened_at, updated_at)"
            " values (?, ?, ?, ?, ?, ?, ?) on conflict (number) do update set"
            " status = excluded.status, tier = excluded.tier, owner = excluded.owner,"
            # What is said beside a closed ticket does not move the time at which it closed.
            " updated_at = excluded.updated_at where (tickets.status, tickets.tier, tickets.owner)"
            " is not (excluded.status, excluded.tier, excluded.owner)",
            [
                (
                    ticket.number,
                    case.id,
                    ticket.status,
                    ticket.tier,
                    ticket.owner.name if ticket.owner else None,
                    ticket.opened_at.timestamp(),
                    now,
                )
                for ticket in case.tickets
            ],
        )

    def of_ticket(self, number: str) -> str | None:
        """The id of the case that has this ticket."""
        row = self._db.execute("select case_id from tickets where number = ?", [number]).fetchone()
        return str(row[0]) if row else None

    def open_ticket(self, case_id: str) -> tuple[str, str] | None:
        """Number and tier of the case's ticket that is not closed."""
        row = self._db.execute(
            "select number, tier from tickets where case_id = ? and status != 'closed'", [case_id]
        ).fetchone()
        return (row[0], row[1]) if row else None

    def tickets(self) -> list[dict[str, object]]:
        """Every ticket's row, oldest first."""
        return list(self._db.query("select * from tickets order by opened_at, number"))

    def open_in(self) -> dict[str, int]:
        """How many tickets are not closed, by the tier that has them."""
        rows = self._db.execute(
            "select tier, count(*) from tickets where status != 'closed' group by tier"
        )
        return {row[0]: row[1] for row in rows}

    def forget(self, case_id: str) -> None:
        """Erase everything that came from or went to this person.

        Rooms stay, named by their ticket's number alone, and so does where their card is: the
        agents' topic can still be closed and the card be blanked.
        """
        self._codec.forget()
        for statement in (
            "delete from cases where id = ?",
            "delete from timers where case_id = ?",
            "delete from copies where case_id = ?",
            "update tally set erased = erased + (select count(*) from outbox where case_id = ?"
            " and not (status = 'sent' and name = 'card')) where name = 'outbox'",
            "delete from outbox where case_id = ? and not (status = 'sent' and name = 'card')",
            f"update outbox set effect = '', case_id = '{FORGOTTEN}' where case_id = ?",
            "update inbox set status = 'done', payload = '', key = null, error = null, lane = '',"
            f" case_id = '{FORGOTTEN}' where case_id = ?",
            "update rooms set title = ticket"
            " where ticket in (select number from tickets where case_id = ?)",
        ):
            self._db.execute(statement, [case_id])
        self._db.execute(
            "update tickets set case_id = ?, owner = null, invoice = null, status = 'closed'"
            " where case_id = ?",
            [FORGOTTEN, case_id],
        )

    def room(self, ticket: str, tier: str) -> RoomRow | None:
        row = self._db.execute(
            "select ticket, tier, chat, thread, title, closed from rooms"
            " where ticket = ? and tier = ?",
            [ticket, tier],
        ).fetchone()
        if row is None:
            return None
        return RoomRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]))

    def room_at(self, chat: int, thread: int) -> tuple[str, str] | None:
        """Ticket and tier of the room that this topic is."""
        row = self._db.execute(
            "select ticket, tier from rooms where chat = ? and thread = ?", [chat, thread]
        ).fetchone()
        return (row[0], row[1]) if row else None

    def put_room(self, room: RoomRow) -> None:
        self._db.execute(
            "insert or replace into rooms (ticket, tier, chat, thread, title, closed)"
            " values (?, ?, ?, ?, ?, ?)",
            [room.ticket, room.tier, room.chat, room.thread, room.title, room.closed],
        )

    def wake_at(self, case_id: str, what: str, at: datetime | None) -> None:
        """Set the timer, or stop it."""
        self._db.execute("delete from timers where case_id = ? and what = ?", [case_id, what])
        if at is not None:
            self._db.execute(
                "insert into timers (case_id, what, at) values (?, ?, ?)",
                [case_id, what, at.timestamp()],
            )

    def due(self, now: float, limit: int = 100) -> list[tuple[str, str, float]]:
        """Case, name and time of the timers whose time has come."""
        rows = self._db.execute(
            f"select case_id, what, at from timers where at <= ? and {A_TIME} order by at limit ?",
            [now, limit],
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def next_due(self) -> float | None:
        (at,) = self._db.execute(f"select min(at) from timers where {A_TIME}").fetchone()
        return None if at is None else float(at)

    def membership(self, chat: int, person: int, since: float) -> bool | None:
        """Whether the person belongs to the group, if that was checked after `since`."""
        row = self._db.execute(
            "select member from members where chat = ? and person = ? and checked_at > ?",
            [chat, person, since],
        ).fetchone()
        return bool(row[0]) if row else None

    def put_membership(self, chat: int, person: int, member: bool, now: float) -> None:
        self._db.execute(
            "insert or replace into members (chat, person, member, checked_at) values (?, ?, ?, ?)",
            [chat, person, member, now],
        )
