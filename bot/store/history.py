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
COLUMNS = "id, seq, at, who, name, text, item, ticket, edit, taken_back"
AROUND = 30
"""How far the numbers of an album's pieces may lie apart: it has ten, and others write too."""

log = logging.getLogger(__name__)


class History:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, conversation: str, lines: Iterable[Line]) -> None:
        """Lines of a conversation, in the order in which they were said."""
        self._db.conn.executemany(
            "insert into messages"
            " (conversation, ticket, seq, at, who, name, text, item, chat, message, edit,"
            " taken_back)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    conversation,
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
                    line.taken_back,
                )
                for line in lines
            ],
        )

    def tail(self, conversation: str, most: int) -> tuple[Line, ...]:
        """The last lines of people as they read now, oldest first."""
        rows = self._db.execute(
            f"select {COLUMNS} from messages where conversation = ? and who in ('person', 'agent')"
            " and edit = 0 order by id desc limit ?",
            [conversation, most],
        ).fetchall()
        return tuple(self._now(conversation, rows[::-1]))

    def of_ticket(self, conversation: str, ticket: Ticket, most: int) -> tuple[Line, ...]:
        """The last lines of a ticket, and of what led to it, as they read now, oldest first."""
        rows = self._db.execute(
            f"select {COLUMNS} from messages where conversation = ? and edit = 0"
            " and (ticket = ? or (ticket = '' and seq > ? and seq <= ?))"
            " order by id desc limit ?",
            [conversation, ticket.number, ticket.since, ticket.opened_by, most],
        ).fetchall()
        return tuple(self._now(conversation, rows[::-1]))

    def after(self, conversation: str, number: int, most: int) -> tuple[list[Line], int]:
        """The next lines of a person's talk after the row with this number, as they read now, and
        the number of the last; without the notes that stay inside.
        """
        rows = self._db.execute(
            f"select {COLUMNS} from messages where conversation = ? and id > ? and edit = 0"
            " and who != 'note' order by id limit ?",
            [conversation, number, most],
        ).fetchall()
        return [*self._now(conversation, rows)], rows[-1][0] if rows else number

    def lines(self, conversation: str, refs: Iterable[Ref]) -> dict[Ref, Line]:
        """What these messages say now, of those that are remembered."""
        found = {ref: self._latest(conversation, ref) for ref in refs}
        return {ref: line for ref, line in found.items() if line is not None}

    def run(self, conversation: str, ref: Ref, count: int) -> dict[Ref, Line]:
        """So many messages that were kept inside together, from this one on, as they read now."""
        rows = self._db.execute(
            "select chat, message from messages where conversation = :of and who = 'note'"
            " and edit = 0 and chat = :chat and seq = (select seq from messages"
            " where conversation = :of and chat = :chat and message = :message and who = 'note'"
            " order by id limit 1)"
            " order by id limit :count",
            {"of": conversation, "chat": ref.chat, "message": ref.message, "count": count},
        )
        return self.lines(conversation, [Ref(*row) for row in rows])

    def sent(self, conversation: str, ref: Ref) -> dict[Ref, Line]:
        """What an agent sent to the person by this message, as it reads now: it alone, or every
        piece of the album that it is of, in their order."""
        rows = self._db.execute(
            f"select {COLUMNS} from messages where chat = ? and message between ? and ?"
            " and conversation = ? and who = 'agent' and edit = 0 order by message",
            [ref.chat, ref.message - AROUND, ref.message + AROUND, conversation],
        )
        near = {line.ref: line.item for line in map(_line, rows) if line.ref and line.item}
        if (meant := near.get(ref)) is None:
            return {}
        album = meant.album
        pieces = [each for each, item in near.items() if album and item.album == album]
        return self.lines(conversation, pieces or [ref])

    def said_in(self, ref: Ref) -> str:
        """The ticket that was open when this message was said; "" where that is not known."""
        row = self._db.execute(
            "select ticket from messages where chat = ? and message = ? order by id limit 1",
            [ref.chat, ref.message],
        ).fetchone()
        return str(row[0]) if row else ""

    def _latest(self, conversation: str, ref: Ref) -> Line | None:
        row = self._db.execute(
            f"select {COLUMNS} from messages where chat = ? and message = ? and conversation = ?"
            " order by id desc limit 1",
            [ref.chat, ref.message, conversation],
        ).fetchone()
        return _line(row) if row else None

    def _now(self, conversation: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[Line]:
        """Lines in their places, with what edits made of them."""
        if not rows:
            return
        edited = self._db.execute(
            f"select {COLUMNS} from messages where conversation = ? and edit = 1 and id > ?"
            " order by id",
            [conversation, rows[0][0]],
        )
        edits = {(line.ref, line.who): line for line in map(_line, edited)}
        for line in map(_line, rows):
            now = edits.get((line.ref, line.who)) if edits and line.ref else None
            yield now or line


def _line(row: tuple[Any, ...]) -> Line:
    _, seq, at, who, name, text, item, ticket, edit, taken_back = row
    return Line(
        seq=seq,
        at=datetime.fromtimestamp(at, UTC),
        who=who,
        name=name,
        text=text,
        item=_read(item) if item else None,
        ticket=ticket,
        edit=bool(edit),
        taken_back=taken_back,
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
