"""What a running desk asks of its database reads no past, however much of it there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.benchmarks import past
from tests.benchmarks.alone import AGENT, Alone

TALK = (
    ("发票状态是什么意思",),
    *(("/human",), ("/human",), ("/claim", AGENT), ("还是没有",), ("请稍等", AGENT)),
    *(("//内部", AGENT), ("/note", AGENT), ("再看", AGENT), ("/escalate", AGENT)),
    *(("/release", AGENT), ("/take", AGENT), ("/resolve", AGENT), ("解决了",), ("/ticket",)),
)
A_DAY = 86400.0
WHOLE = re.compile(r"(?:SCAN|SEARCH) (\w+)$")
"""A step of a plan that goes by no index and no key: a table of which every row is read."""
EMPTIED = "delete from usual"
"""Empties a small table without a look at its rows, so there is no plan."""
SMALL = {
    *("doomed", "erasing"),  # empty but while something is erased
    *("usual", "tiers"),  # a row a tier
}
ASKED = ("select", "insert", "update", "delete", "with")


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a desk asks after its start, for a talk with a ticket and until the day after."""
    asked: list[str] = []
    with Alone(tmp_path_factory.mktemp("queries") / "desk.db") as desk:
        desk.hears("你好")
        store = desk._desk.store
        store._db.conn.set_trace_callback(asked.append)
        for text, *who in TALK:
            desk.hears(text, *who)
        desk.later(A_DAY)
        store.tickets.open_in()
        store._db.conn.set_trace_callback(None)
        assert [row["status"] for row in store.tickets.rows()] == ["closed"]
    return [each for each in asked if each.split()[0].lower() in ASKED]


def scans(store: Store, statement: str) -> Iterator[str]:
    """The tables that a statement reads whole."""
    plan = store._db.execute(f"explain query plan {statement}").fetchall()
    assert plan or statement.startswith(("insert", EMPTIED))
    for *_, step in plan:
        if found := WHOLE.match(step):
            yield found[1]


def test_a_desk_asks_for_no_past(tmp_path: Path, statements: list[str]) -> None:
    past.make(tmp_path / "past.db", 1000)
    store = Store.open(tmp_path / "past.db")
    found = {table: each for each in statements for table in scans(store, each)}
    assert found.keys() <= SMALL
    assert {*scans(store, "select max(at) from messages")} == {"messages"}
    store.close()
