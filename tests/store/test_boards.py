"""Lists of tickets are in their order, and cost the same however many tickets there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.model.agents import COUNTED, SHOWN, Search
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Status, Summary, Ticket
from bot.store import Store
from tests.store.conftest import until

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
LI = Person("telegram:7", "小李")
NOBODYS: Ticket = Ticket(
    number="F2222",
    summary=Summary("said", "红冲的票查不到"),
    status="new",
    tier="frontline",
    opened_at=AT,
    name="王芳",
    username="wang_fang",
)


def owned(number: str, due: float | None = None, status: Status = "open") -> Ticket:
    at = None if due is None else AT + timedelta(hours=due)
    return replace(NOBODYS, number=number, status=status, owner=LI, due_at=at)


def keep(store: Store, *tickets: Ticket, of: str = "1") -> None:
    talk = Conversation(
        id=f"conversation:telegram:{of}", address=f"telegram:{of}", person=Person(of, of)
    )
    with store.writing():
        store.conversations.keep(Decision(conversation=talk, tickets=tickets), 1.0)


def found(store: Store, **search: object) -> list[str]:
    board = store.boards.search(Search(**search))  # type: ignore[arg-type]
    assert board.count == len(board.tickets)
    return [ticket.number for ticket in board.tickets]


def test_ones_own_come_by_when_they_are_due_and_those_that_wait_for_the_person_last(
    store: Store,
) -> None:
    keep(store, owned("F2223", 2), owned("F2224", -1), owned("F2225", None, "pending"))
    keep(store, owned("F2226", 3, "resolved"), NOBODYS, of="2")
    keep(store, replace(owned("F2227", 1), owner=Person("telegram:8", "周工")), of="3")
    keep(store, replace(owned("F2228", 1), tier="technical"), of="4")
    assert found(store, owner="telegram:7") == ["F2224", "F2228", "F2223", "F2225"]


def test_in_the_queue_those_that_nobody_has_come_first(store: Store) -> None:
    late = replace(NOBODYS, number="F2223", due_at=AT - timedelta(hours=1))
    keep(store, owned("F2224", -5), NOBODYS, late, owned("F2225", None, "pending"))
    keep(store, replace(NOBODYS, number="F2226", tier="technical"), of="2")
    keep(store, replace(NOBODYS, number="F2227", status="closed"), of="3")
    assert found(store, tiers=("frontline",)) == ["F2223", "F2222", "F2224", "F2225"]
    both = found(store, tiers=("frontline", "technical"))
    assert both == ["F2223", "F2222", "F2226", "F2224", "F2225"]


def test_a_ticket_is_found_by_number_invoice_person_and_words(store: Store) -> None:
    later = replace(NOBODYS, number="F2223", opened_at=AT + timedelta(1), invoice="2511")
    chosen = Summary("choice", "error", "symptom")
    keep(
        store, NOBODYS, later, replace(later, number="F2224", summary=chosen, name="", username="")
    )
    keep(store, replace(NOBODYS, number="F2225", name="李雷", username=""), of="2")
    assert found(store, number="F2223") == ["F2223"]
    assert sorted(found(store, invoice="2511")) == ["F2223", "F2224"]
    assert sorted(found(store, like="F2222")) == ["F2222", "F2223", "F2224"]
    assert found(store, words=(("王芳",),)) == ["F2223", "F2222"]
    assert found(store, words=(("Wang_Fang",),)) == ["F2223", "F2222"]
    assert found(store, words=(("王芳",), ("红冲",))) == ["F2223", "F2222"]
    assert found(store, words=(("李雷",), ("红冲",))) == ["F2225"]
    assert found(store, words=(("红冲", "symptom:error"),))[0] == "F2224"
    assert found(store, words=(("页面报错", "symptom:error"),)) == ["F2224"]
    keep(store, replace(NOBODYS, number="F2226", tags=("跨区",)), of="3")
    assert found(store, words=(("跨区",),)) == ["F2226"]
    for nothing in ("李芳", "冲红", "王", "%_", ""):
        assert found(store, words=((nothing,),)) == []
    assert found(store) == []


def test_a_ticket_is_found_by_what_it_is_called_now(store: Store) -> None:
    keep(store, NOBODYS)
    keep(store, replace(NOBODYS, name="王小芳", status="open", owner=LI))
    assert found(store, words=(("王芳",),)) == []
    assert found(store, words=(("小芳",),)) == ["F2222"]


def test_nobody_who_was_erased_is_found(store: Store) -> None:
    keep(store, NOBODYS, replace(NOBODYS, number="F2223", status="closed", closed_at=AT))
    keep(store, replace(NOBODYS, number="F2224"), of="2")
    with store.writing():
        store.retention.forget("conversation:telegram:1")
    while store.retention.begun:
        with store.writing():
            store.retention.step()
    assert found(store, words=(("王芳",),)) == ["F2224"]
    rows = store._db.execute("select distinct number from ticket_words").fetchall()
    assert rows == [("F2224",)]


def test_of_a_ticket_whose_texts_are_gone_no_word_is_left(store: Store) -> None:
    old = replace(NOBODYS, status="closed", closed_at=AT)
    keep(store, old, replace(NOBODYS, number="F2223"))
    with store.writing():
        store.retention.thin("conversation:telegram:1", AT + timedelta(1))
    while store.retention.begun:
        with store.writing():
            store.retention.step()
    assert found(store, words=(("王芳",),)) == ["F2223"]


def test_tickets_of_an_old_desk_are_found_by_their_persons(old: Path) -> None:
    with closing(Database(old)) as db:
        until(db, "boards")
        people = dict(
            db.execute(
                "select number, json_extract(conversations.data, '$.person.name') from tickets"
                " join conversations on conversations.id = tickets.conversation"
            ).fetchall()
        )
        db.execute(
            "update conversations set data = '{' where id = (select min(id) from"
            " conversations where id not in (select conversation from tickets))"
        )
        db.conn.commit()
    store = Store.open(old)
    assert people
    for number, name in people.items():
        ticket = store.tickets.named(number)
        assert ticket is not None
        assert ticket.name == name
        assert number in found(store, words=((name,),))
    store.close()


MANY = 100_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """As many open tickets as no desk has."""
    path = tmp_path_factory.mktemp("crowd") / "desk.db"
    store = Store.open(path)
    keep(store, NOBODYS, owned("F2223", 1))
    columns = ", ".join(
        name
        for (_, name, *_) in store._db.execute("pragma table_info(tickets)")
        if name != "number"
    )
    numbers = f"with recursive n(n) as (select 1 union all select n + 1 from n where n < {MANY})"
    with store.writing():
        db = store._db
        db.execute(
            f"{numbers} insert into tickets (number, {columns}) select 'G' || n, {columns}"
            " from n join tickets on number = case n % 2 when 0 then 'F2222' else 'F2223' end"
        )
        db.execute("update tickets set opened_at = opened_at - rowid where number glob 'G*'")
        db.execute(
            "insert into ticket_words select word, tickets.opened_at, tickets.number from tickets"
            " join ticket_words as same on same.number = 'F2222' where tickets.number glob 'G*'"
            " and word in ('王芳', '红冲', '冲的')"
        )
    yield store
    store.close()


SEARCHES = [
    Search(owner="telegram:7"),
    Search(tiers=("frontline", "technical")),
    Search(like="F2222"),
    Search(number="G500"),
    Search(words=(("王芳",),)),
    Search(words=(("红冲的", "symptom:error"), ("王芳",))),
    Search(words=(("王芳",), ("没有的词",))),
]


@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_a_list_reads_no_table_whole_and_sorts_nothing_that_grows(
    crowd: Store, search: Search
) -> None:
    asked: list[str] = []
    crowd._db.conn.set_trace_callback(asked.append)
    board = crowd.boards.search(search)
    crowd._db.conn.set_trace_callback(None)
    assert len(board.tickets) <= SHOWN
    assert board.count <= COUNTED
    for statement in asked:
        plan = [row[-1] for row in crowd._db.execute(f"explain query plan {statement}")]
        for step in plan:
            assert not re.match(r"SCAN (tickets|ticket_words)(?! USING (COVERING )?INDEX)", step)
            if "ticket_words" not in statement:
                assert "TEMP B-TREE" not in step, statement


@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_a_list_of_many_looks_at_few(crowd: Store, search: Search) -> None:
    """Steps of SQLite's own machine, which no other load changes."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    crowd._db.conn.set_progress_handler(count, 100)
    board = crowd.boards.search(search)
    crowd._db.conn.set_progress_handler(None, 0)
    assert board.count > 0 or search.words
    assert steps * 100 < 400_000


def test_a_ticket_is_a_twin_only_of_those_of_its_own_person(store: Store) -> None:
    keep(store, NOBODYS)
    keep(store, replace(NOBODYS, number="F2223"), of="2")
    assert store.tickets.twin("conversation:telegram:1", "F2223") is None
    with store.writing():
        store.people.join("conversation:telegram:1", "telegram:2")
    twin = store.tickets.twin("conversation:telegram:1", "F2223")
    assert twin is not None
    assert twin.number == "F2223"
