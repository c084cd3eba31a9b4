"""What agents look for: lists in the order of their urgency, and words."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.migrations.statements import run
from bot.store.words import parts

# Tickets of older desks are named as their person was called last; those of nobody have no name.
BOARDS = """
create index tickets_nobodys on tickets (tier, due_at, opened_at) where status = 'new';
create index tickets_taken on tickets (tier, due_at, opened_at)
    where status in ('open', 'pending');
create index tickets_owned on tickets (owner_address, due_at, opened_at)
    where status in ('open', 'pending');
create table ticket_words (
    word text not null, -- two characters of what it is about or whose it is, or a choice's name
    opened_at real not null,
    number text not null,
    primary key (word, opened_at, number)
) without rowid;
create index ticket_words_of on ticket_words (number);
update tickets set data = json_set(data, '$.name', (select json_extract(data, '$.person.name')
        from conversations where id = tickets.conversation),
    '$.username', (select coalesce(json_extract(data, '$.person.username'), '')
        from conversations where id = tickets.conversation))
    where json_valid(data) and summary not in ('erased::', 'thinned::') and exists (select 1
        from conversations where id = tickets.conversation and json_valid(data)
        and json_type(data, '$.person.name') = 'text')
"""


def boards(db: Database) -> None:
    """Indexes, and the words of the tickets that there are."""
    run(db, BOARDS)
    rows = db.execute(
        "select number, opened_at, summary, case when json_valid(data) then"
        " coalesce(json_extract(data, '$.name'), '') || ' ' ||"
        " coalesce(json_extract(data, '$.username'), '') else '' end from tickets"
    ).fetchall()
    for number, opened_at, summary, names in rows:
        kind, of, text = summary.split(":", 2)
        words = parts(f"{names} {text if kind == 'said' else ''}")
        chosen = {f"{of}:{text}"} if kind == "choice" else set()
        db.conn.executemany(
            "insert or ignore into ticket_words values (?, ?, ?)",
            [(word, opened_at, number) for word in {*words, *chosen}],
        )


# An agent of several tiers has a row for each.
AGENTS = """
create table agents (
    tier text not null,
    address text not null,
    name text not null,
    username text not null,
    seen_at real not null, -- when they last did something in the tier's group
    dealt_at real, -- when they were last given a ticket of the tier by turns
    away integer not null default 0,
    primary key (tier, address)
) without rowid;
create index agents_address on agents (address);
create index agents_away on agents (address) where away = 1
"""


def agents(db: Database) -> None:
    """Who works at each tier: nobody was seen yet."""
    run(db, AGENTS)
