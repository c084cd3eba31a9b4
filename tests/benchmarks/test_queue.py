"""Questions about very many tickets and people go by an index; each is measured as it is asked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.model.agents import FOUND, SHOWN
from bot.store import Store
from tests.benchmarks import queue
from tests.benchmarks.queue_rows import DUE_NOW, NAMED, fill, name, number_of

ROOT = Path(__file__).parent.parent.parent
TICKETS, PEOPLE = 1000, 1500
BIG = {
    *("tickets", "ticket_words", "timers", "people", "addresses", "conversations", "messages"),
    *("daily", "record", "inbox", "outbox"),
}
STEP = re.compile(r"SCAN (\w+)(?! USING COVERING INDEX timers_at$)")
"""A step of a plan that reads a table, or an index of it, from its beginning; the first timer
stands there."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("queue") / "desk.db"
    fill(path, TICKETS, PEOPLE)
    opened = Store.open(path)
    yield opened
    opened.close()


def asked(store: Store, title: str) -> list[str]:
    """The statements that a question comes to."""
    statements: list[str] = []
    store._db.conn.set_trace_callback(statements.append)
    queue.QUESTIONS[title](store)
    store._db.conn.set_trace_callback(None)
    return statements


def scanned(store: Store, statement: str) -> set[str]:
    """The tables that a statement reads whole."""
    plan = store._db.execute(f"explain query plan {statement}").fetchall()
    return {found[1] for *_, step in plan if (found := STEP.match(step))}


@pytest.mark.parametrize("title", queue.QUESTIONS)
def test_no_question_reads_a_table_that_grows_whole(store: Store, title: str) -> None:
    statements = asked(store, title)
    assert statements
    for statement in statements:
        assert not scanned(store, statement) & BIG, statement


def test_one_that_reads_a_table_whole_is_noticed(store: Store) -> None:
    for statement, table in {
        "select count(*) from tickets where data like '%a%'": "tickets",
        "select count(*) from people": "people",
        "select tier, count(*) from tickets group by tier": "tickets",
    }.items():
        assert scanned(store, statement) == {table}


def test_the_rows_are_such_as_the_desk_reads(store: Store) -> None:
    ticket = store.tickets.named(number_of(4))
    assert ticket is not None
    assert ticket.name == name(0)
    assert ticket.slots.keys() == {"number", "date"}
    talk = store.conversations.load("conversation:telegram:10000004")
    assert talk is not None
    assert store.tickets.open_ticket(talk.id) == (ticket.number, ticket.tier)
    assert sum(store.tickets.open_in().values()) == TICKETS
    assert store._db.execute("select count(*) from addresses").fetchone() == (PEOPLE,)


def test_each_question_finds_what_it_looks_for(store: Store) -> None:
    assert len(store.timers.due(queue.AT)) == DUE_NOW
    assert store.timers.next_due() == min(at for *_, at in store.timers.due(queue.AT))
    boards = {
        title: queue.QUESTIONS[title](store)
        for title in ("queue", "find_number", "find_invoice", "find_person", "find_word")
    }
    counts = {title: len(board.tickets) for title, board in boards.items()}  # type: ignore[attr-defined]
    assert counts == {
        "queue": SHOWN,
        "find_number": 1,
        "find_invoice": NAMED,
        "find_person": NAMED,
        "find_word": SHOWN,
    }
    assert boards["find_word"].count == FOUND  # type: ignore[attr-defined]
    figures = queue.QUESTIONS["digest"](store)
    assert figures.waiting == TICKETS * 7 // 10  # type: ignore[attr-defined]
    assert figures.overdue > 0 < figures.due_today  # type: ignore[attr-defined]


def test_the_last_line_holds_every_cost_and_ratio_and_nothing_is_left_behind(
    tmp_path: Path,
) -> None:
    options = ("--tickets", "200", "--people", "300", "--runs", "2")
    command = (sys.executable, "-m", "tests.benchmarks.queue", *options)
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={"TMPDIR": str(tmp_path)}
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == 3 + 3 * len(queue.QUESTIONS)
    for title in queue.QUESTIONS:
        assert found[title] > 0
        assert found[f"{title}_us"] > 0
    assert found["worst"] == max(found[title] for title in queue.QUESTIONS)
    assert [*tmp_path.iterdir()] == []
