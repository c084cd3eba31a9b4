"""How long people wait at each tier: who is before whom, and what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from statistics import median

from sqlite_utils import Database

LATELY = 30 * 86400.0  # seconds: what is older tells nothing of today
ENOUGH = 20  # tickets: of fewer nothing is usual
LONG_AGO = datetime.fromtimestamp(0, UTC)
# Another index has also what is never due, which may be all of a tier.
NEW = "tickets indexed by tickets_queue where status = 'new' and due_at is not null"
LATE = f"""
with recursive tiers (tier) as (
    select (select min(tier) from {NEW})
    union all
    select (select min(tier) from {NEW} and tier > tiers.tier) from tiers where tier is not null
)
select tier, (select count(*) from
    (select 1 from {NEW} and tickets.tier = tiers.tier and due_at < :before limit :most))
    from tiers where tier is not null
"""
"""Of each tier, one after the other by the index, how many are due before then."""


class Waits:
    def __init__(self, db: Database) -> None:
        self._db = db

    def queues(self, most: int, before: datetime | None = None) -> dict[str, tuple[datetime, ...]]:
        """When the new tickets of each tier are due, the first of them, at most so many of each.

        Those that are due `before` a moment are only counted: they stand there as `LONG_AGO`.
        """
        bound = LONG_AGO if before is None else before
        given = {"before": bound.timestamp(), "most": most}
        return {
            tier: (LONG_AGO,) * late + (self._due(tier, bound, most - late) if late < most else ())
            for tier, late in self._db.execute(LATE, given).fetchall()
        }

    def _due(self, tier: str, since: datetime, most: int) -> tuple[datetime, ...]:
        rows = self._db.execute(
            f"select due_at from {NEW} and tier = ? and due_at >= ? order by due_at limit ?",
            [tier, since.timestamp(), most],
        )
        return tuple(datetime.fromtimestamp(at, UTC) for (at,) in rows)

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
