"""How a tier stands is counted from when it was told last, and of its own tickets alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.core.model.digest import COUNTED, DayCount
from bot.core.model.message import Person
from bot.core.model.record import Record
from bot.core.text.clock import BEIJING
from bot.store.protocol import Store
from tests.addresses import WANG
from tests.store.two_addresses import TICKET, writes

NINE = datetime(2026, 11, 24, 9, 5, tzinfo=BEIJING)
YESTERDAY = NINE - timedelta(days=1)


def record(store: Store, at: datetime, what: Any, tier: str = "frontline", **about: Any) -> None:
    told = Record(at=at, kind="ticket", what=what, role="person", to_tier=tier)
    store.records.add("conversation:telegram:1", record.seq, (replace(told, **about),))  # type: ignore[attr-defined]
    record.seq += 1  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def numbered() -> None:
    record.seq = 1  # type: ignore[attr-defined]


def test_a_tier_is_told_from_when_it_begins_to_be_and_others_are_not(store: Store) -> None:
    assert store.digests.since("frontline") is None
    assert store.digests.figures("frontline", NINE.timestamp()) is None
    store.digests.begin(("frontline", "technical"), YESTERDAY.timestamp())
    store.digests.begin(("frontline",), NINE.timestamp())
    assert store.digests.since("frontline") == YESTERDAY
    assert store.digests.since("technical") is None
    store.digests.told("frontline", NINE.timestamp())
    assert store.digests.since("frontline") == NINE


def test_what_came_and_was_closed_counts_from_when_it_was_told_last(store: Store) -> None:
    record(store, YESTERDAY - timedelta(hours=1), "opened")
    store.digests.begin(("frontline",), YESTERDAY.timestamp())
    for hours, what in {1: "opened", 2: "escalated", 3: "confirmed", 23: "expired"}.items():
        record(store, YESTERDAY + timedelta(hours=hours), what)
    record(store, NINE - timedelta(hours=2), "opened", tier="technical")
    record(store, NINE - timedelta(hours=2), "claimed")
    found = store.digests.figures("frontline", NINE.timestamp())
    assert found is not None
    assert (found.since, found.at) == (YESTERDAY, NINE)
    assert (found.opened, found.closed) == (2, 2)
    store.digests.told("frontline", NINE.timestamp())
    record(store, NINE + timedelta(hours=1), "opened")
    later = store.digests.figures("frontline", (NINE + timedelta(hours=2)).timestamp())
    assert later is not None
    assert (later.opened, later.closed) == (1, 0)


def test_the_last_fourteen_whole_days_are_told_each_in_its_place(store: Store) -> None:
    store.digests.begin(("frontline",), YESTERDAY.timestamp())
    record(store, datetime(2026, 11, 9, 23, 59, tzinfo=BEIJING), "opened")
    record(store, datetime(2026, 11, 10, 0, 0, tzinfo=BEIJING), "opened")
    record(store, datetime(2026, 11, 23, 23, 59, tzinfo=BEIJING), "withdrawn")
    record(store, datetime(2026, 11, 24, 0, 0, tzinfo=BEIJING), "opened")
    for stars, day in (("5", 23), ("5", 12), ("2", 12), ("1", 24)):
        at = datetime(2026, 11, day, 12, tzinfo=BEIJING)
        record(store, at, "rated", kind="rating", value=stars, how="button")
    found = store.digests.figures("frontline", NINE.timestamp())
    assert found is not None
    assert len(found.days) == 14
    assert found.days[0] == DayCount(date(2026, 11, 10), opened=1)
    assert found.days[-1] == DayCount(date(2026, 11, 23), closed=1)
    assert found.stars == {5: 2, 2: 1}


def test_what_waits_is_told_with_what_is_due_in_the_rest_of_the_day(store: Store) -> None:
    store.digests.begin(("frontline",), YESTERDAY.timestamp())
    owner = Person("telegram:7", "小李")
    about: list[tuple[str, Any, float | None, str]] = [
        ("F1", "new", -1, "frontline"),
        ("F2", "new", None, "frontline"),
        ("F3", "open", 0, "frontline"),
        ("F4", "open", 14.9, "frontline"),
        ("F5", "pending", 15, "frontline"),
        ("F6", "resolved", None, "frontline"),
        ("F7", "closed", -9, "frontline"),
        ("F8", "new", -9, "technical"),
    ]
    for number, status, hours, tier in about:
        due = None if hours is None else NINE + timedelta(hours=hours)
        owned = None if status == "new" else owner
        changed = replace(TICKET, number=number, status=status, due_at=due, tier=tier, owner=owned)
        writes(store, WANG, changed)
    found = store.digests.figures("frontline", NINE.timestamp())
    assert found is not None
    assert (found.waiting, found.unowned) == (5, 2)
    assert (found.overdue, found.due_today) == (1, 2)
    assert found.waiting < COUNTED
    assert found.usual is None


def test_a_clock_that_was_set_back_makes_no_number_less_than_none(store: Store) -> None:
    record(store, NINE, "opened")
    store.digests.begin(("frontline",), NINE.timestamp())
    found = store.digests.figures("frontline", YESTERDAY.timestamp())
    assert found is not None
    assert (found.opened, found.closed) == (0, 0)
