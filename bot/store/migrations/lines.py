"""What is known of lines of what was said, besides what `rows` made."""

from __future__ import annotations

from sqlite_utils import Database


def taken_back(db: Database) -> None:
    """Who took a line back from the person, '' for nobody."""
    db.execute("alter table messages add column taken_back text not null default ''")
