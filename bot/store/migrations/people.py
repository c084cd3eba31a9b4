"""People above their addresses, where an older desk took a conversation for its person."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run

# `addresses` says who an address is; in `conversations` and `tickets` the same stands once more, so
# that all of a person is found by one index. No number is given twice, as a row that is still being
# erased may have it. What belongs to nobody any more has none.
PEOPLE = """
create table people (
    id integer primary key autoincrement,
    created real not null -- when they were first heard, in seconds since 1970, UTC
);
create table addresses (
    address text primary key,
    person integer not null
) without rowid;
alter table conversations add column person integer;
alter table tickets add column person integer;
insert into people select rowid,
    coalesce((select received_at from inbox where subject = conversations.id order by id limit 1),
    updated_at) from conversations order by rowid;
update conversations set person = rowid;
insert into addresses select substr(id, length('conversation:') + 1), person from conversations;
update tickets set person =
    (select person from conversations where id = tickets.conversation);
create index conversations_person on conversations (person);
create index tickets_person on tickets (person, opened_at);
drop index tickets_case;
create index tickets_case on tickets (conversation)
"""


def people(db: Database) -> None:
    """A person for each address that was heard."""
    run(db, PEOPLE)
