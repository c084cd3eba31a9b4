"""What was said: rows that are added and never changed.

An edit is a row of its own that tells what the message says now; the line that it was stays in its
place, so a reader who follows the rows knows what was said when.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from bot.core.model.message import Item, Line, Ref
from bot.core.model.ticket import Ticket
from bot.store.salvage import salvaged

ITEM: TypeAdapter[Item] = TypeAdapter(Item)
COLUMNS = "id, seq, at, who, name, text, item, ticket, edit"

log = logging.getLogger(__name__)


class History:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, case_id: str, lines: Iterable[Line]) -> None:
        """Lines of a conversation, in the order in which they were said."""
        self._db.conn.executemany(
            "insert into messages"
            " (case_id, ticket, seq, at, who, name, text, item, chat, message, edit)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    case_id,
                    line.ticket,
                    line.seq,
                    line.at.timestamp(),
                    line.who,
                    line.name,
                    line.text,
                    _written(line.item) if line.item else None,
                    line.ref.chat if line.ref else None,
                    line.ref.message if line.ref else None,
                    line.edit,
                )
                for line in lines
            ],
        )

    def tail(self, case_id: str, most: int) -> tuple[Line, ...]:
        """The last lines of people as they read now, oldest first."""
        rows = self._db.execute(
            f"select {COLUMNS} from messages where case_id = ? and who in ('person', 'agent')"
            " and edit = 0 order by id desc limit ?",
            [case_id, most],
        ).fetchall()
        return tuple(self._now(case_id, rows[::-1]))

    def of_ticket(self, case_id: str, ticket: Ticket, most: int) -> tuple[Line, ...]:
        """The last lines of a ticket, and of what led to it, as they read now, oldest first."""
        rows = self._db.execute(
            f"select {COLUMNS} from messages where case_id = ? and edit = 0"
            " and (ticket = ? or (ticket = '' and seq > ? and seq <= ?))"
            " order by id desc limit ?",
            [case_id, ticket.number, ticket.since, ticket.opened_by, most],
        ).fetchall()
        return tuple(self._now(case_id, rows[::-1]))

    def lines(self, case_id: str, refs: Iterable[Ref]) -> dict[Ref, Line]:
        """What these messages say now, of those that are remembered."""
        found = {ref: self._latest(case_id, ref) for ref in refs}
        return {ref: line for ref, line in found.items() if line is not None}

    def run(self, case_id: str, ref: Ref, count: int) -> dict[Ref, Line]:
        """So many messages that were kept inside together, from this one on, as they read now."""
        rows = self._db.execute(
            "select chat, message from messages where case_id = :case and who = 'note' and edit = 0"
            " and chat = :chat and seq = (select seq from messages where case_id = :case"
            " and chat = :chat and message = :message and who = 'note' order by id limit 1)"
            " order by id limit :count",
            {"case": case_id, "chat": ref.chat, "message": ref.message, "count": count},
        )
        return self.lines(case_id, [Ref(*row) for row in rows])

    def said_in(self, ref: Ref) -> str:
        """The ticket that was open when this message was said; "" where that is not known."""
        row = self._db.execute(
            "select ticket from messages where chat = ? and message = ? order by id limit 1",
            [ref.chat, ref.message],
        ).fetchone()
        return str(row[0]) if row else ""

    def _latest(self, case_id: str, ref: Ref) -> Line | None:
        row = self._db.execute(
            f"select {COLUMNS} from messages where chat = ? and message = ? and case_id = ?"
            " order by id desc limit 1",
            [ref.chat, ref.message, case_id],
        ).fetchone()
        return _line(row) if row else None

    def _now(self, case_id: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[Line]:
        """Lines in their places, with what edits made of them."""
        if not rows:
            return
        edited = self._db.execute(
            f"select {COLUMNS} from messages where case_id = ? and edit = 1 and id > ? order by id",
            [case_id, rows[0][0]],
        )
        edits = {(line.ref, line.who): line for line in map(_line, edited)}
        for line in map(_line, rows):
            now = edits.get((line.ref, line.who)) if edits and line.ref else None
            yield now or line


def _line(row: tuple[Any, ...]) -> Line:
    _, seq, at, who, name, text, item, ticket, edit = row
    return Line(
        seq=seq,
        at=datetime.fromtimestamp(at, UTC),
        who=who,
        name=name,
        text=text,
        item=_read(item) if item else None,
        ticket=ticket,
        edit=bool(edit),
    )


def _written(item: Item) -> str:
    """As JSON, which is read again before it is kept. Raises `ValueError` where it cannot be."""
    text = ITEM.dump_json(item, warnings="error", exclude_defaults=True).decode()
    ITEM.validate_json(text)
    return text


def _read(text: str) -> Item | None:
    try:
        return ITEM.validate_json(text)
    except ValueError:
        log.error("a part of a line cannot be read and is left out")
        return salvaged(ITEM, text)
