"""Cases, tickets, rooms, timers, members; and forgetting a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.core.model.case import Album, Case, Line, Match, Progress, Slot, Summary, Ticket
from bot.core.model.effects import Chat, Relay, Room, Send, Topic
from bot.core.model.message import Item, Person, Ref
from bot.store import Arrival, RoomRow, Store
from bot.store.cases import FORGOTTEN

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
SECRET = "北京晨光文具13800001234"
ITEM = Item(Ref(1001, 5), "photo", "file5", "a.png", f"<b>{SECRET}</b>")
PERSON = Person(1001, SECRET, "wangfang")
TICKET = Ticket(
    number="F2222",
    summary=Summary("said", SECRET),
    status="open",
    tier="frontline",
    opened_at=AT,
    owner=Person(2001, "小李"),
    slots={"seller": Slot(SECRET, warning="taxpayer_id_check", recognised=True)},
    talk=(Line(AT, "person", "", SECRET, ITEM), Line(AT, "note", "小李", SECRET)),
    noting=(2001,),
    asked="number",
    matched=Match(entry="query-not-shown", score=0.9, phrasing=SECRET, evidence={}),
    acked_at=AT,
)
WHOLE = Case(
    id="telegram:1001",
    chat=1001,
    person=PERSON,
    turn=7,
    progress=Progress(flow="diagnose", step="date", asked_at=AT, trail=("diagnose/symptom",)),
    slots={"date": Slot("2026-05-12")},
    skipped=("code",),
    files=(ITEM,),
    talk=(Line(AT, "person", "", SECRET),),
    abstained=1,
    reminder="diagnose/appeared",
    albums={"a1": Album((ITEM,), "F2222", Ref(-100, 3), SECRET)},
    tickets=(replace(TICKET, number="F2223", status="closed", owner=None), TICKET),
    blocked=True,
)


def test_a_case_comes_back_as_it_was_saved(store: Store) -> None:
    store.cases.save(WHOLE, 1)
    assert store.cases.load(WHOLE.id) == WHOLE
    later = replace(WHOLE, turn=8, progress=None)
    store.cases.save(later, 2)
    assert store.cases.load(WHOLE.id) == later
    assert store.cases.load("telegram:1002") is None


def test_a_ticket_is_found_by_its_number_and_shows_how_it_stands(store: Store) -> None:
    store.cases.save(WHOLE, 1)
    assert store.cases.of_ticket("F2222") == store.cases.of_ticket("F2223") == WHOLE.id
    assert store.cases.of_ticket("F9999") is None
    moved = replace(TICKET, status="resolved", tier="technical", owner=None)
    store.cases.save(replace(WHOLE, tickets=(moved,)), 2)
    row = next(row for row in store.cases.tickets() if row["number"] == "F2222")
    assert (row["status"], row["tier"], row["owner"]) == ("resolved", "technical", None)
    assert (row["opened_at"], row["updated_at"]) == (AT.timestamp(), 2)


def test_a_timer_is_due_at_its_time_and_the_latest_setting_counts(store: Store) -> None:
    cases, at = store.cases, AT.timestamp()
    assert cases.next_due() is None
    cases.wake_at(WHOLE.id, "step:a/b", AT.replace(hour=1))
    cases.wake_at(WHOLE.id, "step:a/b", AT)
    cases.wake_at(WHOLE.id, "confirm:F2222", AT.replace(hour=23))
    assert cases.due(at - 1) == []
    assert cases.due(at) == [(WHOLE.id, "step:a/b", at)]
    assert cases.next_due() == at
    cases.wake_at(WHOLE.id, "step:a/b", None)
    assert cases.due(at) == []


def test_a_room_is_found_by_its_ticket_and_by_its_topic(store: Store) -> None:
    room = RoomRow("F2222", "frontline", -100, 77, "F2222 待接单", False)
    store.cases.put_room(room)
    assert store.cases.room("F2222", "frontline") == room
    assert store.cases.room("F2222", "technical") is None
    assert store.cases.room_at(-100, 77) == ("F2222", "frontline")
    store.cases.put_room(replace(room, thread=78, closed=True))
    assert store.cases.room("F2222", "frontline") == replace(room, thread=78, closed=True)
    assert store.cases.room_at(-100, 77) is None


def test_who_belongs_to_a_group_is_believed_for_as_long_as_asked(store: Store) -> None:
    store.cases.put_membership(-100, 2001, True, now=50)
    store.cases.put_membership(-100, 2002, False, now=50)
    assert store.cases.membership(-100, 2001, since=49) is True
    assert store.cases.membership(-100, 2002, since=49) is False
    assert store.cases.membership(-100, 2001, since=50) is None
    assert store.cases.membership(-200, 2001, since=0) is None


def live(store: Store) -> None:
    """All that a person with a ticket leaves in the tables, some of it of somebody else."""
    room, case_id = Room("F2222", "frontline"), WHOLE.id
    arrivals = [Arrival("telegram", str(n), "1001", SECRET) for n in range(3)]
    arrivals.append(Arrival("telegram", "agent", "-100", SECRET))
    arrivals.append(Arrival("outbox", "9", f"case:{case_id}", SECRET, case_id))
    store.inbox.take([*arrivals, Arrival("telegram", "other", "1002", "老陈的话")], 0)
    said, failed, ignored, agent, lost, other = store.inbox.waiting(10)
    store.inbox.done(said, case_id)
    store.inbox.fail(failed, case_id, f"ValueError: {SECRET}")
    store.inbox.done(ignored, None)
    store.inbox.done(agent, case_id)
    store.inbox.done(lost, case_id)
    store.inbox.done(other, "telegram:1002")
    store.cases.save(WHOLE, 0)
    for number in ("F2222", "F2223"):
        title = f"{number} 处理中 · {SECRET}"
        store.cases.put_room(RoomRow(number, "frontline", -100, 77, title, False))
    store.cases.wake_at(case_id, f"album:{SECRET}", AT)
    effects = (Send(to=Chat(1001), text=SECRET), Topic(to=room, title=SECRET))
    store.outbox.put(case_id, [*effects, Relay(to=room, items=(ITEM,))], 0)
    for order in store.outbox.ready(0, 10):
        store.outbox.sent(order, 1001, [1], 0)
    store.outbox.put("telegram:1002", [Send(to=Chat(1002), text="老陈，您好")], 0)


def tables(store: Store) -> str:
    names = store._db.table_names()
    return "\n".join(f"{name}: {row}" for name in names for row in store._db[name].rows)


def test_forgetting_a_person_leaves_nothing_of_them_in_any_table_or_in_the_file(
    store: Store, path: Path
) -> None:
    with store.writing():
        live(store)
    store._db.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert SECRET.encode() in path.read_bytes()
    with store.writing():
        store.cases.forget(WHOLE.id)
    store._db.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert SECRET not in tables(store)
    assert WHOLE.id not in tables(store)
    assert SECRET.encode() not in path.read_bytes()


def test_forgetting_a_person_touches_nobody_else_and_keeps_the_topic_closable(
    store: Store,
) -> None:
    live(store)
    store.cases.forget(WHOLE.id)
    assert "老陈的话" in tables(store)
    assert "老陈，您好" in tables(store)
    assert store.cases.of_ticket("F2222") == FORGOTTEN
    room = store.cases.room("F2222", "frontline")
    assert room is not None
    assert (room.chat, room.thread) == (-100, 77)
