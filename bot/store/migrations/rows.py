"""From one value a conversation to rows, and from cases to subjects."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run
from bot.store.split import split

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

OF_A_CONVERSATION = (
    *(("inbox", "subject"), ("outbox", "subject"), ("timers", "subject")),
    *(("tickets", "conversation"), ("messages", "conversation"), ("copies", "conversation")),
    ("attachments", "conversation"),
)


def ids(db: Database) -> None:
    """Options and symptoms by their ids, where an older desk kept their labels."""
    db.execute("update cases set data = relabelled(data)")


def rows(db: Database) -> None:
    """A conversation, its tickets and what was said in rows of their own."""
    run(db, ROWS)
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


def subjects(db: Database) -> None:
    """What each row is for, instead of the one case that everything was for."""
    run(db, SUBJECTS)
    for table, column in OF_A_CONVERSATION:
        db.execute(
            f"update {table} set {column} = 'conversation:' || {column}"
            f" where {column} not in ('', 'forgotten')"
        )
    for table in ("inbox", "outbox"):
        db.execute(f"update {table} set subject = 'desk:' where subject = ''")


def titles(db: Database) -> None:
    """What a file that is kept is called, so that somebody can choose it."""
    db.execute("alter table attachments add column title text not null default ''")
