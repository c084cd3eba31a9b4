"""Random histories of the file: whatever fails and wherever it crashes, nothing is lost or doubled.

`FUZZ=50 pytest tests/store/test_histories.py` plays fifty times as many, from new seeds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Room, Send
from bot.core.model.message import Line, Person
from bot.core.model.state import Decision
from bot.store import Arrival, Order, Row, Store
from bot.store.lanes import lane_of

FUZZ = int(os.environ.get("FUZZ", "0"))
PROFILE = settings(
    max_examples=15 * (FUZZ or 1),
    stateful_step_count=60 if FUZZ else 30,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    phases=(Phase.explicit, Phase.generate, *((Phase.shrink,) if FUZZ else ())),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
AT = datetime(2026, 11, 24, tzinfo=UTC)
PEOPLE = ["telegram:1001", "telegram:1002", "telegram:1003"]
LANES = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6)
ENDS = st.sampled_from(["kept"] * 5 + ["undone", "crash before", "crash after"])
HOWS = st.sampled_from(["sent"] * 5 + ["later", "refused"])


class Undone(Exception):
    """Ends a transaction, or a part of one, before its time."""


@dataclass
class Known:
    """What must be in the file: the arrivals, what came of them, and the orders by lane."""

    came: list[str] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    failed: dict[str, int] = field(default_factory=dict)
    applied: list[str] = field(default_factory=list)
    orders: dict[str, list[str]] = field(default_factory=dict)
    unsent: dict[str, list[str]] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    put_off: Counter[str] = field(default_factory=Counter)

    def line(self) -> list[str]:
        """What waits to be worked on, in order."""
        return [key for key in self.came if key in self.waiting]


def text(order: Order) -> str:
    assert isinstance(order.effect, Send)
    return order.effect.text


class Histories(RuleBasedStateMachine):
    """A store used as the loops use it, beside what is known to be kept.

    `flying` are the orders that were sent and not marked yet, `heard` is what people read, and
    `doubtful` counts how often a crash left it open whether an order was carried out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.lives, self.now = 0, 1000.0
        self.dead: list[Store] = []
        self.known = Known()
        self.keys: dict[str, str] = {}
        self.spoilt: set[str] = set()
        self.flying: dict[str, Order] = {}
        self.heard: list[tuple[str, str]] = []
        self.doubtful: Counter[str] = Counter()
        self.path.parent.mkdir()
        self.store = Store.open(self.path)

    @property
    def path(self) -> Path:
        return Path(self.folder.name) / str(self.lives) / "desk.db"

    # how a change ends

    def crash(self) -> None:
        """The process is gone: what stands in the files at this moment is all there is."""
        left = self.path
        self.dead.append(self.store)
        self.lives += 1
        self.path.parent.mkdir()
        for each in left.parent.glob("desk.db*"):
            if not each.name.endswith("-shm"):
                shutil.copy(each, self.path.parent / each.name)
        self.doubtful.update(text(order) for order in self.flying.values())
        self.flying = {}
        self.store = Store.open(self.path)

    def together(self, changes: list[Callable[[], None]], end: str) -> None:
        """Commit the changes as one group, unless it ends otherwise."""
        before, flying = deepcopy(self.known), dict(self.flying)
        try:
            with self.store.writing():
                for change in changes:
                    change()
                if end == "crash before":
                    self.flying = flying
                    self.crash()
                if end in ("crash before", "undone"):
                    raise Undone
        except Undone:
            self.known = before
            self.flying = flying if end == "undone" else {}
        if end == "crash after":
            self.crash()
        while self.dead:
            self.dead.pop().close()

    @contextmanager
    def apart(self, *, whole: bool) -> Iterator[None]:
        """A part of a group; unless it is whole, it raises when it is nearly done."""
        before = deepcopy(self.known)
        try:
            with self.store.apart():
                yield
                if not whole:
                    raise Undone
        except Undone:
            self.known = before

    # changes

    def take(self, lanes: list[str], again: int) -> None:
        """New updates and, as Telegram does when it heard no answer, some that it sent before."""
        old = dict(list(self.keys.items())[-again:]) if again else {}
        new = {str(len(self.keys) + n): lane for n, lane in enumerate(lanes)}
        arrivals = [Arrival("telegram", key, lane, key) for key, lane in (old | new).items()]
        fresh = [key for key in (old | new) if key not in self.known.came]
        assert self.store.inbox.take(arrivals, self.now) == len(fresh)
        self.keys |= new
        self.known.came += fresh
        self.known.waiting |= set(fresh)

    def work(self, most: int, bad: int) -> None:
        """Work on a batch, of which some rows fail in the middle."""
        rows = self.store.inbox.waiting(most)
        assert [row.payload for row in rows] == self.known.line()[:most]
        for row in rows:
            fails = bad > 0 and row.id % bad == 0 and row.payload not in self.spoilt
            with self.apart(whole=not fails):
                self.apply(row)
            if fails:
                self.spoilt.add(row.payload)
                self.store.inbox.fail(row, row.subject or f"conversation:{row.lane}", "wrong")
                self.known.waiting.remove(row.payload)
                self.known.failed[row.payload] = row.id

    def apply(self, row: Row) -> None:
        known, key = self.known, row.payload
        subject = row.subject or f"conversation:{row.lane}"
        self.store.inbox.done(row, subject)
        new = Conversation(id=subject, address=row.lane, person=Person(row.lane, ""))
        known_now = self.store.conversations.load(subject) or new
        said = Line(seq=row.id, at=AT, who="person", name="", text=key)
        counted = replace(known_now, turn=known_now.turn + 1)
        self.store.conversations.keep(Decision(conversation=counted, lines=(said,)), self.now)
        known.waiting.remove(key)
        known.applied.append(key)
        if row.channel == "telegram":
            chat, room = Chat(row.lane), Room(f"F{row.lane}", "frontline")
            orders = [Send(to=chat, text=f"{key}a"), Send(to=room, text=f"{key}r")]
            orders += [Send(to=chat, text=f"{key}n", news=True), Send(to=chat, text=f"{key}b")]
            self.store.outbox.put(subject, orders, self.now)
            for order in orders:
                known.orders.setdefault(lane_of(order), []).append(order.text)
                known.unsent.setdefault(lane_of(order), []).append(order.text)
                known.due[order.text] = self.now

    def retry(self, which: int) -> None:
        if self.known.failed:
            key = sorted(self.known.failed)[which % len(self.known.failed)]
            assert self.store.inbox.retry(self.known.failed.pop(key))
            self.known.waiting.add(key)

    def mark(self, lane: str, how: str) -> None:
        """Keep how an order that was sent went."""
        order, known = self.flying.pop(lane), self.known
        if how == "later":
            known.due[text(order)] = self.now + 30
            known.put_off[text(order)] += 1
            return self.store.outbox.later(order, self.now + 30, "not now")
        assert known.unsent[lane].pop(0) == text(order)
        if how == "sent":
            assert self.store.outbox.sent(order, "telegram:1", [order.id], self.now)
            return None
        told = Arrival("outbox", f"{order.id}", "case:", f"lost {text(order)}", order.subject)
        self.store.outbox.fail(order, "blocked", self.now)
        assert self.store.inbox.take([told], self.now) == 1
        known.came.append(told.payload)
        known.waiting.add(told.payload)
        return None

    # rules

    @rule(lanes=LANES, again=st.integers(0, 4), end=ENDS)
    def arrives(self, lanes: list[str], again: int, end: str) -> None:
        self.together([partial(self.take, lanes, again)], end)

    @rule(most=st.integers(1, 8), bad=st.sampled_from([0, 0, 2, 3]), end=ENDS)
    def works(self, most: int, bad: int, end: str) -> None:
        self.together([partial(self.work, most, bad)], end)

    @rule(which=st.integers(0, 99), end=ENDS)
    def retries(self, which: int, end: str) -> None:
        self.together([partial(self.retry, which)], end)

    @rule(most=st.integers(1, 5))
    def sends(self, most: int) -> None:
        heads = {lane: texts[0] for lane, texts in self.known.unsent.items() if texts}
        due = {lane for lane, head in heads.items() if self.known.due[head] <= self.now}
        could = due - self.flying.keys()
        orders = self.store.outbox.ready(self.now, most, tuple(self.flying))
        assert len(orders) == min(most, len(could))
        for order in orders:
            assert order.lane in could
            assert text(order) == heads[order.lane]
            self.flying[order.lane] = order
            self.heard.append((order.lane, text(order)))

    @rule(hows=st.lists(HOWS, max_size=4), lanes=st.none() | LANES, end=ENDS)
    def marks_what_went_beside_what_comes(
        self, hows: list[str], lanes: list[str] | None, end: str
    ) -> None:
        went = list(zip(sorted(self.flying), hows, strict=False))
        changes = [partial(self.mark, lane, how) for lane, how in went]
        arrival = [partial(self.take, lanes, 2)] if lanes else []
        self.together([*changes, *arrival], end)

    @rule(seconds=st.sampled_from([1, 40]))
    def passes(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def is_killed(self) -> None:
        self.together([], "crash after")

    # in the end

    def teardown(self) -> None:
        try:
            self.finish()
            self.nothing_is_lost_or_doubled()
        finally:
            self.store.close()
            self.folder.cleanup()

    def finish(self) -> None:
        self.together([partial(self.take, [], len(self.keys))], "kept")  # Telegram sends it again
        while self.known.failed:
            self.retries(0, "kept")
        self.works(10_000, 0, "kept")
        while any(self.known.unsent.values()):
            self.now += 40
            self.sends(100)
            self.marks_what_went_beside_what_comes(["sent"] * len(self.flying), None, "kept")

    def nothing_is_lost_or_doubled(self) -> None:
        known, inbox = self.known, self.store.inbox
        assert (inbox.backlog(), inbox.failed(), self.store.outbox.backlog()) == (0, [], 0)
        assert sorted(key for key in known.applied if key in self.keys) == sorted(self.keys)
        for lane in set(self.keys.values()):
            case = self.store.conversations.load(f"conversation:{lane}")
            assert case is not None
            lines = self.store.history.tail(case.id, 10_000)
            assert case.turn == len(lines)
            said = [line.text for line in lines if line.text in self.keys]
            assert sorted(said) == sorted(key for key, of in self.keys.items() if of == lane)
            calm = [key for key in said if key not in self.spoilt]
            assert calm == sorted(calm, key=known.came.index)
        for lane, orders in known.orders.items():
            times = [text for of, text in self.heard if of == lane]
            assert [text for text, _ in groupby(times)] == orders
        for told, times_heard in Counter(text for _, text in self.heard).items():
            assert times_heard <= 1 + self.doubtful[told] + known.put_off[told]


def test_nothing_is_lost_or_doubled_in_any_history() -> None:
    run_state_machine_as_test(Histories, settings=PROFILE)
