"""What becomes of the times that are kept when the machine's clock is set."""

from __future__ import annotations

from sqlite_utils import Database

PAST = (
    "update inbox set received_at = :now where received_at > :now",
    "update outbox set created_at = :now where created_at > :now",
    "update outbox set due_at = :now where status = 'waiting' and due_at > :now",
    "delete from members where checked_at > :now",
)


class Times:
    """All in seconds since 1970."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def newest(self) -> float:
        """When the last thing was kept, which cannot lie ahead of a clock that is right."""
        (last,) = self._db.execute(
            "select max(coalesce((select received_at from inbox order by id desc limit 1), 0),"
            " coalesce((select created_at from outbox order by id desc limit 1), 0))"
        ).fetchone()
        return float(last) if isinstance(last, int | float) else 0.0

    def set_back(self, seconds: float, now: float) -> None:
        """The clock shows `now` where it showed so much more.

        What waits to be said is said at once, for nobody knows any more how long it has waited;
        timers keep the time that was left to them.
        """
        for statement in PAST:
            self._db.execute(statement, {"now": now})
        self.move_timers(-seconds, now)

    def move_timers(self, seconds: float, after: float) -> None:
        """Those that were to come after this time come so much later."""
        self._db.execute("update timers set at = at + ? where at > ?", [seconds, after])
