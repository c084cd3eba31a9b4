"""Whose a ticket is: a person has one or more addresses, and what is theirs is found at each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.model import subject
from bot.core.model.state import Needs
from bot.store.protocol import Store
from tests.addresses import WANG
from tests.store.two_addresses import (
    AT,
    CHEN,
    DELETE,
    INVOICE,
    LATER,
    OFFICE,
    TICKET,
    earlier,
    joined,
    talk,
    writes,
)


def test_whoever_is_heard_first_is_a_person_and_stays_the_same_one(store: Store) -> None:
    assert store.people.at(WANG) is None
    writes(store, WANG)
    wang = store.people.at(WANG)
    writes(store, CHEN)
    writes(store, WANG, TICKET)
    assert store.people.at(WANG) == wang
    assert store.people.at(CHEN) not in (None, wang)
    assert earlier(store, WANG) == ["F2222"]
    assert earlier(store, CHEN) == []


def test_two_addresses_of_one_person_know_the_tickets_of_both(store: Store) -> None:
    joined(store)
    assert earlier(store, WANG) == earlier(store, OFFICE) == ["F2223", "F2222"]
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
    state = store.conversations.state(talk(CHEN), DELETE)
    assert {*state.elsewhere} == {subject.conversation(WANG), subject.conversation(OFFICE)}


def test_where_else_somebody_is_is_brought_only_to_what_needs_it(store: Store) -> None:
    joined(store)
    writes(store, CHEN)
    assert store.conversations.state(talk(WANG), Needs()).elsewhere == ()
    here = store.conversations.state(talk(WANG), DELETE)
    assert here.elsewhere == (subject.conversation(OFFICE),)
    assert store.conversations.state(talk(CHEN), DELETE).elsewhere == ()


def test_of_whoever_is_erased_no_address_stays_and_no_tie(store: Store) -> None:
    joined(store)
    writes(store, CHEN)
    chen = store.people.at(CHEN)
    store.retention.forget(subject.conversation(WANG))
    assert [store.people.at(each) for each in (WANG, OFFICE, CHEN)] == [None, None, chen]
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
