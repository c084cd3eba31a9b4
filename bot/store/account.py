"""What became of all that came and of all that was to be said: nothing may be missing.

How much there ever was is counted where it is kept (`tally`, by triggers), and how much was deleted
where that is done; so a row that is gone without anybody's doing shows in the sums.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.store.file import opened
from bot.store.schema import latest, version
from bot.store.tickets import FORGOTTEN

# The row that tells the core of a refused order has the order's number first in its key. While it
# waits, somebody will be told; where it failed itself, staff are told of that.
SILENT = """
select id from outbox where status = 'failed' and not settled and (subject, effect) != (?, '')
and not exists (select 1 from inbox where channel = 'outbox' and status != 'done'
and key > outbox.id || ' ' and key < outbox.id || '!')
"""


@dataclass(frozen=True, slots=True)
class Updates:
    """Of everything that was `received`, also from the desk's own clock and outbox."""

    received: int
    done: int
    waiting: int
    failed: int
    erased: int

    @property
    def is_balanced(self) -> bool:
        return self.received == self.done + self.waiting + self.failed + self.erased


@dataclass(frozen=True, slots=True)
class Orders:
    """Of everything that was `ordered`.

    Of what is `given_up` the core knows, which has told whom it concerns or decided that nobody
    waits for it; of what has `failed` it does not.
    """

    ordered: int
    sent: int
    waiting: int
    failed: int
    given_up: int
    erased: int

    @property
    def is_balanced(self) -> bool:
        return self.ordered == (
            self.sent + self.waiting + self.failed + self.given_up + self.erased
        )


@dataclass(frozen=True, slots=True)
class Account:
    """`untold` is what failed without anybody having been told."""

    updates: Updates
    orders: Orders
    untold: int

    @property
    def is_settled(self) -> bool:
        """Whether nothing is missing and nothing failed in silence."""
        return self.updates.is_balanced and self.orders.is_balanced and not self.untold

    def json(self) -> dict[str, Any]:
        """As JSON: the sums by their names."""
        balanced = self.updates.is_balanced and self.orders.is_balanced
        return asdict(self) | {"balanced": balanced}


def account(path: Path) -> Account | None:
    """Count everything, as of one moment; None while nothing stands in the file.

    Raises `OSError` where it cannot be read or is of another version.
    """
    with opened(path) as db:
        found = version(db)
        if not found:
            return None
        if found != latest():
            raise OSError(f"{path}: it is of an older desk; fapiao-desk run brings it up to date")
        db.execute("begin")
        try:
            return Account(_updates(db), _orders(db), _untold(db))
        finally:
            db.execute("rollback")


def _updates(db: Database) -> Updates:
    taken, gone = _tally(db, "inbox")
    left = _counted(
        db,
        # What comes to the room of an erased ticket has its case as well, but a lane of its own.
        "select case when subject = ? and lane = '' then 'erased' else status end, count(*)"
        " from inbox group by 1",
    )
    return Updates(
        received=taken,
        done=left.get("done", 0),
        waiting=left.get("waiting", 0),
        failed=left.get("failed", 0),
        erased=gone + left.get("erased", 0),
    )


def _orders(db: Database) -> Orders:
    taken, gone = _tally(db, "outbox")
    left = _counted(
        db,
        "select case when subject = ? and effect = '' then 'erased'"
        " when status = 'failed' and settled then 'given up' else status end, count(*)"
        " from outbox group by 1",
    )
    return Orders(
        ordered=taken,
        sent=left.get("sent", 0),
        waiting=left.get("waiting", 0),
        failed=left.get("failed", 0),
        given_up=left.get("given up", 0),
        erased=gone + left.get("erased", 0),
    )


def _tally(db: Database, table: str) -> tuple[int, int]:
    """How many rows there ever were, and how many were deleted."""
    row = db.execute("select taken, erased from tally where name = ?", [table]).fetchone()
    return (int(row[0]), int(row[1]))


def _counted(db: Database, query: str) -> dict[str, int]:
    return {state: int(count) for state, count in db.execute(query, [FORGOTTEN])}


def _untold(db: Database) -> int:
    """Failed orders that the core neither knows of nor will, and failed rows without a notice to
    staff, or whose notice is such an order."""
    silent = {number for (number,) in db.execute(SILENT, [FORGOTTEN])}
    notices = db.execute("select notice from inbox where status = 'failed'")
    return len(silent) + sum(notice is None or notice in silent for (notice,) in notices)
