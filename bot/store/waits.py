"""How long people wait at each tier: who is before whom, and what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from statistics import median

from sqlite_utils import Database

LATELY = 30 * 86400.0  # seconds: what is older tells nothing of today
ENOUGH = 20  # tickets: of fewer nothing is usual


class Waits:
    def __init__(self, db: Database) -> None:
        self._db = db

    def queues(self, most: int) -> dict[str, tuple[datetime, ...]]:
        """When the new tickets of each tier are due, the first of them, at most so many of each.

        One query where there are few, and one a tier where there are many.
        """
        found: dict[str, tuple[datetime, ...]] = {}
        last = ""
        while True:
            rows = self._db.execute(
                # Another index has also what is never due, which may be all of a tier.
                "select tier, due_at from tickets indexed by tickets_queue"
                " where status = 'new' and due_at is not null and tier > ?"
                " order by tier, due_at limit ?",
                [last, most],
            ).fetchall()
            for tier in sorted({tier for tier, _ in rows}):
                due = (datetime.fromtimestamp(at, UTC) for of, at in rows if of == tier)
                found[tier] = tuple(due)
            if len(rows) < most:
                return found
            last = rows[0][0]

    def usual(self) -> Mapping[str, int]:
        """In how many working minutes a tier usually answers first, of those of which that is
        known.
        """
        return dict(self._db.execute("select tier, minutes from usual"))

    def learn(self, now: float) -> None:
        """Work out anew what is usual, of the first replies of the last 30 days."""
        rows = self._db.execute(
            "select to_tier, minutes from record where kind = 'clock' and field = 'first_reply'"
            " and minutes is not null and at >= ?",
            [now - LATELY],
        )
        minutes: dict[str, list[int]] = {}
        for tier, each in rows:
            minutes.setdefault(tier, []).append(each)
        self._db.execute("delete from usual")
        self._db.conn.executemany(
            "insert into usual (tier, minutes) values (?, ?)",
            [(tier, round(median(all_))) for tier, all_ in minutes.items() if len(all_) >= ENOUGH],
        )
