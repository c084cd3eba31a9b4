"""The inbox: everything once, in order, until it is worked on."""

from __future__ import annotations

from bot.store import Arrival, Row
from bot.store.inbox import DEDUPLICATED
from bot.store.protocol import Store


def arrival(key: str, lane: str = "telegram:1001", channel: str = "telegram") -> Arrival:
    return Arrival(channel, key, lane, f"payload {key}")


def take(store: Store, *arrivals: Arrival, now: float = 0) -> int:
    with store.writing():
        return store.inbox.take(arrivals, now)


def payloads(rows: list[Row]) -> list[str]:
    return [row.payload for row in rows]


def test_an_update_with_a_known_key_is_taken_once(store: Store) -> None:
    assert take(store, arrival("7"), arrival("7"), arrival("8")) == 2
    assert take(store, arrival("7"), arrival("9")) == 1
    assert payloads(store.inbox.waiting(10)) == ["payload 7", "payload 8", "payload 9"]


def test_a_known_key_stays_known_after_its_row_was_worked_on(store: Store) -> None:
    take(store, arrival("7"))
    (row,) = store.inbox.waiting(10)
    store.inbox.done(row, "conversation:telegram:1001")
    assert take(store, arrival("7")) == 0


def test_each_channel_counts_for_itself(store: Store) -> None:
    assert take(store, arrival("7"), arrival("7", channel="clock")) == 2


def test_nothing_to_take_is_nothing_taken(store: Store) -> None:
    assert take(store) == 0


def test_rows_wait_in_the_order_in_which_they_came(store: Store) -> None:
    take(store, arrival("9"), arrival("3"), now=5)
    take(store, arrival("1"), now=4)
    rows = store.inbox.waiting(10)
    assert payloads(rows) == ["payload 9", "payload 3", "payload 1"]
    assert [row.received_at for row in rows] == [5, 5, 4]
    assert payloads(store.inbox.waiting(2)) == ["payload 9", "payload 3"]


def test_a_lane_that_is_held_does_not_hold_the_others(store: Store) -> None:
    take(store, arrival("1", "a"), arrival("2", "b"), arrival("3", "a"), arrival("4", "c"))
    assert payloads(store.inbox.waiting(10, held=["a", "c"])) == ["payload 2"]


def test_an_update_id_that_telegram_uses_anew_is_a_new_update(store: Store) -> None:
    take(store, arrival("7"), now=0)
    (row,) = store.inbox.waiting(10)
    store.inbox.done(row, "conversation:telegram:1001")
    store.inbox.thin(DEDUPLICATED + 1)
    assert take(store, arrival("7"), now=DEDUPLICATED + 2) == 1


def test_a_row_that_is_held_waits_by_itself_and_goes_on_in_its_turn(store: Store) -> None:
    take(store, arrival("1", "a"), arrival("2", "a"), arrival("3", "a"))
    first, second, _ = store.inbox.waiting(10)
    store.inbox.hold(first, "a/7/2001")
    assert payloads(store.inbox.waiting(10, held=["a/7/2001"])) == ["payload 2", "payload 3"]
    store.inbox.done(second, None)
    assert payloads(store.inbox.waiting(10)) == ["payload 1", "payload 3"]
