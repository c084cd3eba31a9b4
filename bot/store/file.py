"""The database as a file: whose it is, who has it, how it is opened."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from bot.store.schema import Foreign, version

# What SQLite keeps beside a database while it is in use: sqlite.org/tempfiles.html
BESIDE = ("-wal", "-shm", "-journal")
PATIENCE = 10.0  # seconds to wait for another program's transaction


def near(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def lock(path: Path) -> int:
    """A lock that the kernel lets go of with the process, beside the file and not on it: SQLite
    has its own there. Closing the number gives it back; `OSError` while a desk has it."""
    held = os.open(near(path, ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise OSError(f"{path}: another desk uses this database") from None
    return held


def in_use(path: Path) -> bool:
    """Whether a desk has the lock."""
    if not near(path, ".lock").exists():
        return False
    try:
        os.close(lock(path))
    except PermissionError:
        raise
    except OSError:
        return True
    return False


@contextmanager
def opened(path: Path, *, write: bool = False) -> Iterator[Database]:
    """A database that is there, without changing what it says; `write` allows that.

    Raises `OSError` where it cannot be read, is damaged beyond that, or gives nothing for longer
    than `PATIENCE`.
    """
    address = f"file:{quote(str(path))}?mode=rw"
    try:
        with closing(sqlite3.connect(address, PATIENCE, 0, None, uri=True)) as conn:
            if not write:
                conn.execute("pragma query_only = on")
            yield Database(conn)
    except (sqlite3.Error, Foreign) as error:
        raise OSError(f"{path}: {error}") from error


def unusable(path: Path) -> str | None:
    """Why no desk can have its database there, or None; changes nothing."""
    try:
        if not path.parent.is_dir():
            return f"{path}: there is no folder {path.parent}"
        if path.exists() and path.stat().st_size:
            with opened(path) as db:
                version(db)
    except OSError as error:
        return str(error)
    return None


def verified(path: Path) -> str:
    """The schema version of a whole database; `OSError` for what is none that this desk can use."""
    with opened(path) as db:
        found = version(db)
        if not found:
            raise Foreign("it is empty")
        if wrong := damage(db):
            raise Foreign(f"it is damaged: {wrong[0]}")
    return found


def damage(db: Database, *, quick: bool = False) -> list[str]:
    """What SQLite finds wrong with the pages; `quick` leaves out whether indexes agree."""
    check = "quick_check" if quick else "integrity_check"
    return [row[0] for row in db.execute(f"pragma {check}(10)") if row[0] != "ok"]


def sync_folder(path: Path) -> None:
    """Make names in the folder of `path` durable."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
