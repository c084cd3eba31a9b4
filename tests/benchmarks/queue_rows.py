"""A database with many open tickets and many people: straight into SQLite, in rows as the desk
itself leaves them, but that of a conversation only what is not as at its beginning is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.ticket import Slot, Status, Summary, Ticket, Waiting
from bot.core.tickets.lifecycle import number
from bot.store import Store
from bot.store.conversations import CONVERSATION
from bot.store.tickets import COLUMNS
from bot.store.words import of as words_of
from tests.addresses import on_telegram

NOW = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)
"""Tuesday, 9:05 in Beijing."""
FIRST = 10_000_000
"""Numbers of people on the channel begin here."""
NAMED = 10
"""Tickets of people with the same name, and of the same invoice."""
DUE_NOW = 10
"""Timers whose time has come."""
AGENTS = 60
CHUNK = 10_000
TIERS = ("frontline",) * 7 + ("technical",) * 2 + ("coordination",)
STATUSES: tuple[Status, ...] = ("new",) * 4 + ("open",) * 5 + ("pending",)
SAID = ("昨天开的票查不到", "红冲以后还在原来的地方", "勾选里没有供应商的票")
"""What tickets are about, one after the other."""
_SURNAMES, _GIVEN = 0x5F20, 0x6653  # where letters of names begin
Rows = Iterator[tuple[Any, ...]]

INSERTS = {
    "people": "(id, created) values (?, ?)",
    "addresses": "(address, person) values (?, ?)",
    "conversations": "(id, person, data, updated_at) values (?, ?, ?, ?)",
    "timers": "(subject, what, at) values (?, ?, ?)",
    "tickets": f"(conversation, person, updated_at, {COLUMNS})"
    f" values ({', '.join('?' * (3 + len(COLUMNS.split(','))))})",
    "ticket_words": "(word, opened_at, number) values (?, ?, ?)",
    "daily": "(day, kind, what, to_tier, flow, step, how, value, entry, count)"
    " values (?, ?, ?, ?, '', '', '', ?, '', ?)",
    "usual": "(tier, minutes) values (?, 25)",
}


def fill(path: Path, tickets: int, people: int) -> None:
    """Make such a database; the first of the people have one ticket each."""
    store = Store.open(path)
    rows = Crowd(store, tickets, people)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma synchronous = off")
        for table, insert in INSERTS.items():
            each: Rows = getattr(rows, table)()
            while chunk := list(islice(each, CHUNK)):
                db.execute("begin")
                db.executemany(f"insert into {table} {insert}", chunk)
                db.execute("commit")
        db.execute("pragma wal_checkpoint(truncate)")
    with store.writing():
        store.digests.begin(set(TIERS), (NOW - timedelta(days=1)).timestamp())
    store.close()


def name(n: int) -> str:
    """What the person of the n-th of so many tickets is called: two letters, no others so."""
    return chr(_SURNAMES + n % 100) + chr(_GIVEN + n // 100)


def invoice(n: int) -> str:
    """The number of an invoice."""
    return f"2511200000{n:010d}"


class Crowd:
    """The rows of each table."""

    def __init__(self, store: Store, tickets: int, people: int) -> None:
        self._store = store
        self._count = tickets
        self._people = people

    def people(self) -> Rows:
        return ((n + 1, NOW.timestamp()) for n in range(self._people))

    def addresses(self) -> Rows:
        return ((_address(n), n + 1) for n in range(self._people))

    def conversations(self) -> Rows:
        me = on_telegram(12345678)
        talk = Conversation(id=subject.conversation(me), address=me, person=Person(me, "纳税人"))
        data = CONVERSATION.dump_json(talk, exclude_defaults=True).decode()
        for n in range(self._people):
            there = data.replace("12345678", str(FIRST + n))
            yield subject.conversation(_address(n)), n + 1, there, NOW.timestamp()

    def timers(self) -> Rows:
        """Of each person when what they said goes, of each ticket its clock and the next word."""
        for n in range(self._people):
            yield subject.conversation(_address(n)), "keep", NOW.timestamp() + 86400.0 + n
        for n in range(self._count):
            of, due = subject.conversation(_address(n)), NOW.timestamp() + 60.0 + n
            yield of, f"clock:{number_of(n)}", due if n >= DUE_NOW else due - 120.0
            yield of, f"progress:{number_of(n)}", due + 3600.0

    def tickets(self) -> Rows:
        for n, ticket in enumerate(self._tickets()):
            row = self._store.tickets._row(ticket)
            yield subject.conversation(_address(n)), n + 1, NOW.timestamp(), *row

    def ticket_words(self) -> Rows:
        for ticket in self._tickets():
            for word in words_of(ticket):
                yield word, ticket.opened_at.timestamp(), ticket.number

    def daily(self) -> Rows:
        """Thirty days on each of which as many came and were closed as there are."""
        for n in range(30):
            day = (NOW - timedelta(days=n)).date().isoformat()
            for tier in sorted({*TIERS}):
                for what in ("opened", "escalated", "claimed", "resolved", "confirmed", "expired"):
                    yield day, "ticket", what, tier, "", self._count
                for stars in "12345":
                    yield day, "rating", "rated", tier, stars, self._count

    def usual(self) -> Rows:
        return ((tier,) for tier in sorted({*TIERS}))

    def _tickets(self) -> Iterator[Ticket]:
        return (self._ticket(n) for n in range(self._count))

    def _ticket(self, n: int) -> Ticket:
        """Half of what has a clock is overdue, half of the rest is due today."""
        opened, status = NOW - timedelta(seconds=600 + n), STATUSES[n * 7 % 10]
        owner = Person(on_telegram(2000 + n % AGENTS), "小李") if status != "new" else None
        due = NOW + timedelta(hours=(-30, -2, 4, 40)[n % 4]) + timedelta(seconds=n % 997)
        same = n // NAMED
        slots = {"number": Slot(invoice(same), by=n, at=opened), "date": Slot("2026-11-20")}
        return Ticket(
            number=number_of(n),
            summary=Summary("said", SAID[n % len(SAID)]),
            status=status,
            tier=TIERS[n * 3 % 10],
            opened_at=opened,
            opened_by=n + 1,
            owner=owner,
            slots=slots,
            invoice=invoice(same),
            complaint=SAID[n % len(SAID)],
            waiting=Waiting(entered_at=opened, targets={"first_reply": 30}, since=opened),
            due_at=due if status != "pending" else None,
            name=name(same),
        )


def _address(n: int) -> str:
    return on_telegram(FIRST + n)


def number_of(n: int) -> str:
    """The number of the n-th ticket."""
    return number(n + 1_000_000)
