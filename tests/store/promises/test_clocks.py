"""What is due of tickets: the most urgent first, and counted anew when the hours are others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.model import subject
from bot.core.model.message import Person
from bot.store.protocol import Store
from tests.addresses import WANG
from tests.store.two_addresses import AT, CHEN, TICKET, writes

SOON = timedelta(minutes=2)


def test_the_queue_of_a_tier_is_what_is_due_of_it_the_most_urgent_first(store: Store) -> None:
    def ticket(number: str, minutes: int | None, tier: str = "frontline") -> None:
        at = None if minutes is None else AT + timedelta(minutes=minutes)
        owner = Person("telegram:7", "小李")
        writes(store, WANG, replace(TICKET, number=number, due_at=at, tier=tier, owner=owner))

    for number, minutes in {"F1": 30, "F2": -5, "F3": None, "F4": 10}.items():
        ticket(number, minutes)
    ticket("F5", 1, tier="technical")
    closed = replace(TICKET, number="F6", due_at=AT, status="closed", closed_at=AT)
    writes(store, CHEN, closed)
    queue = store.tickets.queue("frontline", 9)
    assert [each.number for each in queue] == ["F2", "F4", "F1"]
    assert queue[0] == store.tickets.named("F2")
    assert [each.number for each in store.tickets.queue("frontline", 2)] == ["F2", "F4"]
    assert store.tickets.queue("coordination", 9) == []
    assert store.tickets.due_in() == {"frontline": 3, "technical": 1}


def times(store: Store) -> dict[str, datetime]:
    far = (AT + timedelta(days=9)).timestamp()
    return {what: datetime.fromtimestamp(at, UTC) for _, what, at in store.timers.due(far)}


def set_timers(store: Store, of: str, **hours: float) -> None:
    for what, ahead in hours.items():
        name = what.replace("_", ":")
        store.timers.wake_at(subject.conversation(of), name, AT + timedelta(hours=ahead))


def test_clocks_that_were_wound_by_other_hours_strike_soon(store: Store) -> None:
    now = AT.timestamp()
    store.timers.wind("these hours", now)
    for n in range(9):
        set_timers(store, WANG, **{f"clock_F{n}": n - 1})
    set_timers(store, CHEN, clock_FC=3, confirm_FC=3, promise_FC=3)
    before = times(store)
    assert not store.timers.wind("these hours", now)
    assert times(store) == before
    assert store.timers.wind("other hours", now)
    after = times(store)
    clocks = {what for what in before if what.startswith("clock:")}
    assert {what for what in before if after[what] == before[what]} == {
        *("clock:F0", "clock:F1", "confirm:FC", "promise:FC"),
    }
    assert max(after[what] for what in clocks) <= AT + SOON
    assert sum(after[what] < AT + SOON / 2 for what in clocks) > 2
    assert not store.timers.wind("other hours", now)


def test_where_nothing_is_wound_nothing_strikes(store: Store) -> None:
    assert store.timers.wind("these hours", AT.timestamp())
    assert store.timers.wind("other hours", AT.timestamp())
    assert times(store) == {}
