"""Conversations, tickets, what was said, rooms, timers, members; and forgetting a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.model.conversation import Album, Conversation, Draft, Progress
from bot.core.model.effects import Chat, Relay, Room, Send, Topic
from bot.core.model.message import Item, Line, Person, Ref, Who
from bot.core.model.state import Decision, Needs
from bot.core.model.ticket import Match, Slot, Summary, Ticket
from bot.store import FORGOTTEN, Arrival, RoomRow, Store
from tests.addresses import LI, WANG, on_telegram

CHEN, ZHOU = on_telegram(1002), on_telegram(2002)
GROUP, ELSEWHERE = on_telegram(-100), on_telegram(-200)
AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
SECRET = "北京晨光文具13800001234"
ITEM = Item(Ref(WANG, 5), "photo", "file5", "a.png", f"<b>{SECRET}</b>")
PERSON = Person(WANG, SECRET, "wangfang")
TICKET = Ticket(
    number="F2222",
    summary=Summary("said", SECRET),
    status="open",
    tier="frontline",
    opened_at=AT,
    opened_by=4,
    since=2,
    owner=Person(LI, "小李"),
    slots={"seller": Slot(SECRET, warning="taxpayer_id_check")},
    noting=(LI,),
    asked="number",
    matched=Match(entry="query-not-shown", score=0.9, phrasing=SECRET, evidence={}),
    acked_at=AT,
    first_reply_at=AT,
    replied_at=AT,
    invoice="25112000000012345678",
    private=True,
)
OLD = replace(
    TICKET,
    number="F2223",
    summary=Summary("choice", "error", "symptom"),
    status="closed",
    owner=None,
    closed_at=AT,
    resolved_at=AT,
    opened_at=AT - timedelta(days=1),
)
WHOLE = Conversation(
    id="conversation:telegram:1001",
    address=WANG,
    person=PERSON,
    turn=7,
    progress=Progress(flow="diagnose", step="date", asked_at=AT, trail=("diagnose/symptom",)),
    draft=Draft(slots={"date": Slot("2026-05-12")}, skipped=("code",), files=(ITEM,)),
    abstained=1,
    reminder="diagnose/appeared",
    albums={"a1": Album((ITEM,), "F2222", Ref(GROUP, 3), SECRET)},
    blocked=True,
    since=2,
    heard_at=AT,
)


def line(seq: int, who: Who, text: str, item: Item | None = None, ticket: str = "") -> Line:
    return Line(seq=seq, at=AT, who=who, name="", text=text, item=item, ticket=ticket)


LINES = (
    line(1, "person", "从前的事"),
    line(3, "person", SECRET, ITEM),
    line(4, "desk", "已建单"),
    line(5, "note", SECRET, replace(ITEM, ref=Ref(GROUP, 6)), "F2222"),
    line(6, "agent", "您好", replace(ITEM, ref=Ref(GROUP, 7), what="text", file=""), "F2222"),
)
DECIDED = Decision(conversation=WHOLE, tickets=(OLD, TICKET), lines=LINES)


def test_a_conversation_and_its_tickets_come_back_as_they_were_kept(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    assert store.conversations.load(WHOLE.id) == WHOLE
    state = store.conversations.state(WHOLE, Needs(ticket="F2223"))
    assert state.tickets == {"F2222": TICKET, "F2223": OLD}
    later = replace(WHOLE, turn=8, progress=None)
    store.conversations.keep(Decision(conversation=later), 2)
    assert store.conversations.load(WHOLE.id) == later
    assert store.conversations.load(f"conversation:{CHEN}") is None


def test_an_event_gets_the_open_ticket_those_it_names_and_the_last_that_was_said(
    store: Store,
) -> None:
    store.conversations.keep(DECIDED, 1)
    state = store.conversations.state(replace(WHOLE, albums={}), Needs())
    assert state.tickets == {"F2222": TICKET}
    assert [said.text for said in state.tail] == ["从前的事", SECRET, "您好"]
    assert [each.number for each in state.earlier] == ["F2222", "F2223"]
    assert (state.lines, state.history, state.ends) == ({}, (), ())
    named = store.conversations.state(WHOLE, Needs(ticket="F2223", ends=True))
    assert named.tickets == {"F2222": TICKET, "F2223": OLD}
    assert named.ends == (AT,)


def test_a_history_begins_after_the_ticket_before_and_reads_as_it_does_now(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    edited = replace(LINES[1], seq=9, text="改过的话", edit=True)
    store.conversations.keep(Decision(conversation=WHOLE, lines=(edited,)), 2)
    state = store.conversations.state(WHOLE, Needs(ticket="F2222", history="F2222"))
    assert [said.text for said in state.history] == ["改过的话", "已建单", SECRET, "您好"]
    assert [said.seq for said in state.tail] == [1, 9, 6]


def test_a_message_is_found_as_it_reads_now_and_notes_as_they_were_kept_together(
    store: Store,
) -> None:
    store.conversations.keep(DECIDED, 1)
    pieces = [replace(ITEM, ref=Ref(GROUP, n)) for n in (11, 12, 13)]
    notes = tuple(line(7, "note", f"第{n}张", piece) for n, piece in enumerate(pieces))
    store.conversations.keep(Decision(conversation=WHOLE, lines=notes), 2)
    needs = Needs(lines=(ITEM.ref, Ref(WANG, 99)))
    assert store.conversations.state(WHOLE, needs).lines == {ITEM.ref: LINES[1]}
    run = store.conversations.state(WHOLE, Needs(run=(Ref(GROUP, 11), 2))).lines
    assert [said.text for said in run.values()] == ["第0张", "第1张"]
    sent = tuple(replace(note, seq=8, who="agent") for note in notes)
    store.conversations.keep(Decision(conversation=WHOLE, lines=sent), 3)
    run = store.conversations.state(WHOLE, Needs(run=(Ref(GROUP, 11), 2))).lines
    assert {said.who for said in run.values()} == {"agent"}


def test_nothing_of_another_person_is_brought(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    other = replace(WHOLE, id=f"conversation:{CHEN}", albums={})
    needs = Needs(ticket="F2222", history="F2222", lines=(ITEM.ref,), ends=True)
    state = store.conversations.state(other, needs)
    assert (state.tickets, state.tail, state.earlier) == ({}, (), ())
    assert (state.lines, state.history, state.ends) == ({}, (), ())


def test_a_ticket_is_found_by_its_number_and_shows_how_it_stands(store: Store) -> None:
    tickets = store.tickets
    tickets.save(WHOLE.id, [OLD, TICKET], 1)
    assert tickets.conversation_of("F2222") == tickets.conversation_of("F2223") == WHOLE.id
    assert tickets.conversation_of("F9999") is None
    moved = replace(TICKET, status="resolved", tier="technical", owner=None)
    tickets.save(WHOLE.id, [moved], 2)
    assert tickets.named("F2222") == moved
    row = next(row for row in tickets.rows() if row["number"] == "F2222")
    assert (row["status"], row["tier"], row["owner"]) == ("resolved", "technical", None)
    assert (row["opened_at"], row["updated_at"]) == (AT.timestamp(), 2)
    assert (row["summary"], row["language"]) == (f"said::{SECRET}", "zh")


def of_chen() -> Conversation:
    return Conversation(id=f"conversation:{CHEN}", address=CHEN, person=Person(CHEN, "老陈"))


def test_open_tickets_about_the_same_invoice_are_found_the_oldest_first(store: Store) -> None:
    invoice = str(TICKET.invoice)
    other = replace(TICKET, number="F3333", opened_at=AT - timedelta(hours=1))
    store.conversations.keep(DECIDED, 1)
    wang = store.people.at(WANG)
    assert store.tickets.about(invoice) == (("F2222", wang),)
    store.conversations.keep(Decision(conversation=of_chen(), tickets=(other,)), 1)
    assert store.tickets.about(invoice) == (("F3333", store.people.at(CHEN)), ("F2222", wang))
    closed = replace(other, status="closed")
    store.conversations.keep(Decision(conversation=of_chen(), tickets=(closed,)), 2)
    assert store.tickets.about(invoice) == (("F2222", wang),)
    assert store.tickets.about("2611") == ()


def test_a_part_of_a_line_or_ticket_that_cannot_be_read_costs_only_itself(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    store._db.execute("update messages set item = '{' where seq = 3")
    store._db.execute("update tickets set data = '{\"version\": \"x\"}' where number = 'F2222'")
    state = store.conversations.state(WHOLE, Needs())
    assert [said.text for said in state.tail] == ["从前的事", SECRET, "您好"]
    assert (state.tickets["F2222"].status, state.tickets["F2222"].slots) == ("open", {})


def test_a_timer_is_due_at_its_time_and_the_latest_setting_counts(store: Store) -> None:
    timers, at = store.timers, AT.timestamp()
    assert timers.next_due() is None
    timers.wake_at(WHOLE.id, "step:a/b", AT.replace(hour=1))
    timers.wake_at(WHOLE.id, "step:a/b", AT)
    timers.wake_at(WHOLE.id, "confirm:F2222", AT.replace(hour=23))
    assert timers.due(at - 1) == []
    assert timers.due(at) == [(WHOLE.id, "step:a/b", at)]
    assert timers.next_due() == at
    timers.wake_at(WHOLE.id, "step:a/b", None)
    assert timers.due(at) == []


def test_a_room_is_found_by_its_ticket_and_by_its_topic(store: Store) -> None:
    room = RoomRow("F2222", "frontline", GROUP, 77, "F2222 待接单", False)
    store.rooms.put_room(room)
    assert store.rooms.room("F2222", "frontline") == room
    assert store.rooms.room("F2222", "technical") is None
    assert store.rooms.room_at(GROUP, 77) == ("F2222", "frontline")
    store.rooms.put_room(replace(room, thread=78, closed=True))
    assert store.rooms.room("F2222", "frontline") == replace(room, thread=78, closed=True)
    assert store.rooms.room_at(GROUP, 77) is None


def test_who_belongs_to_a_group_is_believed_for_as_long_as_asked(store: Store) -> None:
    store.rooms.put_membership(GROUP, LI, True, now=50)
    store.rooms.put_membership(GROUP, ZHOU, False, now=50)
    assert store.rooms.membership(GROUP, LI, since=49) is True
    assert store.rooms.membership(GROUP, ZHOU, since=49) is False
    assert store.rooms.membership(GROUP, LI, since=50) is None
    assert store.rooms.membership(ELSEWHERE, LI, since=0) is None


def live(store: Store) -> None:
    """All that a person with a ticket leaves in the tables, some of it of somebody else."""
    room, subject = Room("F2222", "frontline"), WHOLE.id
    arrivals = [Arrival("telegram", str(n), WANG, SECRET) for n in range(3)]
    arrivals.append(Arrival("telegram", "agent", f"group:{GROUP}", SECRET))
    arrivals.append(Arrival("outbox", "9", subject, SECRET, subject))
    store.inbox.take([*arrivals, Arrival("telegram", "other", CHEN, "老陈的话")], 0)
    said, failed, ignored, agent, lost, other = store.inbox.waiting(10)
    store.inbox.done(said, subject)
    store.inbox.fail(failed, subject, f"ValueError: {SECRET}")
    store.inbox.done(ignored, None)
    store.inbox.done(agent, subject)
    store.inbox.done(lost, subject)
    store.inbox.done(other, f"conversation:{CHEN}")
    store.conversations.keep(DECIDED, 0)
    for number in ("F2222", "F2223"):
        title = f"{number} 处理中 · {SECRET}"
        store.rooms.put_room(RoomRow(number, "frontline", GROUP, 77, title, False))
    store.timers.wake_at(subject, f"album:{SECRET}", AT)
    effects = (Send(to=Chat(WANG), text=SECRET), Topic(to=room, title=SECRET))
    store.outbox.put(subject, [*effects, Relay(to=room, items=(ITEM,))], 0)
    for order in store.outbox.ready(0, 10):
        store.outbox.sent(order, WANG, [1], 0)
    store.outbox.put(f"conversation:{CHEN}", [Send(to=Chat(CHEN), text="老陈，您好")], 0)


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
        store.retention.forget(WHOLE.id)
    store._db.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert SECRET not in tables(store)
    assert WHOLE.id not in tables(store)
    assert SECRET.encode() not in path.read_bytes()


def test_forgetting_a_person_touches_nobody_else_and_keeps_the_topic_closable(
    store: Store,
) -> None:
    live(store)
    store.retention.forget(WHOLE.id)
    assert "老陈的话" in tables(store)
    assert "老陈，您好" in tables(store)
    assert store.tickets.conversation_of("F2222") == FORGOTTEN
    room = store.rooms.room("F2222", "frontline")
    assert room is not None
    assert (room.chat, room.thread) == (GROUP, 77)
