"""What is not kept for ever: texts go, counts and times stay, the file has no trace of it."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlite_utils import Database

log = logging.getLogger(__name__)


class Retention:
    """`unwritten`: something was erased whose old pages the log beside the file may still have."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.unwritten = False

    def thin(self, conversation: str, before: datetime) -> None:
        """Drop what was said in a conversation by then, and what tickets know that were closed by
        then, with the titles of their rooms.

        What could not be done in all that time is not tried any more: nobody waits for it, and what
        an open ticket's room was not told stands in its history.
        """
        then = before.timestamp()
        (old,) = self._db.execute(
            "select count(*) from outbox where subject = ? and created_at < ?"
            " and status = 'waiting'",
            [conversation, then],
        ).fetchone()
        if old:
            log.warning("%d messages that waited since before %s are given up", old, before.date())
        self._db.execute(
            "update outbox set effect = '', error = null,"
            " settled = settled or status = 'waiting',"
            " status = case status when 'waiting' then 'failed' else status end"
            " where subject = ? and created_at < ?",
            [conversation, then],
        )
        self._db.execute(
            "delete from record where seq in (select id from inbox where subject = :of)"
            " and at <= :then and ticket not in"
            " (select number from tickets where conversation = :of and status != 'closed')",
            {"of": conversation, "then": then},
        )
        self._db.execute(
            "update inbox set status = 'done', payload = '', error = null"
            " where subject = ? and status != 'waiting' and received_at < ?",
            [conversation, then],
        )
        closed = "select number from tickets where conversation = ? and closed_at <= ?"
        self._db.execute(
            f"update rooms set title = ticket where ticket in ({closed})", [conversation, then]
        )
        self._db.execute(
            "update tickets set summary = 'thinned::', invoice = null, data = '{}'"
            " where conversation = ? and closed_at <= ?",
            [conversation, then],
        )
        self._db.execute(
            "delete from messages where conversation = :of and at <= :then and ticket not in"
            " (select number from tickets where conversation = :of and status != 'closed')"
            # What led to an open ticket belongs to it.
            " and (ticket != '' or not exists"
            " (select 1 from tickets where conversation = :of and status != 'closed'))",
            {"of": conversation, "then": then},
        )
        self.unwritten = True

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
