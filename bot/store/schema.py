"""Which tables a database has, and how it gets those of this desk."""

from __future__ import annotations

from contextlib import closing

from sqlite_utils import Database

from bot.store.addressed import address, addressed
from bot.store.migrations import migrations
from bot.store.relabel import Ids, relabelled, same


class Foreign(OSError):
    """A database that this desk must not touch: not one of a desk, or one of a newer desk."""


def version(db: Database) -> str:
    """The name of the newest migration that the database has; "" for one without tables.

    Raises `Foreign`.
    """
    applied = [each.name for each in migrations.applied(db)]
    if not applied and {*db.table_names()} - {migrations.migrations_table}:
        raise Foreign("this is not the database of a desk")
    known = _known()
    if strange := [name for name in applied if name not in known]:
        newer = f"this database is of a newer desk (it has {strange[-1]!r})"
        raise Foreign(f"{newer}; install that one, or restore an older backup")
    return applied[-1] if applied else ""


def latest() -> str:
    """The name of the newest migration there is."""
    return _known()[-1]


def upgrade(db: Database, ids: Ids = same) -> None:
    """Bring the database up to date, each migration in a transaction of its own.

    `ids` tells which value a label of an older desk stands for.
    """
    db.conn.create_function("relabelled", 1, lambda case: relabelled(case, ids))
    db.conn.create_function("addressed", 1, addressed)
    db.conn.create_function("address", 1, address)
    migrations.apply(db)


def _known() -> list[str]:
    with closing(Database(memory=True)) as empty:
        return [each.name for each in migrations.pending(empty)]
