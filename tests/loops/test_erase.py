"""Whoever has said much is erased a few rows at a time, and waits; no crash leaves a rest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Send
from bot.core.model.message import Line, Person
from bot.core.model.record import Record
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.loops import Desk, erase
from bot.loops.work import work_on
from bot.store import FORGOTTEN, Arrival, RoomRow, Store, retention
from tests.addresses import GROUP, WANG, on_telegram
from tests.loops.conftest import Clock

AT = datetime(2026, 1, 1, tzinfo=UTC)
CASE, OTHER = subject.conversation(WANG), subject.conversation(on_telegram(1002))
MANY = 30
TICKET = Ticket(
    number="F2222",
    summary=Summary("said", "旧话"),
    status="closed",
    tier="frontline",
    opened_at=AT,
    closed_at=AT,
)
STEP = Record(at=AT, kind="step", what="asked", role="desk", flow="diagnose", step="date")
LEFT = {
    name: f"select count(*) from {name} where {column} = '{CASE}'"
    for name, column in {
        "conversations": "id",
        "messages": "conversation",
        "record": "conversation",
        "tickets": "conversation",
        "copies": "conversation",
        "attachments": "conversation",
        "inbox": "subject",
        "outbox": "subject",
        "timers": "subject",
    }.items()
}


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROWS", 10)


def fill(store: Store, of: str, letter: str, many: int = MANY) -> None:
    """As much of everything as takes several steps; `many` of all but the tickets."""
    now, chat = AT.timestamp(), subject.name(of)
    talk = Conversation(id=of, address=chat, person=Person(chat, "王芳"))
    tickets = tuple(replace(TICKET, number=f"F{letter}{n}") for n in range(100, 100 + MANY))
    lines = tuple(
        Line(seq=n, at=AT, who="person", name="", text="旧话", ticket="") for n in range(many)
    )
    store.conversations.keep(Decision(conversation=talk, tickets=tickets, lines=lines), now)
    store.inbox.take([Arrival("telegram", f"{of} {n}", of, "旧话") for n in range(many)], now)
    for row in store.inbox.waiting(many):
        store.inbox.done(row, of)
        store.records.add(of, row.id, [STEP])
    store.outbox.put(of, [Send(to=Chat(chat), text="旧话") for _ in range(many)], now)
    store.timers.wake_at(of, "keep", AT)
    for n in range(many):
        store.attachments.keep(of, f"{letter}{n}", "发票.pdf", now)
        store._db.execute("insert into copies values (?, ?, ?, ?, ?, '')", [chat, n, GROUP, n, of])
    for ticket in tickets:
        store.rooms.put_room(RoomRow(ticket.number, "frontline", GROUP, 7, "旧话", True))


def left(store: Store) -> dict[str, int]:
    """How many rows are left of the person, by table; none are not told."""
    counts = {name: int(store._db.execute(query).fetchone()[0]) for name, query in LEFT.items()}
    return {name: count for name, count in counts.items() if count}


def whole(store: Store) -> list[Any]:
    """All rows of the other person."""
    queries = (q.replace(CASE, OTHER).replace("count(*)", "*") for q in LEFT.values())
    return [store._db.execute(query).fetchall() for query in queries]


def both(store: Store) -> list[Any]:
    fill(store, CASE, "A")
    fill(store, OTHER, "B")
    return whole(store)


async def test_who_has_said_much_is_erased_in_small_steps_of_which_none_is_lost(
    still: Any,
) -> None:
    async with still() as desk:
        others = await desk.write(both, desk.store)
        sums = await desk.read(lambda: list(desk.store._db["daily"].rows))
        await desk.write(erase.forget, desk, CASE)
        counts = [await desk.read(left, desk.store)]
    while counts[-1]:
        async with still() as desk:  # a crash after every step
            assert await erase.go_on(desk)
            counts.append(await desk.read(left, desk.store))
        assert len(counts) < 100
    totals = [sum(count.values()) for count in counts]
    assert max(a - b for a, b in pairwise(totals)) <= 2 * retention.ROWS
    assert "conversations" not in counts[0]
    async with still() as desk:
        assert await desk.read(whole, desk.store) == others
        assert await desk.read(lambda: list(desk.store._db["daily"].rows)) == sums
        rows = await desk.read(desk.store.tickets.rows)
        assert {row["summary"] for row in rows if row["number"][1] == "A"} == {"erased::"}
        titles = await desk.read(lambda: [row["title"] for row in desk.store._db["rooms"].rows])
        assert sorted(titles)[:MANY] == [f"FA{n}" for n in range(100, 100 + MANY)]


@pytest.mark.parametrize("how", ["everything", "what is old"])
def test_no_step_takes_longer_because_a_person_has_said_more(tmp_path: Path, how: str) -> None:
    few, many = longest(tmp_path / "few.db", how, MANY), longest(tmp_path / "many.db", how, 700)
    assert many <= 1.3 * few


def longest(path: Path, how: str, many: int) -> int:
    """The most instructions, in hundreds, that SQLite's machine takes for any of the steps."""
    store, counts = Store.open(path), list[int]()

    def count() -> None:
        counts[-1] += 1

    with store.writing():
        fill(store, OTHER, "B", many)
        fill(store, CASE, "A", many)
    store._db.conn.set_progress_handler(count, 100)
    counts.append(0)
    with store.writing():
        if how == "everything":
            store.retention.forget(CASE)
        else:
            store.retention.thin(CASE, datetime(2026, 1, 2, tzinfo=UTC))
    while store.retention.begun:
        counts.append(0)
        with store.writing():
            store.retention.step()
    store._db.conn.set_progress_handler(None, 100)
    assert len(counts) > 3 * many / retention.ROWS
    store.close()
    return max(counts)


