"""The database: one SQLite file, and all the SQL there is.

    store = Store.open(Path("desk.db"))
    with store.writing():
        store.inbox.take(arrivals, now)

One thread uses a store at a time. What is written in one `writing()` is durable together, with one
sync of the disk, when the block ends.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.store.cases import Cases, RoomRow
from bot.store.inbox import Arrival, Inbox, Row
from bot.store.outbox import Order, Outbox
from bot.store.schema import migrations

__all__ = ["Arrival", "Order", "Outbox", "RoomRow", "Row", "Store"]

PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "secure_delete = on",
    "temp_store = memory",
)


class Store:
    """The tables by what they are for."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.inbox = Inbox(db)
        self.cases = Cases(db)
        self.outbox = Outbox(db)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open or make the file, readable by its owner alone, and bring it up to date.

        Raises `OSError` where that is not possible.
        """
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        try:
            return cls(_prepared(Database(conn)))
        except sqlite3.Error as error:
            conn.close()
            raise OSError(f"{path}: {error}") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, begun immediate: a deferred one may fail when it comes to write."""
        self._db.execute("begin immediate")
        try:
            yield
            self._db.execute("commit")
        except BaseException:
            self._db.conn.rollback()
            raise

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of `writing()` that is undone alone when it raises."""
        with self._db.atomic():
            yield

    @property
    def undone(self) -> bool:
        """Whether a failure, such as a full disk, has undone all of `writing()` already."""
        return not self._db.conn.in_transaction

    def close(self) -> None:
        self._db.close()


def _prepared(db: Database) -> Database:
    for pragma in PRAGMAS:
        db.execute(f"pragma {pragma}").fetchone()
    migrations.apply(db)
    return db
