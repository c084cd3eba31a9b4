"""What is to happen later: the time of each timer of a conversation.

Those of tickets' clocks are set by working hours and stages, of which it is kept what they were
(`wound`): where they are others now, every clock is looked at again.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

SOON = 120
"""Seconds within which clocks are looked at again, spread so that who writes meanwhile need not
wait for all of them."""
A_TIME = "typeof(at) in ('real', 'integer')"


class Timers:
    def __init__(self, db: Database) -> None:
        self._db = db

    def wake_at(self, subject: str, what: str, at: datetime | None) -> None:
        """Set the timer, or stop it."""
        self._db.execute("delete from timers where subject = ? and what = ?", [subject, what])
        if at is not None:
            self._db.execute(
                "insert into timers (subject, what, at) values (?, ?, ?)",
                [subject, what, at.timestamp()],
            )

    def latest(self, kind: str) -> float:
        """When the last timer of subjects of this kind is due; 0 where there is none."""
        (at,) = self._db.execute(
            f"select max(at) from timers where subject glob ? and {A_TIME}", [f"{kind}:*"]
        ).fetchone()
        return 0.0 if at is None else float(at)

    def due(self, now: float, limit: int = 100) -> list[tuple[str, str, float]]:
        """Conversation, name and time of the timers whose time has come."""
        rows = self._db.execute(
            f"select subject, what, at from timers where at <= ? and {A_TIME} order by at limit ?",
            [now, limit],
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def next_due(self) -> float | None:
        (at,) = self._db.execute(f"select min(at) from timers where {A_TIME}").fetchone()
        return None if at is None else float(at)

    def wind(self, by: str, now: float) -> bool:
        """Let clocks be wound `by` this, which tells one calendar and its stages from another.

        Where they were wound by another, each of them strikes within `SOON` seconds; returns
        whether that is so.
        """
        (same,) = self._db.execute(
            "select exists (select 1 from wound where by = ?)", [by]
        ).fetchone()
        if same:
            return False
        self._db.execute("insert or replace into wound (one, by) values (1, ?)", [by])
        self._db.execute(
            "with clocks as (select subject, what, row_number() over (order by at) - 1 as n,"
            f" count(*) over () as every from timers where what glob 'clock:*' and {A_TIME})"
            " update timers set at = min(timers.at, :now + :soon * n / every) from clocks"
            " where timers.subject = clocks.subject and timers.what = clocks.what",
            {"now": now, "soon": SOON},
        )
        return True
