"""How tiers stand, in numbers that cost the same however many tickets and days there are.

Days are counted by their sums (`daily`). Of the day on which a tier was told last it is kept what
it had by then, so that the rest is what came since.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlite_utils import Database

from bot.core.model.digest import COUNTED, DayCount, Figures
from bot.core.text import clock
from bot.core.text.clock import BEIJING

DAYS = 14
"""Whole days of which is told."""
OPENED = ("opened", "escalated")
CLOSED = ("confirmed", "expired", "withdrawn", "erased", "merged")
BY_DAY = (
    "select day, what, count from daily where day in (select value from json_each(:days))"
    " and kind = 'ticket' and what in (select value from json_each(:what)) and to_tier = :tier"
)
STARS = (
    "select value, sum(count) from daily where day in (select value from json_each(:days))"
    " and kind = 'rating' and what = 'rated' and to_tier = :tier group by value"
)
WAITING = ("new", "open", "pending")
WORKED_ON = "tier = ? and status != 'closed' and due_at is not null"


class Digests:
    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(self, tiers: Collection[str], now: float) -> None:
        """These tiers alone are told from now on; what is counted for a new one begins now."""
        self._db.execute(
            "delete from digests where tier not in (select value from json_each(?))",
            [json.dumps([*tiers])],
        )
        known = {tier for (tier,) in self._db.execute("select tier from digests")}
        for tier in tiers:
            if tier not in known:
                self.told(tier, now)

    def since(self, tier: str) -> datetime | None:
        """When it was told last, or is told since; None where it is not told."""
        row = self._db.execute("select at from digests where tier = ?", [tier]).fetchone()
        return datetime.fromtimestamp(row[0], UTC) if row else None

    def told(self, tier: str, now: float) -> None:
        """It was told at this time how it stands."""
        (today,) = self._counted(tier, [_day(now)])
        self._db.execute(
            "insert or replace into digests (tier, at, opened, closed) values (?, ?, ?, ?)",
            [tier, now, today.opened, today.closed],
        )

    def figures(self, tier: str, now: float) -> Figures | None:
        """How it stands; None where it is not told."""
        row = self._db.execute(
            "select at, opened, closed from digests where tier = ?", [tier]
        ).fetchone()
        if row is None:
            return None
        at, opened, closed = row
        today = _day(now)
        since = self._counted(tier, _days(_day(at), today))
        days = _days(today - timedelta(days=DAYS), today - timedelta(days=1))
        midnight = datetime.combine(today + timedelta(days=1), time(), BEIJING).timestamp()
        tickets = self._tickets(tier)
        return Figures(
            at=datetime.fromtimestamp(now, UTC),
            since=datetime.fromtimestamp(at, UTC),
            waiting=sum(tickets.get(status, 0) for status in WAITING),
            unowned=tickets.get("new", 0),
            overdue=self._count(f"{WORKED_ON} and due_at < ?", [tier, now]),
            due_today=self._count(
                f"{WORKED_ON} and due_at >= ? and due_at < ?", [tier, now, midnight]
            ),
            opened=max(sum(each.opened for each in since) - opened, 0),
            closed=max(sum(each.closed for each in since) - closed, 0),
            usual=self._usual(tier),
            stars=self._stars(tier, days),
            days=tuple(self._counted(tier, days)),
        )

    def _counted(self, tier: str, days: Iterable[date]) -> list[DayCount]:
        each = {day.isoformat(): [0, 0] for day in days}
        given = {"days": json.dumps([*each]), "what": json.dumps(OPENED + CLOSED), "tier": tier}
        for day, what, count in self._db.execute(BY_DAY, given):
            each[day][what in CLOSED] += count
        return [DayCount(date.fromisoformat(day), *counts) for day, counts in each.items()]

    def _stars(self, tier: str, days: Iterable[date]) -> dict[int, int]:
        given = {"days": json.dumps([day.isoformat() for day in days]), "tier": tier}
        rows = self._db.execute(STARS, given)
        return {int(stars): int(count) for stars, count in rows}

    def _usual(self, tier: str) -> int | None:
        row = self._db.execute("select minutes from usual where tier = ?", [tier]).fetchone()
        return int(row[0]) if row else None

    def _tickets(self, tier: str) -> dict[str, int]:
        query = "select status, count from ticket_counts where tier = ?"
        return dict(self._db.execute(query, [tier]).fetchall())

    def _count(self, which: str, given: list[object]) -> int:
        query = f"select count(*) from (select 1 from tickets where {which} limit ?)"
        (count,) = self._db.execute(query, [*given, COUNTED]).fetchone()
        return int(count)


def _day(at: float) -> date:
    return clock.day(datetime.fromtimestamp(at, UTC))


def _days(first: date, last: date) -> list[date]:
    """Each from the first to the last; none where a clock was set back in between."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
