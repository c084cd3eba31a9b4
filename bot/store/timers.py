"""What is to happen later: the time of each timer of a conversation."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

A_TIME = "typeof(at) in ('real', 'integer')"


class Timers:
    def __init__(self, db: Database) -> None:
        self._db = db

    def wake_at(self, case_id: str, what: str, at: datetime | None) -> None:
        """Set the timer, or stop it."""
        self._db.execute("delete from timers where case_id = ? and what = ?", [case_id, what])
        if at is not None:
            self._db.execute(
                "insert into timers (case_id, what, at) values (?, ?, ?)",
                [case_id, what, at.timestamp()],
            )

    def due(self, now: float, limit: int = 100) -> list[tuple[str, str, float]]:
        """Conversation, name and time of the timers whose time has come."""
        rows = self._db.execute(
            f"select case_id, what, at from timers where at <= ? and {A_TIME} order by at limit ?",
            [now, limit],
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def next_due(self) -> float | None:
        (at,) = self._db.execute(f"select min(at) from timers where {A_TIME}").fetchone()
        return None if at is None else float(at)
