"""Whose the files are that the vault keeps.

A file is named by the vault. One that nobody has any more is doomed: it is struck off this list in
the transaction that lets go of it, and deleted after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlite_utils import Database

from bot.core.model.ticket import Kept


class Attachments:
    """`unswept`: something may be doomed, by what this process did or before it began."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.unswept = True

    def keep(self, conversation: str, name: str, title: str, now: float) -> bool:
        """The conversation has this file, which is called so; True if it was doomed, and may be
        gone already.

        A conversation that was forgotten meanwhile gets nothing.
        """
        kept = self._db.execute(
            "insert or replace into attachments (name, conversation, title, at)"
            " select ?, id, ?, ? from conversations where id = ?",
            [name, title, now, conversation],
        )
        if not kept.rowcount:
            self.doom([name])
            return False
        return self._db.execute("delete from doomed where name = ?", [name]).rowcount > 0

    def doom(self, names: Iterable[str]) -> None:
        """Let those of these files be deleted that nobody has."""
        self.unswept = True
        self._db.conn.executemany(
            "insert or ignore into doomed select :name"
            " where not exists (select 1 from attachments where name = :name)",
            [{"name": name} for name in names],
        )

    def of_ticket(self, conversation: str, number: str, most: int) -> tuple[Kept, ...]:
        """The first files of a conversation that came since its ticket before was closed."""
        rows = self._db.execute(
            "select name, title, at from attachments where conversation = :of and at >"
            " coalesce((select max(closed_at) from tickets where conversation = :of"
            " and number != :number), 0) order by at limit :most",
            {"of": conversation, "number": number, "most": most},
        )
        return tuple(Kept(row[0], row[1], datetime.fromtimestamp(row[2], UTC)) for row in rows)

    def every(self, conversation: str) -> tuple[Kept, ...]:
        """All files of a conversation, the oldest first."""
        rows = self._db.execute(
            "select name, title, at from attachments where conversation = ? order by at, name",
            [conversation],
        )
        return tuple(Kept(row[0], row[1], datetime.fromtimestamp(row[2], UTC)) for row in rows)

    def doomed(self, most: int) -> list[str]:
        """Names of so many files that nobody has."""
        rows = self._db.execute("select name from doomed limit ?", [most]).fetchall()
        self.unswept = len(rows) == most
        return [str(name) for (name,) in rows]

    def gone(self, names: Iterable[str]) -> None:
        """They are deleted."""
        self._db.conn.executemany("delete from doomed where name = ?", [(n,) for n in names])
