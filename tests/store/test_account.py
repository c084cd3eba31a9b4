"""Of all that came and was to be said, every row is accounted for."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.core.model.effects import Chat, Respond, Send
from bot.store import FORGOTTEN, Arrival, Store
from bot.store.account import Account, account
from bot.store.outbox import Order

CASE = "conversation:telegram:1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Store:
    return Store.open(path)


def counted(path: Path) -> Account:
    found = account(path)
    assert found is not None
    return found


def arrival(key: str) -> Arrival:
    return Arrival("telegram", key, "telegram:1", "{}", CASE)


def send(store: Store, *effects: Send | Respond) -> list[Order]:
    with store.writing():
        store.outbox.put(CASE, effects, 0)
    return store.outbox.ready(1, 100)


def test_what_comes_twice_was_received_once(store: Store, path: Path) -> None:
    with store.writing():
        store.inbox.take([arrival("1"), arrival("1"), arrival("2")], 0)
        store.inbox.take([arrival("2"), arrival("3")], 0)
    updates = counted(path).updates
    assert (updates.received, updates.waiting) == (3, 3)
    assert updates.is_balanced


def test_each_state_is_counted(store: Store, path: Path) -> None:
    with store.writing():
        store.inbox.take([arrival(str(n)) for n in range(4)], 0)
        done, failed, erased, _ = store.inbox.waiting(10)
        store.inbox.done(done, CASE)
        store.outbox.put("desk:", [Send(to=Chat("telegram:2"), text="!")], 0)
        store.inbox.fail(failed, "conversation:telegram:9", "KeyError")
        store.inbox.noticed(failed, store.outbox.latest())
        store.inbox.done(erased, "conversation:telegram:8")
        store.retention.forget("conversation:telegram:8")
    found = counted(path)
    updates = found.updates
    assert (updates.done, updates.waiting, updates.failed, updates.erased) == (1, 1, 1, 1)
    assert found.is_settled


def test_what_delete_takes_away_is_erased_and_not_missing(store: Store, path: Path) -> None:
    (order,) = send(store, Send(to=Chat("telegram:1"), text="您好"))
    with store.writing():
        store.outbox.sent(order, "telegram:1", [7], 1)
        store.outbox.put(CASE, [Send(to=Chat("telegram:1"), text="再见")], 1)
        store.retention.forget(CASE)
    orders = counted(path).orders
    assert (orders.ordered, orders.erased, orders.sent, orders.waiting) == (2, 2, 0, 0)


def test_an_order_that_failed_is_told_once_the_core_has_decided_on_it(
    store: Store, path: Path
) -> None:
    (order,) = send(store, Send(to=Chat("telegram:1"), text="您好"))
    with store.writing():
        store.outbox.fail(order, "refused", 1)
    assert (counted(path).orders.failed, counted(path).untold) == (1, 1)
    with store.writing():
        store.outbox.settle(order.id)
    assert (counted(path).orders.given_up, counted(path).untold) == (1, 0)
    assert counted(path).is_settled


def test_nobody_waits_for_the_answer_to_a_press_that_is_over(store: Store, path: Path) -> None:
    (order,) = send(store, Respond(to=Chat("telegram:1"), query="q"))
    with store.writing():
        store.outbox.fail(order, "refused", 1)
    assert counted(path).is_settled


def test_a_row_that_failed_is_untold_where_its_notice_failed_as_well(
    store: Store, path: Path
) -> None:
    with store.writing():
        store.inbox.take([arrival("1")], 0)
        (row,) = store.inbox.waiting(1)
        store.inbox.fail(row, CASE, "KeyError")
    assert counted(path).untold == 1
    (notice,) = send(store, Send(to=Chat("telegram:1"), text="!"))
    with store.writing():
        store.inbox.noticed(row, notice.id)
    assert counted(path).untold == 0
    with store.writing():
        store.outbox.fail(notice, "refused", 1)
    assert counted(path).untold == 2
    with store.writing():
        store.outbox.settle(notice.id)
    assert counted(path).untold == 0


def test_what_the_core_is_still_to_be_told_is_not_untold(store: Store, path: Path) -> None:
    send(store, *(Send(to=Chat(f"telegram:{n}"), text="!") for n in range(1, 12)))
    (first, *_, eleventh) = store.outbox.ready(1, 100)[::-1]
    with store.writing():
        store.outbox.fail(eleventh, "refused", 1)
        store.inbox.take([Arrival("outbox", f"{eleventh.id} refused", "case:", "{}", CASE)], 1)
    assert counted(path).is_settled
    (row,) = store.inbox.waiting(1)
    with store.writing():
        store.outbox.fail(first, "refused", 1)
    assert counted(path).untold == 1
    with store.writing():
        store.inbox.fail(row, CASE, "KeyError")
        store.inbox.noticed(row, -1)
    assert counted(path).untold == 1
    with store.writing():
        store.inbox.done(row, CASE)
    assert counted(path).untold == 2


def test_an_order_that_waits_is_not_given_up_where_its_place_is_lost(
    store: Store, path: Path
) -> None:
    (order,) = send(store, Send(to=Chat("telegram:1"), text="您好"))
    with store.writing():
        store.outbox.settle(order.id)
        store.outbox.fail(order, "refused", 2)
    assert counted(path).untold == 1


def test_what_happens_in_the_room_of_an_erased_ticket_is_not_erased_itself(
    store: Store, path: Path
) -> None:
    with store.writing():
        store.inbox.take([Arrival("telegram", "1", "group:telegram:-100", "{}")], 0)
        (row,) = store.inbox.waiting(1)
        store.inbox.done(row, FORGOTTEN)
        store.outbox.put(FORGOTTEN, [Send(to=Chat("telegram:1"), text="资料已删除")], 0)
    (order,) = store.outbox.ready(1, 1)
    assert (counted(path).updates.done, counted(path).orders.waiting) == (1, 1)
    with store.writing():
        store.outbox.fail(order, "refused", 1)
    assert (counted(path).orders.failed, counted(path).untold) == (1, 1)


@pytest.mark.parametrize("table", ["inbox", "outbox"])
def test_a_row_that_is_gone_without_anybodys_doing_shows(
    store: Store, path: Path, table: str
) -> None:
    send(store, Send(to=Chat("telegram:1"), text="您好"))
    with store.writing():
        store.inbox.take([arrival("1")], 0)
    store.close()
    with sqlite3.connect(path) as other:
        other.execute(f"delete from {table}")
    other.close()
    assert not counted(path).is_settled


def test_an_older_database_balances_from_its_migration_on(tmp_path: Path) -> None:
    for fixture in sorted((Path(__file__).parent / "fixtures").glob("*.sql")):
        older = tmp_path / f"{fixture.stem}.db"
        with sqlite3.connect(older) as db:
            db.executescript(fixture.read_text("utf-8"))
        db.close()
        Store.open(older).close()
        assert counted(older).is_settled, fixture.name
