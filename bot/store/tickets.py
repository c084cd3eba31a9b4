"""Tickets, a row each: what is searched and counted in columns, the rest as one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any, cast

from pydantic import TypeAdapter
from sqlite_utils import Database

from bot.core.model.extract import Told
from bot.core.model.message import Person
from bot.core.model.ticket import (
    About,
    Brief,
    Conflict,
    Earlier,
    Match,
    Slot,
    Status,
    Summary,
    Ticket,
    Waiting,
)
from bot.store.codec import Codec
from bot.store.salvage import salvaged
from bot.store.words import Words

COLUMNS = (
    "number, status, tier, summary, language, owner_address, owner, opened_at, first_reply_at,"
    " resolved_at, closed_at, invoice, due_at, data"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What of a ticket nobody searches."""

    opened_by: int = 0
    since: int = 0
    slots: Mapping[str, Slot] = field(default_factory=dict)
    noting: tuple[str, ...] = ()
    asked: str | None = None
    matched: Match | None = None
    acked_at: datetime | None = None
    replied_at: datetime | None = None
    version: int = 0
    told: tuple[Told, ...] = ()
    shared: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    complaint: str = ""
    skipped: tuple[str, ...] = ()
    hints: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    private: bool = False
    waiting: Waiting | None = None
    next_date: date | None = None
    progress_at: datetime | None = None
    patient: bool = False
    stars: int | None = None
    voice: str = ""
    deadline: date | None = None
    name: str = ""
    username: str = ""
    snoozed_until: datetime | None = None
    tags: tuple[str, ...] = ()
    revealed: Mapping[str, int] = field(default_factory=dict)


FORGOTTEN = "forgotten"
"""Whose the rows are that stay of somebody who was erased."""

REST: TypeAdapter[Rest] = TypeAdapter(Rest)
_NAMES = tuple(each.name for each in fields(Rest))


