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
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from bot.store.cases import Cases, RoomRow
from bot.store.file import PATIENCE, lock
from bot.store.groups import Groups
from bot.store.inbox import Arrival, Inbox, Row
from bot.store.keeping import Keeping
from bot.store.outbox import Order, Outbox
from bot.store.papers import Papers
from bot.store.schema import Foreign, latest, upgrade, version

__all__ = ["Arrival", "Order", "Outbox", "RoomRow", "Row", "Store", "unusable"]

PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "secure_delete = on",
    "temp_store = memory",
)


# What is said of a value, and not of the file: docs.python.org/3/library/sqlite3.html#exceptions
OF_A_VALUE = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)


def unusable(error: Exception) -> bool:
    """Whether it is the database that failed, and not one value that it was given."""
    return isinstance(error, sqlite3.Error | OSError) and not isinstance(error, OF_A_VALUE)


class Store:
    """The tables by what they are for."""

    def __init__(self, db: Database, lock: int | None = None) -> None:
        self._db = db
        self._lock = lock
        self.inbox = Inbox(db)
        self.cases = Cases(db)
        self.outbox = Outbox(db)
        self.keeping = Keeping(db)
        self.groups = Groups(db)
        self.papers = Papers(db)

    @classmethod
    def open(cls, path: Path, *, alone: bool = True) -> Store:
        """Open or make the file, readable by its owner alone, and bring it up to date.

        `alone`: no other desk may have it open, for two would say everything twice. Otherwise the
        file must be there and up to date. Raises `OSError` where that is not possible.
        """
        held = lock(path) if alone else None
        try:
            os.close(os.open(path, os.O_RDWR | (os.O_CREAT if alone else 0), 0o600))
            return cls(_connected(path, alone=alone), held)
        except BaseException:
            if held is not None:
                os.close(held)
            raise

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
        if self.keeping.unwritten:
            self.keeping.overwrite()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of `writing()` that is undone alone when it raises."""
        with self._db.atomic():
            yield

    def expects(self, chat: int) -> bool:
        """Whether something of this private chat is to be worked on, or to be said to it."""
        (waits,) = self._db.execute(
            "select exists (select 1 from inbox where status = 'waiting' and lane = ?)"
            " or exists (select 1 from outbox where status = 'waiting' and lane = ?)",
            [str(chat), f"chat:{chat}"],
        ).fetchone()
        return bool(waits)

    @property
    def undone(self) -> bool:
        """Whether a failure, such as a full disk, has undone all of `writing()` already."""
        return not self._db.conn.in_transaction

    def close(self) -> None:
        self._db.close()
        if self._lock is not None:
            os.close(self._lock)


def _connected(path: Path, *, alone: bool) -> Database:
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    # One letter that is none must not keep all that is read with it from being read.
    conn.text_factory = partial(str, encoding="utf-8", errors="replace")
    db = Database(conn)
    try:
        found = version(db)
        path.chmod(0o600)  # a file that is refused stays as it is
        for pragma in PRAGMAS:
            db.execute(f"pragma {pragma}").fetchone()
        if alone:
            upgrade(db)
        elif found != latest():
            raise Foreign("this database is of an older desk; fapiao-desk run brings it up to date")
    except (sqlite3.Error, Foreign) as error:
        conn.close()
        raise OSError(f"{path}: {error}") from error
    return db
