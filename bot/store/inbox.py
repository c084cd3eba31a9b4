"""Everything that happened, in the order in which it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

# Seconds; Telegram keeps an update for 24 hours (core.telegram.org/bots/api#getting-updates).
DEDUPLICATED = 3 * 86400.0

ERASED = (
    "select subject from erasing where before is null union all"
    " select substr(subject, instr(subject, ':') + 1) from erasing where before is null"
)
"""The lanes of whoever is being erased: their conversation's, and their chat's."""
ERROR = 500  # characters
THINNED = 200  # rows of one transaction: nobody waits for all of a day


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something to take in. `key` tells repetitions within its channel; `lane` keeps its order."""

    channel: str
    key: str
    lane: str
    payload: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    channel: str
    lane: str
    received_at: float
    payload: str
    subject: str | None


class Inbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    def take(self, arrivals: Iterable[Arrival], now: float) -> int:
        """Store what is new; returns how many were. What came before is left as it is."""
        cursor = self._db.conn.executemany(
            "insert or ignore into inbox (channel, key, lane, received_at, payload, subject)"
            " values (?, ?, ?, ?, ?, ?)",
            [(a.channel, a.key, a.lane, now, a.payload, a.subject) for a in arrivals],
        )
        return cursor.rowcount

    def waiting(self, limit: int, held: Sequence[str] = ()) -> list[Row]:
        """The oldest rows not worked on yet, but for those of the lanes `held`, and of whoever is
        being erased: what they say now waits until that is done.
        """
        marks = ",".join("?" * len(held))
        return [
            Row(*row)
            for row in self._db.execute(
                "select id, channel, lane, received_at, payload, subject from inbox"
                f" where status = 'waiting' and lane not in ({marks}) and lane not in ({ERASED})"
                " order by id limit ?",
                [*held, limit],
            )
        ]

    def hold(self, row: Row, lane: str) -> None:
        """Move a waiting row to a lane of its own, so that only what is there waits with it."""
        self._db.execute("update inbox set lane = ? where id = ?", [lane, row.id])

    def explain(self, row: Row, error: str) -> bool:
        """Keep why a row waits; False where that was told already, or it waits no more."""
        kept = self._db.execute(
            "update inbox set error = ? where id = ? and error is null and status = 'waiting'",
            [error, row.id],
        )
        return kept.rowcount == 1

    def done(self, row: Row, subject: str | None, basis: int | None = None) -> None:
        """It was worked on, and by what where it was decided: a number of `Records.decides_by`.

        What belongs to no case is not kept, nor where it waited: nobody could erase it.
        """
        payload, lane = ("", "") if subject is None else (row.payload, row.lane)
        self._db.execute(
            "update inbox set status = 'done', subject = ?, payload = ?, lane = ?, error = null,"
            " basis = ? where id = ?",
            [subject, payload, lane, basis, row.id],
        )

    def fail(self, row: Row, subject: str, error: str) -> None:
        """Keep the row for staff; it is not tried again by itself.

        What led to an error may be no text, and then stand in it.
        """
        told = error[:ERROR].encode("utf-8", "backslashreplace").decode()
        self._db.execute(
            "update inbox set status = 'failed', subject = ?, error = ? where id = ?",
            [subject, told, row.id],
        )

    def noticed(self, row: Row, notice: int) -> None:
        """Staff are told of the failed row by this order."""
        self._db.execute("update inbox set notice = ? where id = ?", [notice, row.id])

    def retry(self, row_id: int) -> bool:
        """Let a failed row be worked on again; False when there is none with this number."""
        cursor = self._db.conn.execute(
            "update inbox set status = 'waiting', error = null where id = ? and status = 'failed'",
            [row_id],
        )
        return cursor.rowcount == 1

    def failed(self) -> list[tuple[int, str]]:
        """Number and error of every row that could not be worked on."""
        rows = self._db.execute("select id, error from inbox where status = 'failed' order by id")
        return [(row[0], row[1]) for row in rows]

    def backlog(self) -> int:
        (count,) = self._db.execute(
            "select count(*) from inbox where status = 'waiting'"
        ).fetchone()
        return int(count)

    def thin(self, now: float) -> bool:
        """Drop what some old rows said; that they were worked on stays. Whether more are left."""
        kept = self._db.execute(
            "update inbox set key = null, payload = '' where id in (select id from inbox"
            " where received_at < ? and status = 'done' and key is not null limit ?)",
            [now - DEDUPLICATED, THINNED],
        )
        return int(kept.rowcount) == THINNED
