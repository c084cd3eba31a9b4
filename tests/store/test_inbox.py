"""The inbox: everything once, in order, until it is worked on."""

from __future__ import annotations

import pytest

from bot.store import Arrival, Row, Store, inbox
from bot.store.inbox import DEDUPLICATED


def arrival(key: str, lane: str = "telegram:1001", channel: str = "telegram") -> Arrival:
    return Arrival(channel, key, lane, f"payload {key}")


def take(store: Store, *arrivals: Arrival, now: float = 0) -> int:
    with store.writing():
        return store.inbox.take(arrivals, now)


def payloads(rows: list[Row]) -> list[str]:
    return [row.payload for row in rows]


def everything(store: Store) -> list[tuple[str, str, str | None]]:
    rows = store._db.execute("select payload, status, key from inbox order by id")
    return [(row[0], row[1], row[2]) for row in rows]


def test_a_row_that_failed_is_kept_with_its_error_and_waits_no_more(store: Store) -> None:
    take(store, arrival("1"), arrival("2"))
    first, second = store.inbox.waiting(10)
    store.inbox.fail(first, "conversation:telegram:1001", "KeyError: 'chat'")
    store.inbox.done(second, None)
    assert store.inbox.waiting(10) == []
    assert store.inbox.backlog() == 0
    assert store.inbox.failed() == [(first.id, "KeyError: 'chat'")]
    assert everything(store)[0] == ("payload 1", "failed", "1")


def test_what_belongs_to_no_case_is_not_kept(store: Store) -> None:
    take(store, arrival("1"))
    store.inbox.done(store.inbox.waiting(10)[0], None)
    assert everything(store) == [("", "done", "1")]


def test_thinning_drops_what_old_done_rows_said_and_nothing_else(store: Store) -> None:
    take(store, arrival("old done"), arrival("old failed"), arrival("old waiting"), now=0)
    take(store, arrival("new done"), now=100)
    done, failed, _, new = store.inbox.waiting(10)
    store.inbox.done(done, "conversation:telegram:1001")
    store.inbox.fail(failed, "conversation:telegram:1001", "why")
    store.inbox.done(new, "conversation:telegram:1001")
    store.inbox.thin(DEDUPLICATED + 50)
    assert everything(store) == [
        ("", "done", None),
        ("payload old failed", "failed", "old failed"),
        ("payload old waiting", "waiting", "old waiting"),
        ("payload new done", "done", "new done"),
    ]


def test_of_many_old_rows_some_are_thinned_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "THINNED", 2)
    take(store, *(arrival(str(n)) for n in range(5)))
    for row in store.inbox.waiting(10):
        store.inbox.done(row, "conversation:telegram:1001")
    left = "select count(*) from inbox where key is not null"
    thinned = [(store.inbox.thin(DEDUPLICATED + 1), store._db.execute(left).fetchone()[0])]
    while thinned[-1][0]:
        thinned.append((store.inbox.thin(DEDUPLICATED + 1), store._db.execute(left).fetchone()[0]))
    assert thinned == [(True, 3), (True, 1), (False, 0)]


def test_why_a_row_waits_is_told_once_until_it_waits_no_more(store: Store) -> None:
    take(store, arrival("1"))
    (row,) = store.inbox.waiting(10)
    assert [store.inbox.explain(row, "not now") for _ in range(2)] == [True, False]
    store.inbox.done(row, None)
    assert not store.inbox.explain(row, "not now")
    assert store._db.execute("select error from inbox").fetchone() == (None,)


def test_of_what_belongs_to_nobody_it_is_not_kept_where_it_waited(store: Store) -> None:
    take(store, arrival("1", "invoice:2511", "desk"), arrival("2"))
    for row, subject in zip(store.inbox.waiting(2), (None, "conversation:x"), strict=True):
        store.inbox.done(row, subject)
    lanes = [row["lane"] for row in store._db["inbox"].rows]
    assert lanes == ["", "telegram:1001"]
