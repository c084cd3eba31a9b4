"""Where the database is that a command looks at."""

from __future__ import annotations

from pathlib import Path

from bot.app.settings import BadSettings, read_settings


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
