"""Where the database is that a command looks at, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.settings import BadSettings, read_settings

if TYPE_CHECKING:
    from bot.store.protocol import Operate


@contextmanager
def opened() -> Iterator[Operate]:
    """The store of a desk, also while that runs. Raises `BadSettings`."""
    from bot.store import Store

    store = Store.open(existing(database_path()), alone=False)
    try:
        yield store
    finally:
        store.close()


def database_path() -> Path:
    """Where the database is, whatever else is wrong in the settings."""
    try:
        return read_settings().database
    except BadSettings as error:
        if error.rest is None or "FAPIAO_DATABASE" in str(error):
            raise
        return error.rest.database


def existing(database: Path) -> Path:
    """The database, which must be there. Raises `BadSettings`."""
    if not database.is_file():
        raise BadSettings(f"FAPIAO_DATABASE  {database}: No such file; fapiao-desk run makes it")
    return database
