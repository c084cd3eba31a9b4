"""A desk that kept each conversation as one value: the tables of 0.1.0, and what was added."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run

# `inbox.key` is the channel's own number of the update: a second one with it is a repetition. Old
# rows lose it, because Telegram may begin its numbers anew after a quiet week.
# `outbox.lane` is what keeps its order; `name` is the key by which the core may edit it later.
FIRST = """
create table inbox (
    id integer primary key autoincrement,
    channel text not null,
    key text,
    lane text not null,
    received_at real not null,
    payload text not null,
    status text not null default 'waiting' check (status in ('waiting', 'done', 'failed')),
    case_id text,
    error text,
    unique (channel, key)
);
create index inbox_waiting on inbox (id) where status = 'waiting';
create index inbox_case on inbox (case_id);
create table cases (
    id text primary key,
    data text not null,
    updated_at real not null
);
create table tickets (
    number text primary key,
    case_id text not null,
    status text not null,
    tier text not null,
    owner text,
    opened_at real not null,
    updated_at real not null
);
create index tickets_case on tickets (case_id);
create table outbox (
    id integer primary key autoincrement,
    case_id text not null,
    lane text not null,
    name text not null default '',
    effect text not null,
    status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    due_at real not null,
    created_at real not null,
    done_at real,
    chat integer,
    message integer,
    error text
);
create index outbox_waiting on outbox (lane, id) where status = 'waiting';
create index outbox_named on outbox (lane, name, id) where name != '';
create index outbox_message on outbox (chat, message) where message is not null;
create index outbox_case on outbox (case_id);
create table copies (
    source_chat integer not null,
    source integer not null,
    chat integer not null,
    message integer not null,
    case_id text not null,
    lane text not null,
    primary key (source_chat, source, chat)
) without rowid;
create index copies_back on copies (chat, message);
create index copies_case on copies (case_id);
create table rooms (
    ticket text not null,
    tier text not null,
    chat integer not null,
    thread integer,
    title text not null,
    closed integer not null default 0,
    primary key (ticket, tier)
) without rowid;
create index rooms_thread on rooms (chat, thread);
create table timers (
    case_id text not null,
    what text not null,
    at real not null,
    primary key (case_id, what)
) without rowid;
create index timers_at on timers (at);
create table members (
    chat integer not null,
    person integer not null,
    member integer not null,
    checked_at real not null,
    primary key (chat, person)
) without rowid
"""

FAILED = """
create index inbox_failed on inbox (id) where status = 'failed';
create index outbox_failed on outbox (done_at) where status = 'failed'
"""

LARGE = """
create index inbox_keyed on inbox (received_at) where status = 'done' and key is not null;
create index tickets_open on tickets (tier) where status != 'closed'
"""

PAPERS = """
alter table tickets add column invoice text;
create index tickets_invoice on tickets (invoice) where invoice is not null;
create table papers (
    name text not null,
    case_id text not null,
    at real not null,
    primary key (name, case_id)
) without rowid;
create index papers_case on papers (case_id);
create table doomed (name text primary key) without rowid
"""

# `settled`: the core has decided what follows from the order's refusal. `notice`: the order that
# tells staff of a row that failed; below 0 where an older desk told them.
ACCOUNT = """
create table tally (
    name text primary key,
    taken integer not null,
    erased integer not null
) without rowid;
alter table outbox add column settled integer not null default 0;
alter table inbox add column notice integer;
update outbox set settled = 1 where status = 'failed';
update inbox set notice = -1 where status = 'failed';
insert into tally select 'inbox', count(*), 0 from inbox;
insert into tally select 'outbox', count(*), 0 from outbox
"""

TAKEN = (
    "create trigger inbox_taken after insert on inbox begin"
    " update tally set taken = taken + 1 where name = 'inbox'; end",
    "create trigger outbox_taken after insert on outbox begin"
    " update tally set taken = taken + 1 where name = 'outbox'; end",
)


def first(db: Database) -> None:
    """Inbox, cases, outbox, and what relates the desk's names to the channel's ids."""
    run(db, FIRST)


def failed(db: Database) -> None:
    """What failed is found without reading all that went well."""
    run(db, FAILED)


def moved(db: Database) -> None:
    """Groups that have become supergroups, whose ids are others."""
    db.execute("create table moves (old integer primary key, new integer not null)")


def large(db: Database) -> None:
    """What is asked at start and every hour is found without reading the past."""
    run(db, LARGE)


def papers(db: Database) -> None:
    """Whose the kept files are, and which invoice an open ticket is about."""
    run(db, PAPERS)


def kept(db: Database) -> None:
    """Who has not written since nothing was thinned yet is looked at as well, once."""
    db.execute("insert or ignore into timers (case_id, what, at) select id, 'keep', 0 from cases")


def account(db: Database) -> None:
    """What was ever kept, how much of it was erased, and whether somebody knows what failed.

    What an older desk has deleted is unknown: it is counted from here on.
    """
    run(db, ACCOUNT)
    for trigger in TAKEN:
        db.execute(trigger)
