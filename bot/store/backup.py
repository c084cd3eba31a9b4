"""A copy of the database as it is at one moment, and the way back.

Both make a new file beside the place where it will stand, read it through, and only then give it
its name: what stands there is the old file or the new one, never half of one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.store.file import BESIDE, lock, near, opened, sync_folder, verified
from bot.store.standing import commits, mark

WORKPLACE = ".fapiao-desk-copy-"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy has: its schema version, tickets, and when its last event came (None: never)."""

    path: Path
    version: str
    tickets: int
    last: float | None


def backup(database: Path, to: Path, *, replace: bool = False) -> Copied:
    """Copy the database to `to`, readable by its owner alone, also while a desk uses it.

    It is one file, with nothing beside it. Raises `OSError`: `to` is there and not to be replaced,
    belongs to the database, or the copy is not whole.
    """
    own = [database, *(near(database, suffix) for suffix in (*BESIDE, ".lock"))]
    if to.resolve() in [path.resolve() for path in own]:
        raise OSError(f"{to}: belongs to the database itself; give another name")
    if to.is_dir():
        raise IsADirectoryError(f"{to}: is a folder; give the name of a file in it")
    if to.exists() and not replace:
        raise FileExistsError(f"{to}: is there already")
    with _copied(database, to) as (made, told):
        made.replace(to)
    sync_folder(to)
    return told


def restore(database: Path, copy: Path, stamp: str) -> tuple[Copied, Path | None]:
    """Put a backup in the place of the database; also tells where the one before it is kept.

    Its name ends with `stamp`. Raises `OSError`, and leaves all as it is, while a desk or another
    program has the database open and for a backup that is not whole.
    """
    kept = near(database, f".{stamp}")
    held = lock(database)
    try:
        if kept.exists():
            raise FileExistsError(f"{kept}: is there already")
        with _copied(copy, database) as (made, told):
            _collect(database)
            for suffix in BESIDE:
                with suppress(FileNotFoundError):
                    near(database, suffix).replace(near(kept, suffix))
            # A second name first: at no moment is there no database, which a desk would make anew.
            with suppress(FileNotFoundError):
                kept.hardlink_to(database)
                kept.chmod(0o600)
            with opened(made) as db:
                mark(held, commits(db))
            made.replace(database)
        sync_folder(database)
    finally:
        os.close(held)
    return told, kept if kept.exists() else None


@contextmanager
def _copied(source: Path, to: Path) -> Iterator[tuple[Path, Copied]]:
    """A whole copy of `source` in the folder of `to`, gone afterwards unless it was renamed."""
    with _workplace(to.parent) as place:
        made = place / to.name
        os.close(os.open(made, os.O_CREAT | os.O_EXCL, 0o600))
        with opened(source) as db, closing(sqlite3.connect(made, isolation_level=None)) as conn:
            # In one step: in several, every write of the desk in between begins it anew.
            db.conn.backup(conn)
            conn.execute("pragma journal_mode = delete").fetchone()
        yield made, _read(made, to)


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A hidden folder for one copy. Those of copies that were killed are removed first.

    Whoever lives holds a lock on theirs, which the kernel lets go of with the process.
    """
    for left in folder.glob(f"{WORKPLACE}*"):
        with suppress(OSError), _held(left):
            shutil.rmtree(left)
    place = Path(tempfile.mkdtemp(prefix=WORKPLACE, dir=folder))
    try:
        with _held(place):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Raises `OSError` where another process holds it."""
    held = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def _read(made: Path, to: Path) -> Copied:
    version = verified(made)
    with opened(made) as db:
        (tickets,) = db.execute("select count(*) from tickets").fetchone()
        last = db.execute("select received_at from inbox order by id desc limit 1").fetchone()
    return Copied(to, version, tickets, last and last[0])


def _collect(database: Path) -> None:
    """Bring all of the database into its one file, which nobody else may have open.

    One that is damaged stays as it is: it may be why there is a restore.
    """
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as conn:
        try:
            conn.execute("pragma journal_mode = delete").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise OSError(f"{database}: another program has it open") from None
        except sqlite3.DatabaseError:
            pass
