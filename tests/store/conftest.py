"""A store on a real file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store import Store
from bot.store.addressed import address, addressed
from bot.store.migrations import migrations
from bot.store.relabel import relabelled, same

# The version of the desk that made it is the file's name, or the day of one between two releases
# and what was new in it: what `sqlite3 desk.db .dump` printed.
RELEASED = sorted((Path(__file__).parent / "fixtures").glob("*.sql"))


def until(db: Database, migration: str) -> None:
    """Bring a database up to the day before this migration."""
    db.conn.create_function("relabelled", 1, lambda case: relabelled(case, same))
    db.conn.create_function("addressed", 1, addressed)
    db.conn.create_function("address", 1, address)
    migrations.apply(db, stop_before=migration)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path)
    yield opened
    opened.close()


@pytest.fixture(params=RELEASED, ids=lambda file: file.stem)
def old(request: pytest.FixtureRequest, path: Path) -> Path:
    """A database as a desk of that version left it."""
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(request.param.read_text("utf-8"))
    return path
