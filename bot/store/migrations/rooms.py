"""What is known of rooms, besides what `cases` made."""

from __future__ import annotations

from sqlite_utils import Database


def icons(db: Database) -> None:
    """The icon that a room's topic was given last, '' for none."""
    db.execute("alter table rooms add column icon text not null default ''")
