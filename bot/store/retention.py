"""What is not kept for ever: texts go, counts and times stay, the file has no trace of it.

It goes in steps of a few rows, so that nobody waits for a person who has said much. What is left to
do stands in the file (`erasing`); of whoever is erased nothing is used from the first step on.
"""

from __future__ import annotations

import logging
import math
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from bot.store.attachments import Attachments
from bot.store.conversations import Conversations
from bot.store.erasing import EVERYTHING, OLD, Part

ROWS = 200
"""Rows that one step looks at: 2 to 10 ms of processor, and one sync of the disk."""

log = logging.getLogger(__name__)


class Retention:
    """`unwritten`: something was erased whose old pages the log beside the file may still have;
    `begun`: something may be left to be erased, by what this process did or before it began.
    """

    def __init__(
        self, db: Database, conversations: Conversations, attachments: Attachments
    ) -> None:
        self._db = db
        self._conversations = conversations
        self._attachments = attachments
        self.unwritten = False
        self.begun = True

    def forget(self, conversation: str) -> list[str]:
        """Erase everything that was said and known in a conversation by now: the first step of it.

        Returns the numbers of the tickets that were blanked, but for one that was open.
        """
        self._conversations.forget(conversation)
        return self._step(*self._begin(conversation, None))

    def thin(self, conversation: str, before: datetime) -> None:
        """Drop what was said in a conversation by then, and what tickets know that were closed by
        then, with the titles of their rooms: the first step of it.
        """
        self._step(*self._begin(conversation, before.timestamp()))

    def step(self) -> list[str]:
        """Go on with what was begun first; returns the numbers of the tickets that were blanked."""
        row = self._db.execute("select * from erasing order by id limit 1").fetchone()
        self.begun = row is not None
        return self._step(*row) if row else []

    def _begin(self, conversation: str, before: float | None) -> tuple[Any, ...]:
        number = self._db.execute(
            "insert into erasing (subject, before, inbox, outbox) values (?, ?,"
            " (select coalesce(max(id), 0) from inbox), (select coalesce(max(id), 0) from outbox))",
            [conversation, before],
        ).lastrowid
        self.begun = True
        row = self._db.execute("select * from erasing where id = ?", [number]).fetchone()
        return tuple(row)

    def _step(
        self,
        number: int,
        subject: str,
        before: float | None,
        inbox: int,
        outbox: int,
        part: int,
        after: int,
    ) -> list[str]:
        parts, left, blanked = EVERYTHING if before is None else OLD, ROWS, list[str]()
        given = {"of": subject, "before": math.inf if before is None else before}
        given |= {"inbox": inbox, "outbox": outbox}
        while part < len(parts) and left > 0:
            rows = self._erased(parts[part], given | {"after": after, "n": left}, blanked)
            part, after = (part, rows[-1]) if len(rows) == left else (part + 1, 0)
            left -= len(rows)
        if part < len(parts):
            at = [part, after, number]
            self._db.execute("update erasing set part = ?, after = ? where id = ?", at)
        else:
            self._db.execute("delete from erasing where id = ?", [number])
            self.unwritten = True
        self._attachments.unswept = True
        return blanked

    def _erased(self, part: Part, given: dict[str, Any], blanked: list[str]) -> list[int]:
        """Do the next of a part; returns the numbers of its rows, and adds tickets to `blanked`."""
        rows = [int(number) for (number,) in self._db.execute(part.rows, given)]
        if not rows:
            return rows
        given["last"] = rows[-1]
        if part.given_up and (old := self._db.execute(part.given_up, given).fetchone()[0]):
            day = datetime.fromtimestamp(given["before"], UTC).date()
            log.warning("%d messages that waited since before %s are given up", old, day)
        if part.blanked:
            blanked += [str(number) for (number,) in self._db.execute(part.blanked, given)]
        for act in part.acts:
            self._db.execute(act, given)
        return rows

    def overwrite(self) -> None:
        """Write over in the file what was erased, and empty the log; outside of a transaction.

        `secure_delete` has zeros put in its place. Nobody waits for a reader that is in the way:
        it stays to be done, and is with the next change.
        """
        (patience,) = self._db.execute("pragma busy_timeout").fetchone()
        self._db.execute("pragma busy_timeout = 0").fetchone()
        (busy, _, _) = self._db.execute("pragma wal_checkpoint(truncate)").fetchone()
        self._db.execute(f"pragma busy_timeout = {patience:d}").fetchone()
        self.unwritten = bool(busy)
