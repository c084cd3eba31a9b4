"""Where the tiers' groups are: a group that becomes a supergroup goes on under another id."""

from __future__ import annotations

from sqlite_utils import Database


class Groups:
    def __init__(self, db: Database) -> None:
        self._db = db

    def address(self, chat: str) -> str:
        """The address under which this group goes on; its own where it never moved."""
        row = self._db.execute("select new from moves where old = ?", [chat]).fetchone()
        return str(row[0]) if row else chat

    def move(self, old: str, new: str) -> None:
        """The group has a new address. What was said in it stays behind and cannot be edited."""
        for statement, values in (
            ("update moves set new = ? where new = ?", [new, old]),
            ("insert or replace into moves (old, new) values (?, ?)", [old, new]),
            ("delete from rooms where chat = ?", [old]),
            ("update outbox set name = '' where chat = ? and message is not null", [old]),
        ):
            self._db.execute(statement, values)

    def hasten(self, name: str, now: float) -> None:
        """What waits to be tried again in the group of this tier or role is due now."""
        self._db.execute(
            "update outbox set due_at = ? where status = 'waiting' and due_at > ?"
            " and substr(lane, -length(?)) = ?",
            [now, now, f":{name}", f":{name}"],
        )
