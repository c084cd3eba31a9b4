"""What happened, added and never changed; and by what each event was decided.

Sums by day are kept by a trigger (`daily`), so none can be missing, and erasing changes none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from bot.core.model.record import Happened, Record

COLUMNS = (
    "conversation, seq, n, at, kind, what, role, agent, ticket, owner, from_status, to_status,"
    " from_tier, to_tier, flow, step, field, how, value, entry, score, candidates, verdict,"
    " question, minutes"
)
INSERT = f"insert into record ({COLUMNS}) values ({', '.join('?' * len(COLUMNS.split(',')))})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an event is decided by, beside itself and what is known: the same decide the same.

    `faq` and `program` are versions, `matcher` is lexical or semantic, `limits` their JSON.
    """

    faq: str
    program: str
    matcher: str
    limits: str


class Records:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, conversation: str, seq: int, records: Iterable[Record]) -> None:
        """What happened in the event of row `seq`."""
        self._db.conn.executemany(
            INSERT,
            [
                (
                    conversation,
                    seq,
                    n,
                    each.at.timestamp(),
                    each.kind,
                    each.what,
                    each.role,
                    each.agent,
                    each.ticket,
                    each.owner,
                    each.from_status,
                    each.to_status,
                    each.from_tier,
                    each.to_tier,
                    each.flow,
                    each.step,
                    each.field,
                    each.how,
                    each.value,
                    each.entry,
                    each.score,
                    json.dumps(each.candidates) if each.candidates else "",
                    each.verdict,
                    each.question,
                    each.minutes,
                )
                for n, each in enumerate(records)
            ],
        )

    def of_ticket(self, number: str) -> tuple[Happened, ...]:
        """What became of a ticket, oldest first."""
        rows = self._db.execute(
            "select at, what, to_tier, field from record where kind = 'ticket' and ticket = ?"
            " order by seq, n",
            [number],
        )
        return tuple(
            Happened(datetime.fromtimestamp(at, UTC), what, tier, field)
            for at, what, tier, field in rows
        )

    def comments(self, conversation: str) -> dict[str, str]:
        """What the person of a conversation wrote on how their tickets went, by their numbers."""
        rows = self._db.execute(
            "select ticket, question from record where seq in"
            " (select id from inbox where subject = ?) and kind = 'rating' and what = 'commented'"
            " order by seq, n",
            [conversation],
        )
        return dict(rows.fetchall())

    def decides_by(self, basis: Basis, now: float) -> int:
        """The number under which events name that they were decided by this."""
        what = [basis.faq, basis.program, basis.matcher, basis.limits]
        known = "select id from versions where (faq, program, matcher, limits) = (?, ?, ?, ?)"
        row = self._db.execute(known, what).fetchone()
        if row is None:
            new = "insert into versions (faq, program, matcher, limits, at) values (?, ?, ?, ?, ?)"
            row = self._db.execute(f"{new} returning id", [*what, now]).fetchone()
        return int(row[0])
