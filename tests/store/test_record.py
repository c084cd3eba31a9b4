"""What happened is added in plain columns; its sums by day outlive whom it was of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from sqlite3 import IntegrityError
from typing import Any

import pytest

from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.record import Record
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.store import Arrival, Basis, Store
from tests.addresses import LI, WANG, on_telegram

AT = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)  # a minute to midnight in Beijing
ONE, OTHER = subject.conversation(WANG), subject.conversation(on_telegram(1002))
VERDICT = Record(
    at=AT,
    kind="verdict",
    what="offered",
    role="desk",
    flow="diagnose",
    step="date",
    entry="query-not-shown",
    score=0.8125,
    candidates=(("query-not-shown", 0.8125), ("print", 0.25)),
    question="[电话]查不到",
)
CLAIMED = Record(
    at=AT,
    kind="ticket",
    what="claimed",
    role="agent",
    agent=LI,
    ticket="F2222",
    owner=LI,
    from_status="new",
    to_status="open",
    from_tier="frontline",
    to_tier="frontline",
)


BASIS = Basis(faq="faq1", program="0.3.0", matcher="lexical", limits="{}")


def happens(store: Store, of: str, *records: Record, basis: Basis = BASIS) -> int:
    """Let an event of this conversation be decided; returns its row."""
    now = AT.timestamp()
    store.inbox.take([Arrival("telegram", f"{of} {records}", subject.name(of), "说的话")], now)
    (row,) = store.inbox.waiting(1)
    store.inbox.done(row, of, store.records.decides_by(basis, now))
    store.records.add(of, row.id, records)
    return row.id


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store._db.execute(query).fetchall()


def test_what_happened_stands_in_plain_columns(store: Store) -> None:
    seq = happens(store, ONE, VERDICT, CLAIMED)
    (verdict, claimed) = store._db["record"].rows
    assert (verdict["seq"], verdict["n"], verdict["conversation"]) == (seq, 0, ONE)
    assert (verdict["what"], verdict["entry"], verdict["score"]) == (
        "offered",
        "query-not-shown",
        0.8125,
    )
    assert verdict["candidates"] == '[["query-not-shown", 0.8125], ["print", 0.25]]'
    assert (verdict["agent"], verdict["verdict"], verdict["ticket"]) == ("", None, "")
    assert (claimed["n"], claimed["agent"], claimed["owner"]) == (1, LI, LI)
    assert (claimed["from_status"], claimed["to_status"], claimed["score"]) == ("new", "open", None)
    assert claimed["at"] == AT.timestamp()


def test_each_event_names_by_what_it_was_decided(store: Store) -> None:
    first = happens(store, ONE)
    second = happens(store, OTHER, basis=replace(BASIS, faq="faq2"))
    third = happens(store, ONE, VERDICT)
    store.inbox.take([Arrival("telegram", "x", "group:telegram:-100", "")], 1.0)
    (row,) = store.inbox.waiting(1)
    store.inbox.done(row, None)
    query = "select inbox.id, faq from inbox left join versions on versions.id = basis"
    assert rows(store, f"{query} order by inbox.id") == [
        (first, "faq1"),
        (second, "faq2"),
        (third, "faq1"),
        (row.id, None),
    ]


def test_a_day_ends_at_midnight_in_beijing(store: Store) -> None:
    happens(store, ONE, VERDICT)
    happens(store, ONE, VERDICT, replace(VERDICT, at=AT + timedelta(minutes=1)))
    assert rows(store, "select day, what, entry, count from daily") == [
        ("2026-11-24", "offered", "query-not-shown", 2),
        ("2026-11-25", "offered", "query-not-shown", 1),
    ]


@pytest.mark.parametrize(
    "changed",
    [{"faq": "2"}, {"program": "2"}, {"matcher": "semantic"}, {"limits": '{"tickets":1}'}],
)
def test_whatever_decides_otherwise_is_another_basis_and_the_same_is_kept_once(
    store: Store, changed: dict[str, str]
) -> None:
    bases = (BASIS, replace(BASIS, **changed), BASIS)
    first, other, again = (store.records.decides_by(each, 1.0 + n) for n, each in enumerate(bases))
    assert first == again != other
    assert [row["at"] for row in store._db["versions"].rows] == [1.0, 2.0]


@pytest.mark.parametrize("column", ["at", "what", "question", "verdict"])
def test_what_happened_is_never_changed(store: Store, column: str) -> None:
    happens(store, ONE, VERDICT)
    before = rows(store, "select * from record")
    with pytest.raises(IntegrityError, match="never changed"):
        store._db.execute(f"update record set {column} = 1")
    assert rows(store, "select * from record") == before


@pytest.mark.parametrize("how", ["forget", "thin"])
def test_what_a_person_did_goes_and_the_sums_stay(store: Store, how: str) -> None:
    happens(store, ONE, VERDICT, CLAIMED)
    happens(store, OTHER, VERDICT)
    before = rows(store, "select * from daily")
    if how == "forget":
        store.retention.forget(ONE)
    else:
        store.retention.thin(ONE, AT)
    assert rows(store, "select conversation, kind from record") == [(OTHER, "verdict")]
    assert rows(store, "select * from daily") == before
    assert rows(store, "select sum(count) from daily") == [(3,)]


def test_nobody_stands_in_the_sums(store: Store) -> None:
    happens(store, ONE, VERDICT, CLAIMED)
    kept = str(rows(store, "select * from daily"))
    assert not any(of in kept for of in ("1001", "2001", "F2222", "查不到"))


def test_what_is_new_and_what_is_of_an_open_ticket_stays(store: Store) -> None:
    talk = Conversation(id=ONE, address=WANG, person=Person(WANG, ""))
    ticket = Ticket(
        number="F2222", summary=Summary("nothing"), status="open", tier="frontline", opened_at=AT
    )
    store.conversations.keep(Decision(conversation=talk, tickets=(ticket,)), 1.0)
    happens(store, ONE, VERDICT, CLAIMED)
    happens(store, ONE, replace(VERDICT, at=AT + timedelta(seconds=1)))
    store.retention.thin(ONE, AT)
    assert rows(store, "select seq, kind from record") == [(1, "ticket"), (2, "verdict")]
