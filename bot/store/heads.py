"""The first waiting order of each lane, which alone can be carried out.

They are kept in a temporary table, which is in memory, and triggers keep it true to the outbox in
the same transaction. So it costs no byte on the disk, where an index of the same costs two pages a
message; what undoes a change undoes it there; and it is made anew from the outbox after each start,
and whenever another program has changed the database, which no trigger here sees.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from bot.store.lanes import NEWS, PEOPLE

LONGEST = 3600.0  # seconds from one attempt to the next at most

FOR_PEOPLE = " or ".join(f"lane glob '{kind}*'" for kind in PEOPLE)
CLASS = f"case when {FOR_PEOPLE} then 0 else 1 + (lane glob '{NEWS}*') end"
"""Of people, of groups, of news: the lower goes first."""
NEWEST = (
    "(select max(id) from outbox as behind"
    " where behind.status = 'waiting' and behind.lane = outbox.lane)"
)
HEAD = f"insert into heads select id, lane, {CLASS}, {NEWEST}, due_at, 0 from outbox"
FILL = (
    "delete from heads",
    f"{HEAD} where id in (select min(id) from outbox where status = 'waiting' group by lane)",
)
TURN = "class, iif(class = 0, -newest, first)"


def _look(lane: str) -> str:
    """Find the head of a lane, and the newest order behind it."""
    return (
        f"{HEAD} where status = 'waiting' and lane = {lane} order by id limit 1"
        " on conflict (first) do update set newest = excluded.newest"
    )


TABLE = (
    "create temp table heads (first integer primary key, lane text not null,"
    " class integer not null, newest integer not null, due real not null, ready integer not null)",
    f"create index temp.heads_ready on heads ({TURN}) where ready = 1",
    "create index temp.heads_due on heads (ready, due)",
    "create temp trigger heads_put after insert on outbox when new.status = 'waiting'"
    f" begin {_look('new.lane')}; end",
    "create temp trigger heads_put_off after update of due_at on outbox"
    " when new.status = 'waiting'"
    " begin update heads set due = new.due_at, ready = 0 where first = new.id; end",
    "create temp trigger heads_over after update of status on outbox"
    " when old.status = 'waiting' and new.status != 'waiting'"
    f" begin delete from heads where first = old.id; {_look('old.lane')}; end",
    "create temp trigger heads_erased after delete on outbox when old.status = 'waiting'"
    f" begin delete from heads where first = old.id; {_look('old.lane')}; end",
)
SETTLE = (
    "update heads set ready = 1 - ready where first in ("
    "select first from heads where ready = 0 and due <= :now"
    " union all select first from heads where ready = 0 and due > :late"
    " union all select first from heads where ready = 1 and due > :now and due <= :late)"
)
READY = (
    "select id, subject, heads.lane, effect, attempts, due_at, created_at, newest"
    " from heads indexed by heads_ready cross join outbox on id = first where ready = 1"
    f" and heads.lane not in (select value from json_each(?)) order by {TURN} limit ?"
)


class Heads:
    """All times are seconds since 1970."""

    def __init__(self, db: Database) -> None:
        self._db = db
        for statement in TABLE:
            db.execute(statement)

    def ready(self, now: float, limit: int, busy: Sequence[str]) -> list[tuple[Any, ...]]:
        """Those that are due, but for the lanes that are busy, with the newest order behind each.

        People come first, of them whose lane got something last; then groups, then news, in the
        order in which they were put.
        """
        self._settle(now)
        return self._db.execute(READY, [json.dumps(busy), limit]).fetchall()

    def next_due(self, now: float) -> float | None:
        """When the next one will be due that is not."""
        self._settle(now)
        (at,) = self._db.execute("select min(due) from heads where ready = 0").fetchone()
        return None if at is None else float(at)

    def _settle(self, now: float) -> None:
        """Which are due by this clock, that may have been set back: so is what is due too late."""
        self._refresh()
        self._db.execute(SETTLE, {"now": now, "late": now + LONGEST})

    def _refresh(self) -> None:
        """Make the table anew if another program has changed the database since it was made.

        The version that it was made of is beside it, so that both are undone together.
        """
        (version,) = self._db.execute("pragma main.data_version").fetchone()
        if self._db.execute("pragma temp.user_version").fetchone() != (version,):
            for statement in FILL:
                self._db.execute(statement)
            self._db.execute(f"pragma temp.user_version = {version}")
