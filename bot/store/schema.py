"""The tables, by migrations that only go forward. Times are seconds since 1970, UTC.

A migration that was released is never changed; the next one comes after it. What released desks
have left behind is kept in `tests/store/fixtures`, and brought up to date by the tests.
"""

from __future__ import annotations

from contextlib import closing

from sqlite_utils import Database, Migrations

from bot.store.addressed import address, addressed
from bot.store.recorded import COUNTED, ERASING, RECORD
from bot.store.relabel import Ids, relabelled, same
from bot.store.split import split

migrations = Migrations("fapiao-desk")


class Foreign(OSError):
    """A database that this desk must not touch: not one of a desk, or one of a newer desk."""


def version(db: Database) -> str:
    """The name of the newest migration that the database has; "" for one without tables.

    Raises `Foreign`.
    """
    applied = [each.name for each in migrations.applied(db)]
    if not applied and {*db.table_names()} - {migrations.migrations_table}:
        raise Foreign("this is not the database of a desk")
    known = _known()
    if strange := [name for name in applied if name not in known]:
        newer = f"this database is of a newer desk (it has {strange[-1]!r})"
        raise Foreign(f"{newer}; install that one, or restore an older backup")
    return applied[-1] if applied else ""


def latest() -> str:
    """The name of the newest migration there is."""
    return _known()[-1]


def upgrade(db: Database, ids: Ids = same) -> None:
    """Bring the database up to date, each migration in a transaction of its own.

    `ids` tells which value a label of an older desk stands for.
    """
    db.conn.create_function("relabelled", 1, lambda case: relabelled(case, ids))
    db.conn.create_function("addressed", 1, addressed)
    db.conn.create_function("address", 1, address)
    migrations.apply(db)


def _known() -> list[str]:
    with closing(Database(memory=True)) as empty:
        return [each.name for each in migrations.pending(empty)]


@migrations()
def first(db: Database) -> None:
    """Inbox, cases, outbox, and what relates the desk's names to the channel's ids."""
    _run(db, FIRST)


@migrations()
def failed(db: Database) -> None:
    """What failed is found without reading all that went well."""
    _run(db, FAILED)


@migrations()
def moved(db: Database) -> None:
    """Groups that have become supergroups, whose ids are others."""
    db.execute("create table moves (old integer primary key, new integer not null)")


@migrations()
def large(db: Database) -> None:
    """What is asked at start and every hour is found without reading the past."""
    _run(db, LARGE)


@migrations()
def papers(db: Database) -> None:
    """Whose the kept files are, and which invoice an open ticket is about."""
    _run(db, PAPERS)


@migrations()
def kept(db: Database) -> None:
    """Who has not written since nothing was thinned yet is looked at as well, once."""
    db.execute("insert or ignore into timers (case_id, what, at) select id, 'keep', 0 from cases")


@migrations()
def account(db: Database) -> None:
    """What was ever kept, how much of it was erased, and whether somebody knows what failed.

    What an older desk has deleted is unknown: it is counted from here on.
    """
    _run(db, ACCOUNT)
    for trigger in TAKEN:
        db.execute(trigger)


@migrations()
def ids(db: Database) -> None:
    """Options and symptoms by their ids, where an older desk kept their labels."""
    db.execute("update cases set data = relabelled(data)")


@migrations()
def rows(db: Database) -> None:
    """A conversation, its tickets and what was said in rows of their own."""
    _run(db, ROWS)
    cases = db.execute("select id, data, updated_at from cases").fetchall()
    for case_id, text, updated_at in cases:
        case = split(text)
        db.execute(
            "insert into conversations values (?, ?, ?)", [case_id, case.conversation, updated_at]
        )
        db.conn.executemany(
            "update tickets set summary = ?, owner_id = ?, first_reply_at = ?, closed_at = ?,"
            " data = ? where number = ?",
            case.tickets,
        )
        db.conn.executemany(
            "insert into messages"
            " (ticket, seq, at, who, name, text, item, chat, message, case_id)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*line, case_id) for line in case.lines],
        )
    db.execute("drop table cases")


@migrations()
def subjects(db: Database) -> None:
    """What each row is for, instead of the one case that everything was for."""
    _run(db, SUBJECTS)
    for table, column in OF_A_CONVERSATION:
        db.execute(
            f"update {table} set {column} = 'conversation:' || {column}"
            f" where {column} not in ('', 'forgotten')"
        )
    for table in ("inbox", "outbox"):
        db.execute(f"update {table} set subject = 'desk:' where subject = ''")


@migrations()
def titles(db: Database) -> None:
    """What a file that is kept is called, so that somebody can choose it."""
    db.execute("alter table attachments add column title text not null default ''")


@migrations()
def addresses(db: Database) -> None:
    """Addresses with their channel, where an older desk kept Telegram's numbers."""
    _run(db, ADDRESSES)


@migrations()
def record(db: Database) -> None:
    """What happened in plain columns, its sums by day, and by which FAQ each event was decided."""
    _run(db, RECORD)
    db.execute(COUNTED)


@migrations()
def erasing(db: Database) -> None:
    """Whoever has said much is erased in many steps, and what is left to do is remembered."""
    _run(db, ERASING)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)


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

