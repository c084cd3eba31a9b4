"""Where the tiers' groups are: a group that becomes a supergroup goes on under another id."""

from __future__ import annotations

from sqlite_utils import Database


class Groups:
    def __init__(self, db: Database) -> None:
        self._db = db

    def address(self, chat: int) -> int:
        """The id under which this group goes on; its own where it never moved."""
        row = self._db.execute("select new from moves where old = ?", [chat]).fetchone()
        return int(row[0]) if row else chat

    def move(self, old: int, new: int) -> None:
        """The group has a new id. What was said in it stays behind and can not be edited there."""
        for statement, values in (
            ("update moves set new = ? where new = ?", [new, old]),
            ("insert or replace into moves (old, new) values (?, ?)", [old, new]),
            ("delete from rooms where chat = ?", [old]),
            ("update outbox set name = '' where chat = ? and message is not null", [old]),
        ):
            self._db.execute(statement, values)

    def open_tickets(self, tier: str) -> list[tuple[str, str]]:
        """Case and number of every ticket of this tier that is not closed, oldest first."""
        rows = self._db.execute(
            "select conversation, number from tickets where tier = ? and status != 'closed'"
            " order by opened_at, number",
            [tier],
        )
        return [(row[0], row[1]) for row in rows]

    def hasten(self, name: str, now: float) -> None:
        """What waits to be tried again in the group of this tier or role is due now."""
        self._db.execute(
            "update outbox set due_at = ? where status = 'waiting' and due_at > ?"
            " and substr(lane, -length(?)) = ?",
            [now, now, f":{name}", f":{name}"],
        )