async def test_of_whoever_is_being_erased_nothing_is_used_and_they_wait(still: Any) -> None:
    said = {"from": {"id": 1001, "is_bot": False, "first_name": "王"}, "text": "在吗", "date": 1}
    said |= {"message_id": 3, "chat": {"id": 1001, "type": "private", "first_name": "王"}}
    update = json.dumps({"update_id": 7, "message": said})
    async with still() as desk:
        await desk.write(both, desk.store)
        await desk.write(erase.forget, desk, CASE)
        await desk.write(desk.store.inbox.take, [Arrival("telegram", "7", WANG, update)], 1.0)
        assert (await desk.write(work_on, desk))[0] == 0
        ready = await desk.read(desk.store.outbox.ready, desk.clock(), 100)
        assert {order.subject for order in ready} == {OTHER}
        assert await desk.read(desk.store.tickets.conversation_of, f"FA{99 + MANY}") == FORGOTTEN
        await finish(desk)
        assert (await desk.write(work_on, desk))[0] == 1
        new = await desk.read(desk.store.conversations.load, CASE)
        assert new is not None
        assert await desk.read(left, desk.store) != {}


async def test_what_is_old_goes_in_the_same_steps_and_the_person_waits_for_nothing(
    still: Any,
) -> None:
    async with still() as desk:
        others = await desk.write(both, desk.store)
        await desk.write(desk.store.retention.thin, CASE, datetime(2026, 1, 2, tzinfo=UTC))
        await desk.write(desk.store.inbox.take, [Arrival("telegram", "7", WANG, "{}")], 1.0)
        assert WANG in {row.lane for row in await desk.read(desk.store.inbox.waiting, 2 * MANY)}
        await finish(desk)
        found = await desk.read(left, desk.store)
        assert {"messages", "record", "attachments"}.isdisjoint(found)
        assert (found["tickets"], found["outbox"], found["inbox"]) == (MANY, MANY, MANY)
        assert await desk.read(whole, desk.store) == others


async def test_the_cards_of_closed_tickets_are_blanked_one_after_the_other(
    still: Any, clock: Clock
) -> None:
    """So slowly that their group has most of what it may say to itself."""
    async with still() as desk:
        await desk.write(both, desk.store)
        await desk.write(erase.forget, desk, CASE)
        await finish(desk)
        due = await desk.read(desk.store.timers.due, clock.now + 1e6)
        times = [at for of, what, at in due if what.startswith("blank:")]
        assert len(times) == MANY
        assert times[0] == clock.now
        gaps = {b - a for a, b in pairwise(times)}
        assert gaps == {erase.PAUSE}
        number = "FA100"
        woke = Arrival("clock", "1", "x", f"blank:{number}", f"ticket:{number}")
        await desk.write(desk.store.inbox.take, [woke], clock.now)
        await desk.write(work_on, desk)
        query = "select lane, subject from outbox where lane glob 'news:*'"
        lanes = await desk.read(lambda: desk.store._db.execute(query).fetchall())
        assert lanes == [(f"news:room:{number}:frontline", FORGOTTEN)] * 2


async def finish(desk: Desk[Store]) -> None:
    while await erase.go_on(desk):
        pass
