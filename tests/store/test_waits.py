"""Who waits before whom, and what is usual, at the same cost however many wait."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.model import subject
from bot.core.model.conversation import Conversation, Progress
from bot.core.model.message import Person
from bot.core.model.record import Record
from bot.core.model.state import QUEUE, Decision, Needs
from bot.core.model.ticket import Summary, Ticket
from bot.store import Store
from bot.store.waits import LONG_AGO
from tests.addresses import WANG

AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
HERS = Conversation(id=subject.conversation(WANG), address=WANG, person=Person(WANG, "王芳"))
NEW = Ticket(
    number="F2222",
    summary=Summary("nothing"),
    status="new",
    tier="frontline",
    opened_at=AT,
    due_at=AT,
)
REPLIED = Record(
    at=AT, kind="clock", what="met", role="desk", field="first_reply", to_tier="frontline"
)
NOW = AT.timestamp()


def kept(store: Store, *tickets: Ticket) -> None:
    store.conversations.keep(Decision(conversation=HERS, tickets=tickets), 1)


def queued(count: int, tier: str = "frontline") -> tuple[Ticket, ...]:
    return tuple(
        replace(NEW, number=f"{tier}{n}", tier=tier, due_at=AT + timedelta(seconds=n))
        for n in range(count)
    )


def replied(store: Store, *minutes: int, at: datetime = AT, seq: int = 1) -> None:
    rows = [replace(REPLIED, at=at, minutes=each) for each in minutes]
    store.records.add(HERS.id, seq, rows)


def test_a_queue_is_of_the_new_ones_that_are_due_the_first_of_them(store: Store) -> None:
    claimed = replace(NEW, number="F2223", status="open", owner=HERS.person)
    kept(store, *queued(2), *queued(3, "technical"), claimed, replace(NEW, due_at=None))
    assert store.waits.queues(2) == {
        "frontline": (AT, AT + timedelta(seconds=1)),
        "technical": (AT, AT + timedelta(seconds=1)),
    }
    assert len(store.waits.queues(9)["technical"]) == 3


def test_of_those_that_come_before_it_is_known_only_how_many_there_are(store: Store) -> None:
    kept(store, *queued(5), *queued(1, "technical"))
    found = store.waits.queues(4, AT + timedelta(seconds=3))
    assert found == {
        "frontline": (*(LONG_AGO,) * 3, AT + timedelta(seconds=3)),
        "technical": (LONG_AGO,),
    }
    assert store.waits.queues(2, AT + timedelta(days=1))["frontline"] == (LONG_AGO,) * 2


def test_a_person_who_was_heard_has_those_counted_that_are_before_theirs(store: Store) -> None:
    heard = replace(HERS, heard_at=AT + timedelta(seconds=4))
    theirs = replace(NEW, number="F9", due_at=AT + timedelta(seconds=2))
    others = replace(HERS, id=subject.conversation("telegram:2"), address="telegram:2")
    store.conversations.keep(Decision(conversation=others, tickets=queued(5)), 1)
    store.conversations.keep(Decision(conversation=heard, tickets=(theirs,)), 1)
    found = store.conversations.state(heard, Needs(queues=True)).queues["frontline"]
    assert found[:2] == (LONG_AGO,) * 2
    assert sum(each < AT + timedelta(seconds=2) for each in found) == 2
    assert len(found) == 6


def test_it_comes_with_a_flow_and_where_it_is_needed(store: Store) -> None:
    kept(store, NEW)
    asked = replace(HERS, progress=Progress(flow="form", step="number", asked_at=AT))
    queues = {"frontline": (AT,)}
    assert store.conversations.state(HERS, Needs()).queues == {}
    assert store.conversations.state(HERS, Needs(queues=True)).queues == queues
    assert store.conversations.state(asked, Needs()).queues == queues


def test_among_very_many_it_costs_the_same(store: Store) -> None:
    kept(store, *queued(2 * QUEUE))
    asked: list[str] = []
    store._db.conn.set_trace_callback(asked.append)
    assert len(store.waits.queues(QUEUE)["frontline"]) == QUEUE
    store._db.conn.set_trace_callback(None)
    for query in asked:
        plan = [row[3] for row in store._db.execute(f"explain query plan {query}")]
        steps = [step for step in plan if "tickets" in step]
        assert steps
        assert all(
            re.match("SEARCH tickets USING (COVERING )?INDEX tickets_queue", s) for s in steps
        )
        assert not any("TEMP B-TREE" in step for step in plan)


def test_what_is_usual_is_the_median_of_enough_of_the_last_days(store: Store) -> None:
    replied(store, *range(1, 20))
    store.waits.learn(NOW)
    assert store.waits.usual() == {}
    replied(store, 500, seq=2)
    store.waits.learn(NOW)
    assert store.waits.usual() == {"frontline": 10}
    assert store.conversations.state(HERS, Needs(queues=True)).usual == {"frontline": 10}
    replied(store, *[90] * 30, at=AT - timedelta(days=31), seq=3)
    store.waits.learn(NOW)
    assert store.waits.usual() == {"frontline": 10}
    store.waits.learn(NOW + 31 * 86400)
    assert store.waits.usual() == {}