# A line of `messages` that is an `edit` tells what the message of its `item` says now; `seq` is the
# event in which it was said. Of a ticket `data` is what nobody searches.
ROWS = """
create table conversations (
    id text primary key,
    data text not null,
    updated_at real not null
);
create table messages (
    id integer primary key autoincrement,
    case_id text not null,
    ticket text not null default '',
    seq integer not null,
    at real not null,
    who text not null,
    name text not null,
    text text not null,
    item text,
    chat integer,
    message integer,
    edit integer not null default 0
);
create index messages_case on messages (case_id, id);
create index messages_people on messages (case_id, id)
    where who in ('person', 'agent') and edit = 0;
create index messages_edits on messages (case_id, id) where edit = 1;
create index messages_said on messages (chat, message, id) where chat is not null;
alter table tickets add column summary text not null default 'erased::';
alter table tickets add column language text not null default 'zh';
alter table tickets add column owner_id integer;
alter table tickets add column first_reply_at real;
alter table tickets add column resolved_at real;
alter table tickets add column closed_at real;
alter table tickets add column data text not null default '{}';
drop index tickets_case;
create index tickets_case on tickets (case_id, opened_at);
create index tickets_unclosed on tickets (case_id) where status != 'closed'
"""

# What an inbox row names as its lane keeps its order; that of what the desk tells itself is the
# subject.
SUBJECTS = """
alter table inbox rename column case_id to subject;
alter table outbox rename column case_id to subject;
alter table timers rename column case_id to subject;
alter table tickets rename column case_id to conversation;
alter table messages rename column case_id to conversation;
alter table copies rename column case_id to conversation;
alter table papers rename column case_id to conversation;
alter table papers rename to attachments;
update conversations set data = json_set(data, '$.id', 'conversation:' || id)
    where json_valid(data);
update conversations set id = 'conversation:' || id;
update inbox set lane = 'conversation:' || substr(lane, 6) where status = 'waiting'
    and lane glob 'case:?*';
update inbox set lane = 'desk:' where status = 'waiting' and lane = 'case:'
"""
# A column that is a part of a key cannot be replaced, so those tables are made anew. A lane says
# itself whether it is a group's: nothing is read off an address but its channel. What failed may be
# worked on again, in its lane.
ADDRESSES = """
update inbox set lane = case when lane like '-%'
    then 'group:telegram:' || substr(lane, 1, instr(lane || '/', '/') - 1)
    else 'telegram:' || lane end
    where status in ('waiting', 'failed') and channel = 'telegram' and lane != '';
update inbox set payload = addressed(payload) where channel in ('outbox', 'intake');
update conversations set data = addressed(data);
update tickets set data = addressed(data);
alter table tickets add column owner_address text;
update tickets set owner_address = address(owner_id) where owner_id is not null;
alter table tickets drop column owner_id;
update messages set item = addressed(item) where item is not null;
drop index messages_said;
alter table messages rename column chat to number;
alter table messages add column chat text;
update messages set chat = address(number) where number is not null;
alter table messages drop column number;
create index messages_said on messages (chat, message, id) where chat is not null;
update outbox set effect = addressed(effect) where effect != '';
update outbox set lane = replace(lane, 'chat:', 'chat:telegram:') where lane glob '*chat:*';
drop index outbox_message;
alter table outbox rename column chat to number;
alter table outbox add column chat text;
update outbox set chat = address(number) where number is not null and number != 0;
alter table outbox drop column number;
create index outbox_message on outbox (chat, message) where message is not null;
alter table copies rename to numbered;
create table copies (
    source_chat text not null,
    source integer not null,
    chat text not null,
    message integer not null,
    conversation text not null,
    lane text not null,
    primary key (source_chat, source, chat)
) without rowid;
insert into copies select address(source_chat), source, address(chat), message, conversation,
    case when lane glob 'chat:*' then replace(lane, 'chat:', 'chat:telegram:') else lane end
    from numbered;
drop table numbered;
create index copies_back on copies (chat, message);
create index copies_case on copies (conversation);
alter table rooms rename to numbered;
create table rooms (
    ticket text not null,
    tier text not null,
    chat text not null,
    thread integer,
    title text not null,
    closed integer not null default 0,
    primary key (ticket, tier)
) without rowid;
insert into rooms select ticket, tier, address(chat), thread, title, closed from numbered;
drop table numbered;
create index rooms_thread on rooms (chat, thread);
drop table members;
create table members (
    chat text not null,
    person text not null,
    member integer not null,
    checked_at real not null,
    primary key (chat, person)
) without rowid;
alter table moves rename to numbered;
create table moves (old text primary key, new text not null) without rowid;
insert into moves select address(old), address(new) from numbered;
drop table numbered
"""
OF_A_CONVERSATION = (
    *(("inbox", "subject"), ("outbox", "subject"), ("timers", "subject")),
    *(("tickets", "conversation"), ("messages", "conversation"), ("copies", "conversation")),
    ("attachments", "conversation"),
)

TAKEN = (
    "create trigger inbox_taken after insert on inbox begin"
    " update tally set taken = taken + 1 where name = 'inbox'; end",
    "create trigger outbox_taken after insert on outbox begin"
    " update tally set taken = taken + 1 where name = 'outbox'; end",
)
