"""Whether the database is still the one that was opened, and has all that was once in it.

SQLite goes on writing into a file whose name was taken away, and begins anew without a word where
a file is missing. So a desk counts its commits in the database (`user_version`, which SQLite leaves
to its user) and beside it in the lock, which is written after the commit: the database may be ahead
of its lock, never behind it, unless something of it was taken away.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

COMMITS = 2**31
"""The counter is a signed number of 32 bits and begins anew after the largest."""
WRITTEN = b"%010d\n"
OPEN = ("", "-wal", "-shm", ".lock")
"""The files of a desk that runs, by what their names add to that of the database."""


class Gone(OSError):
    """A file of the database was removed, moved or replaced while the desk had it open."""


class Lost(OSError):
    """The database has not all that a desk once committed to it."""


class Standing:
    """Counts commits, and notices where they would go nowhere. `lock` is the open lock file."""

    def __init__(self, path: Path, lock: int, commits: int) -> None:
        self._files = {path.with_name(path.name + each): (0, 0) for each in OPEN}
        self._files = {file: _identity(file) for file in self._files}
        self._lock = lock
        self.commits = commits

    def count(self, db: Database) -> None:
        """This transaction is one more."""
        self.commits = (self.commits + 1) % COMMITS
        db.execute(f"pragma user_version = {self.commits}")

    def check(self) -> None:
        """Raises `Gone` unless each file is where it was."""
        for file, opened in self._files.items():
            try:
                gone = "replaced" if _identity(file) != opened else ""
            except FileNotFoundError:
                gone = "removed"
            if gone:
                raise Gone(
                    f"{file}: was {gone} while the desk used it; what it heard since is not kept."
                    " Put the file back, or fapiao-desk restore a backup, and start it again"
                )

    def committed(self) -> None:
        """The commit is durable: it has to be found in the database from now on."""
        mark(self._lock, self.commits)


def _identity(file: Path) -> tuple[int, int]:
    found = os.stat(file)
    return found.st_dev, found.st_ino


def commits(db: Database) -> int:
    """How many commits the database counts."""
    return int(db.execute("pragma user_version").fetchone()[0])


def mark(lock: int, commits: int) -> None:
    os.pwrite(lock, WRITTEN % commits, 0)


def marked(lock: Path) -> int | None:
    """The commits that the lock knows of; None where it tells of none.

    So it is after a desk of an older version, and where a machine lost its power.
    """
    try:
        told = lock.read_bytes().strip()
    except FileNotFoundError:
        return None
    return int(told) if told.isdigit() else None


def missing(known: int | None, commits: int) -> int:
    """How many of the commits that the lock knows of a database with `commits` has not."""
    behind = (commits if known is None else known) - commits
    return behind % COMMITS if behind % COMMITS < COMMITS // 2 else 0


def require_all(path: Path, commits: int) -> None:
    """Raises `Lost` where the lock knows of commits that the database has not."""
    lock = path.with_name(path.name + ".lock")
    if count := missing(marked(lock), commits):
        last = datetime.fromtimestamp(lock.stat().st_mtime, UTC)
        raise Lost(
            f"{path}: lacks the last {count} commits of this desk, up to {last:%Y-%m-%d %H:%M:%S}"
            f" UTC: {path.name}-wal was removed, or an older or empty file stands here. Put it"
            " back, or fapiao-desk restore a backup; fapiao-desk run --accept-loss goes on without"
            " them"
        )
