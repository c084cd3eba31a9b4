"""Whose a row is: a person has one or more addresses, and what is theirs is found at each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision, Needs
from bot.core.model.ticket import Summary, Ticket
from bot.store import Store
from tests.addresses import WANG, on_telegram

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
INVOICE = "25112000000012345678"
OFFICE, CHEN = on_telegram(1003), on_telegram(1002)
TICKET = Ticket(
    number="F2222",
    summary=Summary("nothing"),
    status="open",
    tier="frontline",
    opened_at=AT,
    invoice=INVOICE,
)
LATER = replace(TICKET, number="F2223", opened_at=AT + timedelta(hours=1))
DELETE = Needs(elsewhere=True)


def talk(address: str) -> Conversation:
    return Conversation(
        id=subject.conversation(address), address=address, person=Person(address, "王芳")
    )


def writes(store: Store, address: str, *tickets: Ticket, at: float = 1.0) -> None:
    """Somebody is heard at this address, and has these tickets."""
    store.conversations.keep(Decision(conversation=talk(address), tickets=tickets), at)


def earlier(store: Store, address: str) -> list[str]:
    state = store.conversations.state(talk(address), Needs())
    return [each.number for each in state.earlier]


def people(store: Store) -> list[tuple[int, float]]:
    return [(row["id"], row["created"]) for row in store._db["people"].rows]


def joined(store: Store) -> None:
    """王芳 writes from home and from the office, with a ticket at each, and that is known."""
    writes(store, WANG, TICKET, at=5.0)
    writes(store, OFFICE, LATER, at=3.0)
    store.people.join(subject.conversation(WANG), OFFICE)


def test_whoever_is_heard_first_is_a_person_and_stays_the_same_one(store: Store) -> None:
    assert store.people.at(WANG) is None
    writes(store, WANG, at=5.0)
    wang = store.people.at(WANG)
    writes(store, CHEN)
    writes(store, WANG, TICKET, at=9.0)
    assert store.people.at(WANG) == wang
    assert store.people.at(CHEN) not in (None, wang)
    assert (wang, 5.0) in people(store)
    assert earlier(store, WANG) == ["F2222"]
    assert earlier(store, CHEN) == []


def test_two_addresses_of_one_person_know_the_tickets_of_both(store: Store) -> None:
    joined(store)
    assert earlier(store, WANG) == earlier(store, OFFICE) == ["F2223", "F2222"]
    assert people(store) == [(store.people.at(WANG), 3.0)]
    assert store.people.at(OFFICE) == store.people.at(WANG)
    newest = replace(LATER, number="F2224", opened_at=AT + timedelta(hours=2))
    writes(store, OFFICE, newest)
    assert earlier(store, WANG) == ["F2224", "F2223", "F2222"]


def test_a_conversation_keeps_what_is_of_it_alone(store: Store) -> None:
    joined(store)
    state = store.conversations.state(talk(WANG), Needs(ticket="F2223", ends=True))
    assert state.tickets == {"F2222": TICKET}
    assert store.tickets.conversation_of("F2223") == subject.conversation(OFFICE)


def test_tickets_of_one_person_about_one_invoice_are_not_two_peoples(store: Store) -> None:
    joined(store)
    writes(store, CHEN, replace(TICKET, number="F3333", opened_at=AT + timedelta(hours=3)))
    wang, chen = store.people.at(WANG), store.people.at(CHEN)
    assert store.tickets.about(INVOICE) == (("F2222", wang), ("F2223", wang), ("F3333", chen))


def test_whoever_is_joined_brings_everybody_they_were_joined_with(store: Store) -> None:
    joined(store)
    writes(store, CHEN)
    store.people.join(subject.conversation(CHEN), OFFICE)
    assert {store.people.at(each) for each in (WANG, OFFICE, CHEN)} == {store.people.at(CHEN)}
    assert len(people(store)) == 1
    state = store.conversations.state(talk(CHEN), DELETE)
    assert {*state.elsewhere} == {subject.conversation(WANG), subject.conversation(OFFICE)}


def test_joining_twice_or_with_nobody_changes_nothing(store: Store) -> None:
    joined(store)
    before = [*store._db["addresses"].rows], people(store)
    store.people.join(subject.conversation(OFFICE), WANG)
    store.people.join(subject.conversation(WANG), WANG)
    store.people.join(subject.conversation(WANG), CHEN)
    store.people.join(subject.conversation(CHEN), WANG)
    assert ([*store._db["addresses"].rows], people(store)) == before


def test_where_else_somebody_is_is_brought_only_to_what_needs_it(store: Store) -> None:
    joined(store)
    writes(store, CHEN)
    assert store.conversations.state(talk(WANG), Needs()).elsewhere == ()
    here = store.conversations.state(talk(WANG), DELETE)
    assert here.elsewhere == (subject.conversation(OFFICE),)
    assert store.conversations.state(talk(CHEN), DELETE).elsewhere == ()


def test_of_whoever_is_erased_no_address_stays_and_no_tie(store: Store) -> None:
    joined(store)
    writes(store, CHEN, at=7.0)
    store.retention.forget(subject.conversation(WANG))
    assert people(store) == [(store.people.at(CHEN), 7.0)]
    assert [row["address"] for row in store._db["addresses"].rows] == [CHEN]
    assert earlier(store, OFFICE) == []
    assert store.conversations.state(talk(OFFICE), DELETE).elsewhere == ()


def test_while_closed_tickets_are_still_being_erased_they_are_nobodys(store: Store) -> None:
    """They go a few at a time, after the step in which the person is forgotten."""
    joined(store)
    closed = replace(TICKET, status="closed", closed_at=AT)
    many = [replace(closed, number=f"FA{n}") for n in range(300)]
    writes(store, WANG, *many)
    store.retention.forget(subject.conversation(WANG))
    assert store.tickets.named("FA299") == many[-1]
    writes(store, WANG)
    writes(store, OFFICE)
    assert earlier(store, WANG) == earlier(store, OFFICE) == []


def test_no_number_of_a_person_is_given_to_another(store: Store) -> None:
    writes(store, WANG)
    wang = store.people.at(WANG)
    store.retention.forget(subject.conversation(WANG))
    writes(store, CHEN)
    assert store.people.at(CHEN) not in (None, wang)


def test_nothing_of_the_past_is_read_to_find_what_is_a_persons(store: Store, path: Path) -> None:
    joined(store)
    asked: list[str] = []
    store._db.conn.set_trace_callback(asked.append)
    writes(store, WANG, LATER)
    store.conversations.state(talk(WANG), DELETE)
    store.people.join(subject.conversation(WANG), OFFICE)
    store._db.conn.set_trace_callback(None)
    plans = [str(store._db.execute(f"explain query plan {each}").fetchall()) for each in asked]
    assert any("INDEX tickets_person (person=?)" in plan for plan in plans)
    assert any("INDEX conversations_person (person=?)" in plan for plan in plans)
    assert not [plan for plan in plans if "SCAN" in plan]
