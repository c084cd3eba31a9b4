"""What happened in plain columns, and erasing in steps."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run

# Text columns that do not apply are '', so that `daily` can have them in its key, and numbers null.
# Rows of `record` are found by those of the inbox, so that no index has to be written for them.
RECORD = """
create table record (
    seq integer not null, -- the row of the inbox from which it follows
    n integer not null, -- which of those of that row
    at real not null, -- when it happened, in seconds since 1970, UTC
    kind text not null, -- ticket, verdict (of the FAQ), judgement (of a verdict), step, flow
    what text not null, -- what happened, a word of its kind: bot/core/model/record.py has them
    role text not null, -- who did it: person, agent, desk
    agent text not null, -- the address of the agent who did it
    conversation text not null, -- whose it is: that of its row, with which it is erased
    ticket text not null, -- the ticket that it is of, or that was open then
    owner text not null, -- ticket: the address of the agent who has it afterwards
    from_status text not null, -- ticket: its status before, '' where it is new
    to_status text not null, -- ticket: its status afterwards
    from_tier text not null, -- ticket: its tier before, '' where it is new
    to_tier text not null, -- ticket: its tier afterwards
    flow text not null, -- verdict, step, flow: the flow it was in
    step text not null, -- verdict, step, flow: the step that was asked, or the end that was come to
    field text not null, -- step, ticket: the field that was asked for
    how text not null, -- step, judgement: by button, words or file
    value text not null, -- step: the id of the option, choice or button
    entry text not null, -- verdict: the first candidate or what is shown, judgement: the chosen
    score real, -- verdict: the probability of the first candidate
    candidates text not null, -- verdict: JSON, the first five as [[entry, score], ...]
    verdict integer, -- judgement: the seq of the verdict, or of the event that showed an entry
    question text not null, -- verdict: what was asked, private values masked, cut
    primary key (seq, n)
) without rowid;
create table daily (
    day text not null, -- in Beijing, as 2026-11-24
    kind text not null,
    what text not null,
    to_tier text not null,
    flow text not null,
    step text not null,
    how text not null,
    value text not null,
    entry text not null,
    count integer not null, -- rows of `record` that were written, whatever was erased since
    primary key (day, kind, what, to_tier, flow, step, how, value, entry)
) without rowid;
create table versions (
    id integer primary key,
    faq text not null, -- version of the folder: bot/app/load
    program text not null, -- version of fapiao-desk, with the matcher's weights
    matcher text not null, -- lexical, or semantic: with the sentence encoder
    limits text not null, -- JSON of bot/core/content/limits.py
    at real not null, -- when a desk decided by this first
    unique (faq, program, matcher, limits)
);
alter table inbox add column basis integer
"""

TRIGGERS = (
    "create trigger record_added_only before update on record"
    " begin select raise(abort, 'what happened is never changed'); end",
    "create trigger record_counted after insert on record begin"
    " insert into daily values (date(new.at + 28800, 'unixepoch'), new.kind, new.what, new.to_tier,"
    " new.flow, new.step, new.how, new.value, new.entry, 1)"
    " on conflict (day, kind, what, to_tier, flow, step, how, value, entry)"
    " do update set count = count + 1; end",
)

# One row for each person of whom something is to be erased, and how far that has come.
ERASING = """
create table erasing (
    id integer primary key autoincrement,
    subject text not null,
    before real, -- what was said until then goes, null: everything
    inbox integer not null, -- the last row that it is about
    outbox integer not null, -- the last order that it is about
    part integer not null default 0, -- the table it has come to: bot/store/erasing.py
    after integer not null default 0 -- the row of that table it has come to
)
"""


def record(db: Database) -> None:
    """What happened in plain columns, its sums by day, and by what each event was decided."""
    run(db, RECORD)
    for trigger in TRIGGERS:
        db.execute(trigger)


def erasing(db: Database) -> None:
    """Whoever has said much is erased in many steps, and what is left to do is remembered."""
    run(db, ERASING)


def lanes(db: Database) -> None:
    """The numbers of invoices go that stayed where what was told to them had waited."""
    db.execute(
        "update inbox set lane = '' where status = 'done' and subject is null"
        " and lane glob 'invoice:*'"
    )
