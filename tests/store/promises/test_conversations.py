"""Conversations, tickets, what was said, rooms, timers and members."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.model.conversation import Conversation
from bot.core.model.message import Person, Ref
from bot.core.model.state import Decision, Needs
from bot.core.model.ticket import Ticket
from bot.store import RoomRow
from bot.store.protocol import Store
from tests.addresses import LI, WANG
from tests.store.kept import (
    AT,
    CHEN,
    DECIDED,
    ELSEWHERE,
    GROUP,
    ITEM,
    LINES,
    OLD,
    SECRET,
    TICKET,
    WHOLE,
    ZHOU,
    line,
)

HIS = f"conversation:{CHEN}"


def test_a_conversation_and_its_tickets_come_back_as_they_were_kept(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    assert store.conversations.load(WHOLE.id) == WHOLE
    state = store.conversations.state(WHOLE, Needs(ticket="F2223"))
    assert state.tickets == {"F2222": TICKET, "F2223": OLD}
    later = replace(WHOLE, turn=8, progress=None)
    store.conversations.keep(Decision(conversation=later), 2)
    assert store.conversations.load(WHOLE.id) == later
    assert store.conversations.load(HIS) is None


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
    after = replace(WHOLE, albums={}, over="F2223")
    assert store.conversations.state(after, Needs()).tickets == {"F2222": TICKET, "F2223": OLD}


def test_a_person_sees_their_own_tickets_and_no_other(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    his = Conversation(id=HIS, address=CHEN, person=Person(CHEN, "陈"))
    other = replace(TICKET, number="F2299", slots={})
    store.conversations.keep(Decision(conversation=his, tickets=(other,)), 1)
    state = store.conversations.state(WHOLE, Needs(mine=0, shown="F2223"))
    assert [each.number for each in state.mine] == ["F2222", "F2223"]
    assert state.shown == OLD
    assert [each.number for each in store.conversations.state(WHOLE, Needs(mine=1)).mine] == [
        "F2223"
    ]
    assert store.conversations.state(WHOLE, Needs(shown="F2299")).shown is None
    store.people.join(WHOLE.id, CHEN)
    assert store.conversations.state(WHOLE, Needs(shown="F2299")).shown == other


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


def test_what_was_sent_is_found_with_its_album_and_who_took_it_back(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    album = [replace(ITEM, ref=Ref(GROUP, n), album="a") for n in (20, 22)]
    others = [replace(ITEM, ref=Ref(GROUP, n), album=name) for n, name in ((21, "b"), (23, ""))]
    note = replace(ITEM, ref=Ref(GROUP, 24), album="a")
    pieces = [line(8, "agent", f"第{item.ref.message}张", item) for item in [*album, *others]]
    said = (*pieces, line(9, "note", "内部", note))
    store.conversations.keep(Decision(conversation=WHOLE, lines=said), 2)

    def sent(message: int) -> dict[int, str]:
        found = store.conversations.state(WHOLE, Needs(sent=Ref(GROUP, message))).lines
        return {ref.message: each.taken_back for ref, each in found.items()}

    assert sent(22) == {20: "", 22: ""}
    assert (sent(21), sent(23), sent(24), sent(99)) == ({21: ""}, {23: ""}, {}, {})
    back = replace(pieces[0], seq=10, edit=True, taken_back="小李")
    store.conversations.keep(Decision(conversation=WHOLE, lines=(back,)), 3)
    assert sent(22) == {20: "小李", 22: ""}


def test_nothing_of_another_person_is_brought(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    other = replace(WHOLE, id=HIS, albums={})
    needs = Needs(ticket="F2222", history="F2222", lines=(ITEM.ref,), ends=True)
    state = store.conversations.state(other, needs)
    assert (state.tickets, state.tail, state.earlier) == ({}, (), ())
    assert (state.lines, state.history, state.ends) == ({}, (), ())


def keep(store: Store, of: str, *tickets: Ticket, now: float = 1) -> None:
    conversation = replace(WHOLE, id=of)
    store.conversations.keep(Decision(conversation=conversation, tickets=tickets), now)


def test_a_ticket_is_found_by_its_number_and_shows_how_it_stands(store: Store) -> None:
    tickets = store.tickets
    keep(store, WHOLE.id, OLD, TICKET)
    assert tickets.conversation_of("F2222") == tickets.conversation_of("F2223") == WHOLE.id
    assert tickets.conversation_of("F9999") is None
    moved = replace(TICKET, status="resolved", tier="technical", owner=None)
    keep(store, WHOLE.id, moved, now=2)
    assert tickets.named("F2222") == moved
    row = next(row for row in tickets.rows() if row["number"] == "F2222")
    assert (row["status"], row["tier"], row["owner"]) == ("resolved", "technical", None)
    assert (row["opened_at"], row["updated_at"]) == (AT.timestamp(), 2)
    assert (row["summary"], row["language"]) == (f"said::{SECRET}", "zh")


def test_open_tickets_of_an_invoice_or_a_tier_are_found_the_oldest_first(store: Store) -> None:
    invoice = str(TICKET.invoice)
    other = replace(TICKET, number="F3333", opened_at=AT - timedelta(hours=1))
    keep(store, WHOLE.id, TICKET, OLD)
    wang = ("F2222", store.people.at(WANG))
    assert store.tickets.about(invoice) == (wang,)
    keep(store, HIS, other)
    both = (("F3333", store.people.at(CHEN)), wang)
    assert store.tickets.about(invoice) == store.tickets.of_tier("frontline") == both
    keep(store, HIS, replace(other, status="closed"), now=2)
    assert store.tickets.about(invoice) == (wang,)
    assert store.tickets.about("2611") == store.tickets.of_tier("technical") == ()


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