class Tickets:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._codec = Codec(REST)
        self._words = Words(db)

    def of(self, conversation: str, also: Iterable[str] = ()) -> dict[str, Ticket]:
        """A conversation's ticket that is not closed, and those of it with these numbers."""
        numbers = tuple(also)
        query = f"select {COLUMNS} from tickets where conversation = ? and status != 'closed'"
        if numbers:
            marks = ",".join("?" * len(numbers))
            query += f" union select {COLUMNS} from tickets where number in ({marks})"
            query += " and conversation = ?"
            return self._read(query, [conversation, *numbers, conversation])
        return self._read(query, [conversation])

    def earlier(self, conversation: str, most: int) -> tuple[Earlier, ...]:
        """The latest tickets of a conversation's person in short, the newest first."""
        rows = self._db.execute(
            "select number, opened_at, invoice from tickets where person ="
            " (select person from conversations where id = ?) order by opened_at desc limit ?",
            [conversation, most],
        )
        return tuple(Earlier(number, _time(at), invoice) for number, at, invoice in rows)

    def mine(self, conversation: str, skip: int, most: int) -> tuple[Brief, ...]:
        """The tickets of a conversation's person, the newest first."""
        rows = self._db.execute(
            "select number, status, summary, opened_at from tickets where person ="
            " (select person from conversations where id = ?)"
            " order by opened_at desc, number desc limit ? offset ?",
            [conversation, most, skip],
        )
        return tuple(
            Brief(number, status, _summary(about), _time(at)) for number, status, about, at in rows
        )

    def every(self, conversation: str) -> tuple[Ticket, ...]:
        """All tickets of a conversation, the oldest first."""
        query = f"select {COLUMNS} from tickets where conversation = ? order by opened_at, number"
        return (*self._read(query, [conversation]).values(),)

    def shown(self, conversation: str, number: str) -> Ticket | None:
        """The ticket with this number, if it is of the conversation's person."""
        query = f"select {COLUMNS} from tickets where number = ? and person ="
        query += " (select person from conversations where id = ?)"
        return self._read(query, [number, conversation]).get(number)

    def ends(self, conversation: str) -> tuple[datetime, ...]:
        """When each of a conversation's tickets was closed whose texts are still kept."""
        rows = self._db.execute(
            "select closed_at from tickets where conversation = ? and status = 'closed'"
            " and summary not in ('thinned::', 'erased::') and closed_at is not null",
            [conversation],
        )
        return tuple(_time(at) for (at,) in rows)

    def conversation_of(self, number: str) -> str | None:
        """The id of the conversation that has this ticket; of one being erased nobody has it."""
        row = self._db.execute(
            "select case when exists (select 1 from erasing where subject = conversation"
            " and before is null) then :nobody else conversation end"
            " from tickets where number = :number",
            {"nobody": FORGOTTEN, "number": number},
        ).fetchone()
        return str(row[0]) if row else None

    def open_ticket(self, conversation: str) -> tuple[str, str] | None:
        """Number and tier of a conversation's ticket that is not closed."""
        row = self._db.execute(
            "select number, tier from tickets where conversation = ? and status != 'closed'",
            [conversation],
        ).fetchone()
        return (row[0], row[1]) if row else None

    def open_in(self) -> dict[str, int]:
        """How many tickets are not closed, by the tier that has them."""
        rows = self._db.execute(
            "select tier, count(*) from tickets where status != 'closed' group by tier"
        )
        return {row[0]: row[1] for row in rows}

    def rows(self) -> list[dict[str, object]]:
        """Every ticket's row, oldest first."""
        return list(self._db.query("select * from tickets order by opened_at, number"))

    def named(self, number: str) -> Ticket | None:
        """The ticket with this number, whosever it is."""
        query = f"select {COLUMNS} from tickets where number = ?"
        return self._read(query, [number]).get(number)

    def twin(self, conversation: str, number: str) -> Ticket | None:
        """The ticket with this number, if it is of a conversation's person."""
        query = f"select {COLUMNS} from tickets where number = ? and person ="
        query += " (select person from conversations where id = ?)"
        return self._read(query, [number, conversation]).get(number)

    def about(self, invoice: str) -> tuple[tuple[str, int], ...]:
        """Number and person of the open tickets about this invoice, the oldest first."""
        rows = self._db.execute(
            "select number, person from tickets where invoice = ? and status != 'closed'"
            " order by opened_at, number",
            [invoice],
        )
        return tuple((row[0], row[1]) for row in rows)

    def of_tier(self, tier: str) -> tuple[tuple[str, int], ...]:
        """Number and person of the open tickets of this tier, the oldest first."""
        rows = self._db.execute(
            "select number, person from tickets where tier = ? and status != 'closed'"
            " order by opened_at, number",
            [tier],
        )
        return tuple((row[0], row[1]) for row in rows)

    def queue(self, tier: str, limit: int) -> list[Ticket]:
        """The open tickets of this tier that something is due of, the most urgent first."""
        query = (
            f"select {COLUMNS} from tickets where tier = ? and status != 'closed'"
            " and due_at is not null order by due_at limit ?"
        )
        return [*self._read(query, [tier, limit]).values()]

    def due_in(self) -> dict[str, int]:
        """How many open tickets something is due of, by the tier that has them."""
        rows = self._db.execute(
            "select tier, count(*) from tickets where status != 'closed' and due_at is not null"
            " group by tier"
        )
        return {row[0]: row[1] for row in rows}

    def listed(self, query: str, given: list[Any]) -> list[Ticket]:
        """The tickets whose `COLUMNS` a query asks for, in its order."""
        return [*self._read(query, given).values()]

    def save(self, conversation: str, tickets: Sequence[Ticket], now: float) -> None:
        """Keep them as they stand; a new one is of the conversation's person."""
        self._db.conn.executemany(
            f"insert into tickets (conversation, person, updated_at, {COLUMNS})"
            " values (?, (select person from conversations where id = ?),"
            " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " on conflict (number) do update set status = excluded.status, tier = excluded.tier,"
            " summary = excluded.summary, language = excluded.language,"
            " owner_address = excluded.owner_address, owner = excluded.owner,"
            " first_reply_at = excluded.first_reply_at, resolved_at = excluded.resolved_at,"
            " closed_at = excluded.closed_at, invoice = excluded.invoice, due_at = excluded.due_at,"
            " data = excluded.data, updated_at = excluded.updated_at",
            [(conversation, conversation, now, *self._row(ticket)) for ticket in tickets],
        )
        for ticket in tickets:
            self._words.keep(ticket)

    def forget(self) -> None:
        """Remember nothing that was read: somebody was erased."""
        self._codec.forget()

    def _row(self, ticket: Ticket) -> tuple[Any, ...]:
        owner, about = ticket.owner, ticket.summary
        rest = Rest(**{name: getattr(ticket, name) for name in _NAMES})
        return (
            ticket.number,
            ticket.status,
            ticket.tier,
            f"{about.kind}:{about.field}:{about.text}",
            ticket.language,
            owner.address if owner else None,
            owner.name if owner else None,
            ticket.opened_at.timestamp(),
            *map(_seconds, (ticket.first_reply_at, ticket.resolved_at, ticket.closed_at)),
            ticket.invoice,
            _seconds(ticket.due_at),
            self._codec.text(rest),
        )

    def _read(self, query: str, given: list[Any]) -> dict[str, Ticket]:
        return {row[0]: self._ticket(*row) for row in self._db.execute(query, given)}

    def _ticket(
        self,
        number: str,
        status: str,
        tier: str,
        summary: str,
        language: str,
        owner_address: str | None,
        owner: str | None,
        opened_at: float,
        first_reply_at: float | None,
        resolved_at: float | None,
        closed_at: float | None,
        invoice: str | None,
        due_at: float | None,
        data: str,
    ) -> Ticket:
        try:
            rest = self._codec.value(data)
        except ValueError:
            rest = salvaged(REST, data) or Rest()
        about = _summary(summary)
        return Ticket(
            number=number,
            status=cast(Status, status),
            tier=tier,
            summary=about,
            language=language,
            owner=None if owner_address is None else Person(owner_address, owner or ""),
            opened_at=_time(opened_at),
            first_reply_at=_or_none(first_reply_at),
            resolved_at=_or_none(resolved_at),
            closed_at=_or_none(closed_at),
            invoice=invoice,
            due_at=_or_none(due_at),
            **{key: getattr(rest, key) for key in _NAMES},
        )


def _summary(written: str) -> Summary:
    kind, of, text = written.split(":", 2)
    return Summary(cast(About, kind), text, of)


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _or_none(at: float | None) -> datetime | None:
    return None if at is None else _time(at)


def _seconds(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()
