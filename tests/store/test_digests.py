"""How many tickets a tier has is counted as they change, whatever changes them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from bot.core.model.message import Person
from bot.store import Store
from tests.addresses import WANG
from tests.store.conftest import until
from tests.store.two_addresses import CHEN, TICKET, joined, writes

COUNTED = "select tier, status, count from ticket_counts where count != 0 order by 1, 2"
THERE = "select tier, status, count(*) from tickets group by 1, 2 order by 1, 2"


def told(store: Store) -> list[tuple[object, ...]]:
    """The counts, which are true."""
    counts = store._db.execute(COUNTED).fetchall()
    assert counts == store._db.execute(THERE).fetchall()
    return counts


def test_each_change_of_state_and_tier_is_counted_and_no_other(store: Store) -> None:
    joined(store)
    assert told(store) == [("frontline", "open", 2)]
    writes(store, WANG, replace(TICKET, status="closed"))
    writes(store, CHEN, replace(TICKET, number="F9", tier="technical"))
    writes(store, CHEN, replace(TICKET, number="F9", tier="technical", owner=Person(WANG, "")))
    closed, moved = ("frontline", "closed", 1), ("technical", "open", 1)
    assert told(store) == [closed, ("frontline", "open", 1), moved]


def test_who_is_erased_is_counted_as_closed(store: Store) -> None:
    joined(store)
    with store.writing():
        store.retention.forget("conversation:telegram:1001")
    while store.retention.begun:
        with store.writing():
            store.retention.step()
    assert ("frontline", "closed", 1) in told(store)


def test_the_tickets_of_an_old_desk_are_counted(old: Path) -> None:
    with closing(Database(old)) as db:
        until(db, "digests")
        db.conn.commit()
    store = Store.open(old)
    assert told(store)
    store.close()
