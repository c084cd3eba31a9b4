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


# Only what has a duration is found by `record_replies`: the first word of a tier to a person. By
# `record_tickets` a person is told how theirs went.
WAITS = """
alter table record add column minutes integer; -- clock: working minutes that it took
create table usual (
    tier text primary key,
    minutes integer not null -- working minutes to the first word: bot/store/waits.py
) without rowid;
create index record_replies on record (at, to_tier, minutes)
    where kind = 'clock' and field = 'first_reply' and minutes is not null;
create index record_tickets on record (ticket) where kind = 'ticket';
create index tickets_queue on tickets (tier, due_at) where status = 'new' and due_at is not null
"""


def waits(db: Database) -> None:
    """What older desks recorded has no duration, so nothing is usual at first."""
    run(db, WAITS)


# What the day of `at` had by then is not counted a second time. Tickets are counted as they change:
# counting them when a tier is told would take the longer the more wait.
DIGESTS = """
create table digests (
    tier text primary key,
    at real not null, -- when the tier was told last how it stands, or began to be told
    opened integer not null,
    closed integer not null
) without rowid;
create table ticket_counts (
    tier text not null,
    status text not null,
    count integer not null,
    primary key (tier, status)
) without rowid;
insert into ticket_counts select tier, status, count(*) from tickets group by tier, status
"""
_MORE = (
    "insert into ticket_counts values (new.tier, new.status, 1)"
    " on conflict (tier, status) do update set count = count + 1"
)
_LESS = "update ticket_counts set count = count - 1 where tier = old.tier and status = old.status"
COUNTING = (
    f"create trigger tickets_more after insert on tickets begin {_MORE}; end",
    f"create trigger tickets_less after delete on tickets begin {_LESS}; end",
    "create trigger tickets_other after update of tier, status on tickets"
    " when new.tier != old.tier or new.status != old.status"
    f" begin {_LESS}; {_MORE}; end",
)


def digests(db: Database) -> None:
    """When each tier was told how it stands: none yet; and how many tickets there are."""
    run(db, DIGESTS)
    for trigger in COUNTING:
        db.execute(trigger)
