"""What is too old loses its words and keeps its rows; what was erased leaves the file."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Send
from bot.core.model.message import Line, Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Slot, Summary, Ticket
from bot.store import Arrival, RoomRow, Store
from bot.store.account import account

THEN = datetime(2026, 1, 1, tzinfo=UTC)
OLD, NEW = THEN.timestamp() - 1, THEN.timestamp() + 1
WANG = "telegram:1001"
CASE, OTHER = f"conversation:{WANG}", "conversation:telegram:1002"


def fill(store: Store) -> None:
    """An old and a new order and arrival of one case, and old ones of another."""
    for subject, at, text in ((CASE, OLD, "旧话"), (CASE, NEW, "新话"), (OTHER, OLD, "别人的话")):
        store.outbox.put(subject, [Send(to=Chat(subject.partition(":")[2]), text=text)], at)
        store.inbox.take([Arrival("telegram", f"{subject}{at}", "telegram:1", text)], at)
    for order in store.outbox.ready(NEW, 10):
        store.outbox.sent(order, WANG, [7], order.due_at)
    for row in store.inbox.waiting(10):
        store.inbox.done(row, OTHER if row.payload == "别人的话" else CASE)
    store.rooms.put_room(RoomRow("F2222", "frontline", "telegram:-100", 77, "F2222 旧话", True))
    talk = Conversation(id=CASE, address=WANG, person=Person(WANG, ""))
    lines = tuple(line(at, text) for at, text in ((OLD, "旧话"), (NEW, "新话")))
    tickets = (ticket("F2222", "旧话", THEN), ticket("F2223", "新话", None))
    decided = Decision(conversation=talk, tickets=tickets, lines=lines)
    store.conversations.keep(decided, NEW)


def line(at: float, text: str) -> Line:
    then = datetime.fromtimestamp(at, UTC)
    return Line(seq=1, at=then, who="person", name="", text=text, ticket="F2222")


def ticket(number: str, text: str, closed_at: datetime | None) -> Ticket:
    return Ticket(
        number=number,
        summary=Summary("said", text),
        status="closed" if closed_at else "open",
        tier="frontline",
        opened_at=THEN,
        closed_at=closed_at,
        slots={"tried": Slot(text)},
    )


def rows(store: Store, table: str, column: str) -> list[Any]:
    return [row[column] for row in store._db[table].rows]


def test_what_is_old_loses_its_words_and_what_is_new_or_anothers_does_not(store: Store) -> None:
    with store.writing():
        fill(store)
        store.retention.thin(CASE, THEN)
    assert rows(store, "inbox", "payload") == ["", "新话", "别人的话"]
    first, second, third = rows(store, "outbox", "effect")
    assert (first, "新话" in second, "别人的话" in third) == ("", True, True)
    assert rows(store, "outbox", "created_at") == [OLD, NEW, OLD]
    assert rows(store, "rooms", "title") == ["F2222"]
    assert rows(store, "messages", "text") == ["新话"]
    assert rows(store, "tickets", "summary") == ["thinned::", "said::新话"]
    assert "旧话" not in str(rows(store, "tickets", "data"))


def test_of_an_open_ticket_every_word_stays(store: Store) -> None:
    with store.writing():
        fill(store)
        opened = replace(ticket("F2222", "旧话", None), opened_at=THEN)
        store.tickets.save(CASE, [opened], NEW)
        store.retention.thin(CASE, THEN)
    assert rows(store, "messages", "text") == ["旧话", "新话"]
    assert store.tickets.named("F2222") == opened


def test_what_could_not_be_done_in_all_that_time_is_not_tried_any_more(
    store: Store, path: Path, caplog: Any
) -> None:
    store.outbox.put(CASE, [Send(to=Chat(WANG), text="旧话")], OLD)
    store.inbox.take([Arrival("telegram", "1", WANG, "旧话")], OLD)
    (row,) = store.inbox.waiting(1)
    store.inbox.fail(row, CASE, "ValueError: 旧话")
    store.retention.thin(CASE, THEN)
    assert store.outbox.ready(NEW, 10) == []
    assert store.inbox.failed() == []
    assert not store.inbox.retry(row.id)
    assert "1 messages that waited since before 2026-01-01 are given up" in caplog.text
    found = account(path)
    assert found is not None
    assert (found.orders.given_up, found.is_settled) == (1, True)


def test_after_the_commit_nothing_of_it_is_in_the_file_or_its_log(store: Store, path: Path) -> None:
    with store.writing():
        fill(store)
    with store.writing():
        store.retention.thin(CASE, THEN)
    left = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert "旧话".encode() not in left
    assert "新话".encode() in left


def test_a_reader_in_the_way_holds_nobody_up_and_it_is_done_with_the_next_change(
    store: Store, path: Path
) -> None:
    with store.writing():
        fill(store)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from outbox").fetchone()
    with store.writing():
        store.retention.thin(CASE, THEN)
    assert vars(store.retention)["unwritten"]
    reader.close()
    with store.writing():
        pass
    assert not vars(store.retention)["unwritten"]
    assert "旧话".encode() not in b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert store._db.execute("pragma busy_timeout").fetchone()[0] > 0
