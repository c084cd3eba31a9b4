"""The rows of people and addresses, and how they are found."""

from __future__ import annotations

from pathlib import Path

from bot.core.model import subject
from bot.store import Store
from tests.addresses import WANG
from tests.store.two_addresses import CHEN, DELETE, LATER, OFFICE, joined, talk, writes


def people(store: Store) -> list[tuple[int, float]]:
    return [(row["id"], row["created"]) for row in store._db["people"].rows]


def test_a_person_is_known_since_the_first_of_their_addresses_was_heard(store: Store) -> None:
    joined(store)
    writes(store, WANG, at=9.0)
    assert people(store) == [(store.people.at(WANG), 3.0)]


def test_joining_twice_or_with_nobody_changes_nothing(store: Store) -> None:
    joined(store)
    before = [*store._db["addresses"].rows], people(store)
    store.people.join(subject.conversation(OFFICE), WANG)
    store.people.join(subject.conversation(WANG), WANG)
    store.people.join(subject.conversation(WANG), CHEN)
    store.people.join(subject.conversation(CHEN), WANG)
    assert ([*store._db["addresses"].rows], people(store)) == before


def test_of_whoever_is_erased_no_row_stays(store: Store) -> None:
    joined(store)
    writes(store, CHEN, at=7.0)
    store.retention.forget(subject.conversation(WANG))
    assert people(store) == [(store.people.at(CHEN), 7.0)]
    assert [row["address"] for row in store._db["addresses"].rows] == [CHEN]


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
