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

from bot.core.model.subject import conversation
from bot.store.agents import Agents
from bot.store.attachments import Attachments
from bot.store.boards import Boards
from bot.store.conversations import Conversations
from bot.store.digests import Digests
from bot.store.file import PATIENCE, lock
from bot.store.groups import Groups
from bot.store.history import History
from bot.store.holdings import Holdings
from bot.store.inbox import Arrival, Inbox, Row
from bot.store.outbox import Order, Outbox
from bot.store.people import People
from bot.store.record import Basis, Records
from bot.store.relabel import Ids, same
from bot.store.retention import Retention
from bot.store.rooms import RoomRow, Rooms
from bot.store.schema import Foreign, latest, upgrade, version
from bot.store.standing import Gone, Lost, Standing, commits, mark, require_all
from bot.store.tickets import FORGOTTEN, Tickets
from bot.store.timers import Timers
from bot.store.times import Times
from bot.store.waits import Waits

__all__ = [
    "FORGOTTEN",
    "Arrival",
    "Basis",
    "Busy",
    "Gone",
    "Lost",
    "Order",
    "Outbox",
    "RoomRow",
    "Row",
    "Store",
]

ONE_TRY = 1.0
"""Seconds to wait for another program's transaction before `Busy`: in that time a desk that is
asked to stop hears nothing."""
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


class Busy(OSError):
    """Another program writes, or holds the right to: it works again when that one has ended."""


class Store:
    """The tables by what they are for."""

    def __init__(
        self, db: Database, lock: int | None = None, standing: Standing | None = None
    ) -> None:
        self._db = db
        self._lock = lock
        self._standing = standing
        self.inbox = Inbox(db)
        self.people = People(db)
        self.tickets = Tickets(db)
        self.agents = Agents(db)
        self.boards = Boards(db, self.tickets)
        self.history = History(db)
        self.attachments = Attachments(db)
        self.waits = Waits(db)
        self.records = Records(db)
        self.conversations = Conversations(
            db,
            self.people,
            self.tickets,
            self.history,
            self.attachments,
            self.waits,
            self.records,
        )
        self.holdings = Holdings(
            db,
            self.people,
            self.conversations,
            self.tickets,
            self.history,
            self.attachments,
            self.records,
        )
        self.retention = Retention(db, self.conversations, self.attachments)
        self.timers = Timers(db)
        self.rooms = Rooms(db)
        self.outbox = Outbox(db)
        self.groups = Groups(db)
        self.times = Times(db)
        self.digests = Digests(db)

    @classmethod
    def open(
        cls, path: Path, *, alone: bool = True, accept_loss: bool = False, ids: Ids = same
    ) -> Store:
        """Open or make the file, readable by its owner alone, and bring it up to date.

        `alone`: no other desk may have it open, for two would say everything twice. Otherwise the
        file must be there and up to date. Raises `OSError` where that is not possible: `Lost` where
        the file lacks what a desk committed, unless with `accept_loss`. `ids` tells which value a
        label stands for that an older desk kept.
        """
        held = lock(path) if alone else None
        try:
            os.close(os.open(path, os.O_RDWR | (os.O_CREAT if alone else 0), 0o600))
            db = _connected(path, held, accept_loss=accept_loss, ids=ids)
            return cls(db, held, Standing(path, held, commits(db)) if held is not None else None)
        except BaseException:
            if held is not None:
                os.close(held)
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, begun immediate: a deferred one may fail when it comes to write.

        Raises `Busy` before anything is done, and `Gone` where nothing of it is kept.
        """
        self._begin()
        before = self._db.conn.total_changes
        try:
            yield
            changed = self._db.conn.total_changes != before
            if changed and self._standing is not None:
                self._standing.count(self._db)
            self._db.execute("commit")
        except BaseException:
            self._db.conn.rollback()
            raise
        if self._standing is not None:
            self._standing.check()
            self._standing.committed()
        if self.retention.unwritten:
            self.retention.overwrite()

    def _begin(self) -> None:
        try:
            self._db.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise Busy("another program holds the database's lock for writing") from None
            raise

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of `writing()` that is undone alone when it raises."""
        self._db.execute("savepoint apart")
        try:
            yield
        except BaseException:
            if not self.undone:
                self._db.execute("rollback to apart")
                self._db.execute("release apart")
            raise
        self._db.execute("release apart")

    def expects(self, chat: str) -> bool:
        """Whether something of this private chat is to be worked on, or to be said to it."""
        (waits,) = self._db.execute(
            "select exists (select 1 from inbox where status = 'waiting' and lane = ?)"
            " or exists (select 1 from outbox where status = 'waiting' and lane = ?)"
            " or exists (select 1 from timers where subject = ? and what = 'pieces')",
            [str(chat), f"chat:{chat}", conversation(chat)],
        ).fetchone()
        return bool(waits)

    def unusable(self, error: Exception) -> bool:
        """Whether it is the database that failed, and not one value that it was given."""
        return isinstance(error, sqlite3.Error | OSError) and not isinstance(error, OF_A_VALUE)

    @property
    def undone(self) -> bool:
        """Whether a failure, such as a full disk, has undone all of `writing()` already."""
        return not self._db.conn.in_transaction

    def close(self) -> None:
        """Let go of the file. Raises `Gone` where it had been taken away."""
        try:
            if self._standing is not None:
                self._standing.check()
        finally:
            self._db.close()
            if self._lock is not None:
                os.close(self._lock)


def _connected(path: Path, held: int | None, *, accept_loss: bool, ids: Ids) -> Database:
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    # One letter that is none must not keep all that is read with it from being read.
    conn.text_factory = partial(str, encoding="utf-8", errors="replace")
    db = Database(conn)
    try:
        found = version(db)
        path.chmod(0o600)  # a file that is refused stays as it is
        for pragma in PRAGMAS:
            db.execute(f"pragma {pragma}").fetchone()
        if held is not None:
            if accept_loss:
                mark(held, commits(db))
            require_all(path, commits(db))
            upgrade(db, ids)
            db.execute(f"pragma busy_timeout = {ONE_TRY * 1000:.0f}").fetchone()
        elif found != latest():
            raise Foreign("this database is of an older desk; fapiao-desk run brings it up to date")
    except (sqlite3.Error, Foreign) as error:
        conn.close()
        raise OSError(f"{path}: {error}") from error
    except Lost:
        conn.close()
        raise
    return db
