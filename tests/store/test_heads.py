"""Which orders are ready is found as if every row were read, whatever became of them before."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from bot.core.model.effects import Chat, Group, Outgoing, Place, Read, Respond, Room, Send
from bot.store import Order, Store
from bot.store.heads import LONGEST
from bot.store.lanes import for_people, is_news
from tests.addresses import on_telegram
from tests.store.changes import ENDS, PROFILE, Changes

HER, HIM = on_telegram(1), on_telegram(2)
SUBJECTS = [f"conversation:telegram:{n}" for n in (1, 2, 3)]
PLACES: list[Place] = [Chat(HER), Chat(HIM), Room("F1", "one"), Room("F2", "two"), Group("one")]
SENT = st.builds(Send, to=st.sampled_from(PLACES), text=st.just("好"), news=st.booleans())
EFFECTS: st.SearchStrategy[Outgoing] = st.one_of(
    SENT,
    SENT,
    st.builds(Respond, to=st.just(Chat(HER)), query=st.sampled_from("qr")),
    st.builds(Read, to=st.just(Chat(HIM)), items=st.just(())),
)
DUE = st.sampled_from([0.0, 1.0, 40.0, LONGEST, LONGEST + 30.0, 9 * LONGEST])
CLOCK = st.sampled_from([1.0, 35.0, -20.0, LONGEST, -2 * LONGEST])
NUMBERS = st.lists(st.integers(0, 99), max_size=4)
FIRST = "id = (select min(id) from outbox where status = 'waiting')"
ELSEWHERE = st.sampled_from(
    [
        f"update outbox set status = 'sent' where {FIRST}",
        f"update outbox set due_at = 9500.0 where {FIRST}",
        f"delete from outbox where {FIRST}",
    ]
)
Waiting = tuple[int, str, float]
"""Number, lane and time of an order that waits."""


def heads(rows: list[Waiting]) -> list[Waiting]:
    first: dict[str, Waiting] = {}
    for row in rows:
        first.setdefault(row[1], row)
    return list(first.values())


def due(rows: list[Waiting], now: float) -> list[Waiting]:
    """The heads that are due, in their order."""
    newest = {lane: number for number, lane, _ in rows}

    def place(row: Waiting) -> tuple[int, int]:
        if for_people(row[1]):
            return 0, -newest[row[1]]
        return 2 if is_news(row[1]) else 1, row[0]

    return sorted((r for r in heads(rows) if r[2] <= now or r[2] > now + LONGEST), key=place)


class Orders(Changes):
    def rows(self) -> list[Waiting]:
        query = "select id, lane, due_at from outbox where status = 'waiting' order by id"
        return [(row[0], row[1], row[2]) for row in self.store._db.execute(query)]

    def orders(self, numbers: list[int]) -> list[Order]:
        """Some that wait, whether they are first or not."""
        rows, some = self.rows(), range(len(self.rows()))
        picked = {rows[n % len(rows)][0] for n in numbers if some}
        query = "select subject, lane, effect, attempts, due_at from outbox where id = ?"
        found = [(n, self.store._db.execute(query, [n]).fetchone()) for n in sorted(picked)]
        codec = self.store.outbox._codec
        return [Order(n, of, lane, codec.value(e), *rest) for n, (of, lane, e, *rest) in found]

    @rule(of=st.sampled_from(SUBJECTS), effects=st.lists(EFFECTS, max_size=5), end=ENDS)
    def orders_are_put(self, of: str, effects: list[Outgoing], end: str) -> None:
        put = self.store.outbox.put
        self.change(end, *(partial(put, of, [effect], self.now) for effect in effects))

    @rule(which=NUMBERS, how=st.sampled_from(["sent", "fail", "behind"]), end=ENDS)
    def orders_end(self, which: list[int], how: str, end: str) -> None:
        outbox, now = self.store.outbox, self.now

        def finish(order: Order) -> None:
            if how == "sent":
                outbox.sent(order, HER, [order.id], now)
            if how == "fail":
                outbox.fail(order, "no", now)
            if how == "behind":
                for each in outbox.behind(order, now):
                    outbox.fail(each, "no", now)

        self.change(end, *(partial(finish, order) for order in self.orders(which)))

    @rule(which=NUMBERS, after=DUE, end=ENDS)
    def orders_are_put_off(self, which: list[int], after: float, end: str) -> None:
        later = self.store.outbox.later
        orders = self.orders(which)
        self.change(end, *(partial(later, order, self.now + after, "not now") for order in orders))

    @rule(of=st.sampled_from(SUBJECTS), end=ENDS)
    def somebody_is_erased(self, of: str, end: str) -> None:
        self.change(end, partial(self.store.conversations.forget, of))

    @rule(of=st.sampled_from(SUBJECTS), ago=st.sampled_from([0, 30]), end=ENDS)
    def what_is_old_is_thinned(self, of: str, ago: int, end: str) -> None:
        before = datetime.fromtimestamp(self.now - ago, UTC)
        self.change(end, partial(self.store.retention.thin, of, before))

    @rule(tier=st.sampled_from(["one", "two"]), end=ENDS)
    def a_group_can_be_spoken_to_again(self, tier: str, end: str) -> None:
        self.change(end, partial(self.store.groups.hasten, tier, self.now))

    @rule(seconds=CLOCK)
    def the_clock_goes_on_or_is_set(self, seconds: float) -> None:
        self.now += seconds

    @rule(end=ENDS)
    def it_is_noticed_that_the_clock_was_set_back(self, end: str) -> None:
        self.change(end, partial(self.store.times.set_back, 1.0, self.now))

    @rule(statement=ELSEWHERE)
    def another_program_writes(self, statement: str) -> None:
        self.elsewhere(statement)

    @rule()
    def it_is_started_again(self) -> None:
        self.store.close()
        self.open()

    @rule(
        limit=st.integers(0, 4),
        others=st.integers(0, 3),
        news=st.integers(0, 2),
        which=NUMBERS,
    )
    def no_more_is_ready_than_asked_for(
        self, limit: int, others: int, news: int, which: list[int]
    ) -> None:
        busy = [order.lane for order in self.orders(which)]
        rows = [row for row in due(self.rows(), self.now) if row[1] not in busy][:limit]
        people = [row for row in rows if for_people(row[1])]
        groups = [row for row in rows if not for_people(row[1]) and not is_news(row[1])]
        told = [row for row in rows if is_news(row[1])][:news]
        found = self.store.outbox.ready(self.now, limit, busy, others, news)
        expected = people + [*groups, *told][:others]
        assert [order.id for order in found] == [number for number, _, _ in expected]

    @invariant()
    def what_is_ready_is_what_is_due(self) -> None:
        rows = self.rows()
        newest = {lane: number for number, lane, _ in rows}
        found = self.store.outbox.ready(self.now, 1000)
        expected = [(number, newest[lane]) for number, lane, _ in due(rows, self.now)]
        assert [(order.id, order.newest) for order in found] == expected
        later = [at for _, _, at in heads(rows) if self.now < at <= self.now + LONGEST]
        assert self.store.outbox.next_due(self.now) == min(later, default=None)


def test_what_is_ready_is_found_as_if_every_row_were_read() -> None:
    run_state_machine_as_test(Orders, settings=PROFILE)


def steps(store: Store, rows: int) -> int:
    """Instructions of SQLite's machine for one order put, found, put off, found again and sent,
    while so many wait in lanes of their own and as many in one lane."""
    many = [Send(to=Chat(on_telegram(n)), text="好") for n in range(10, 10 + rows)]
    with store.writing():
        store.outbox.put(SUBJECTS[0], [*many, *[Send(to=Group("one"), text="好")] * rows], 0.0)
    with store.writing():
        for order in store.outbox.ready(0.0, 2 * rows):
            store.outbox.later(order, 50.0, "not now")
    store.outbox.ready(1.0, 1)
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    store._db.conn.set_progress_handler(count, 1)
    store.outbox.put(SUBJECTS[1], [Send(to=Chat(HER), text="好")], 1.0)
    (order,) = store.outbox.ready(1.0, 1000)
    store.outbox.later(order, 2.0, "not now")
    assert (store.outbox.ready(1.0, 1000), store.outbox.next_due(1.0)) == ([], 2.0)
    (order,) = store.outbox.ready(2.0, 1000)
    store.outbox.sent(order, HER, [1], 2.0)
    assert store.outbox.next_due(2.0) == 50.0
    store._db.conn.set_progress_handler(None, 1)
    store.close()
    return counted


def test_many_orders_that_wait_make_no_order_dearer(tmp_path: Path) -> None:
    few, many = Store.open(tmp_path / "few.db"), Store.open(tmp_path / "many.db")
    assert steps(many, 2000) <= 1.1 * steps(few, 1)
