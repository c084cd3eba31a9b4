"""Whose the files are that the vault keeps.

A file is named by the vault. One that nobody has any more is doomed: it is struck off this list in
the transaction that lets go of it, and deleted after it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from sqlite_utils import Database


class Papers:
    """`unswept`: something may be doomed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.unswept = True

    def keep(self, case_id: str, name: str, now: float) -> bool:
        """The case has this file; True if it was doomed, and may be gone already.

        A case that was forgotten meanwhile gets nothing.
        """
        kept = self._db.execute(
            "insert or replace into papers (name, case_id, at)"
            " select ?, id, ? from conversations where id = ?",
            [name, now, case_id],
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
            " where not exists (select 1 from papers where name = :name)",
            [{"name": name} for name in names],
        )

    def drop(self, case_id: str, before: float | None = None) -> None:
        """The case lets go of its files, or of those that came before then."""
        self.unswept = True
        until = math.inf if before is None else before
        for statement in (
            "insert or ignore into doomed select name from papers where case_id = ? and at < ?",
            "delete from papers where case_id = ? and at < ?",
        ):
            self._db.execute(statement, [case_id, until])
        self._db.execute(
            "delete from doomed where exists (select 1 from papers where name = doomed.name)"
        )

    def doomed(self) -> list[str]:
        """Names of files that nobody has."""
        return [str(name) for (name,) in self._db.execute("select name from doomed")]

    def gone(self, names: Iterable[str]) -> None:
        """They are deleted."""
        self._db.conn.executemany("delete from doomed where name = ?", [(n,) for n in names])
