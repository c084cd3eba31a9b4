"""When an open ticket is due, so that the most urgent of many are found at once; and by what clocks
were wound.
"""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run

# A tier's queue is read in this order; those that wait for nobody come last.
DUE = """
alter table tickets add column due_at real;
create index tickets_due on tickets (tier, due_at) where status != 'closed'
"""

WOUND = """
create table wound (
    one integer primary key check (one = 1),
    by text not null -- a digest of working hours and stages: bot/loops/winding.py
)
"""


def due(db: Database) -> None:
    """Tickets of older desks have no clock: nothing is due of them until something happens."""
    run(db, DUE)


def wound(db: Database) -> None:
    """By which working hours and stages the timers of clocks were set: at first by none."""
    run(db, WOUND)
