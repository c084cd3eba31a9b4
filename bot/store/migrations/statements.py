"""Several statements of SQL at once, as migrations have them."""

from __future__ import annotations

from sqlite_utils import Database


def run(db: Database, statements: str) -> None:
    """Execute each of them, which semicolons part; none has one inside."""
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)
