"""How the database stands: facts alone, what is wrong with them is said elsewhere."""

from __future__ import annotations

import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.store.file import BESIDE, damage, in_use, near, opened
from bot.store.heads import LONGEST
from bot.store.schema import latest, version
from bot.store.standing import commits, marked, missing

TRIES = 5  # after which an order that still waits is stuck


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, and since when the oldest of it could have gone (seconds since 1970)."""

    waiting: int
    oldest: float | None


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in the tables.

    `stuck` are waiting orders that were tried `TRIES` times or more: number, attempts, last error.
    `undelivered` counts by error what was given up since the time asked for. `moves` are groups
    that go on under another id: the old one and the new one. `late` orders are due later than any
    rule could set; of `erasing` conversations something is left to be erased.
    """

    version: str
    latest: str
    damage: tuple[str, ...]
    inbox: Queue
    outbox: Queue
    timers: Queue
    failed: int
    stuck: tuple[tuple[int, int, str], ...]
    undelivered: tuple[tuple[str, int], ...]
    moves: tuple[tuple[str, str], ...]
    late: int = 0
    erasing: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """`size`, `wal` and `free` are bytes; `modes` the permission bits of each file there is. `lost`
    are commits that a desk once made and the database has not.

    `content` is None while nothing stands in the file, and where it is `unreadable` for a reason.
    """

    running: bool
    size: int
    wal: int
    free: int
    modes: tuple[tuple[Path, int], ...]
    content: Content | None
    unreadable: str
    lost: int = 0


def health(path: Path, now: float, since: float) -> Health:
    """Look at the database and change nothing. Raises `OSError` where its folder is not there."""
    files = [path, *(near(path, suffix) for suffix in (*BESIDE, ".lock"))]
    running = in_use(path)
    content, unreadable, known = None, "", marked(near(path, ".lock"))
    counted = 0
    if path.exists():
        try:
            with opened(path) as db:
                content, counted = _content(db, now, since), commits(db)
        except OSError as error:
            unreadable = str(error)
    states = {file: file.stat() for file in files if file.exists()}
    sizes = {file: state.st_size for file, state in states.items()}
    return Health(
        running=running,
        size=sizes.get(path, 0),
        wal=sizes.get(near(path, "-wal"), 0),
        free=shutil.disk_usage(path.parent).free,
        modes=tuple((file, stat.S_IMODE(state.st_mode)) for file, state in states.items()),
        content=content,
        unreadable=unreadable,
        lost=0 if unreadable else missing(known, counted),
    )


def _content(db: Database, now: float, since: float) -> Content | None:
    found = version(db)
    if not found:
        return None
    (failed,) = db.execute("select count(*) from inbox where status = 'failed'").fetchone()
    (late,) = db.execute(
        "select count(*) from outbox where status = 'waiting' and due_at > ?", [now + LONGEST]
    ).fetchone()
    stuck = db.execute(
        "select id, attempts, coalesce(error, '') from outbox"
        " where status = 'waiting' and attempts >= ? order by id limit 10",
        [TRIES],
    )
    undelivered = db.execute(
        "select error, count(*) from outbox where status = 'failed' and done_at >= ?"
        " group by error order by count(*) desc limit 10",
        [since],
    )
    return Content(
        version=found,
        latest=latest(),
        damage=tuple(damage(db, quick=True)),
        inbox=_queue(db, "min(received_at)", "inbox where status = 'waiting'"),
        outbox=_queue(db, "min(due_at)", "outbox where status = 'waiting' and due_at <= ?", now),
        timers=_queue(db, "min(at)", "timers where at <= ?", now),
        failed=failed,
        stuck=tuple(stuck),
        undelivered=tuple(undelivered),
        moves=tuple(db.execute("select old, new from moves")) if db["moves"].exists() else (),
        late=late,
        erasing=db["erasing"].count if db["erasing"].exists() else 0,
    )


def _queue(db: Database, oldest: str, rows: str, *given: float) -> Queue:
    return Queue(*db.execute(f"select count(*), {oldest} from {rows}", given).fetchone())
