import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store
from tests.benchmarks import growth, past
from tests.benchmarks.alone import PERSON, Alone

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Alone]:
    with Alone(tmp_path / "desk.db") as desk:
        yield desk


def asked(desk: Alone, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(desk.database)) as db:
        return db.execute(question).fetchall()


def test_the_long_ticket_has_its_lines_and_goes_on(desk: Alone) -> None:
    growth.long_ticket(desk, 20)
    growth.says(desk, 1)
    store = Store.open(desk.database, alone=False)
    conversation = f"conversation:telegram:{PERSON}"
    (number,) = {row["number"] for row in store.tickets.rows()}
    tail = store.history.tail(conversation, 100)
    store.close()
    assert sum(line.ticket == number for line in tail) >= 20
    assert tail[-1].text == "第1次查，还是没有"
    assert asked(desk, "select count(*) from copies") == [(21,)]


def test_the_many_tickets_are_closed_and_the_next_question_is_answered(desk: Alone) -> None:
    growth.many_tickets(desk, 3)
    assert asked(desk, "select status, count(*) from tickets group by 1") == [("closed", 3)]
    for n in range(2):
        growth.asks(desk, n)
    assert asked(desk, "select count(*) from outbox where name glob 'faq:*'") == [(2,)]
    assert asked(desk, "select count(*) from inbox where status != 'done'") == [(0,)]


def test_the_rows_that_wait_go_on_waiting(desk: Alone) -> None:
    growth.waiting_rows(desk, 50)
    growth.says(desk, 1)
    waiting = "select count(*), count(distinct lane) from outbox where status = 'waiting'"
    assert asked(desk, waiting) == [(50, 50)]
    desk.later(growth.DUE)
    assert asked(desk, waiting) == [(0, 0)]


def test_the_old_card_is_edited_each_time(desk: Alone) -> None:
    growth.old_card(desk, 50)
    edits = "select count(*) from outbox where status = 'sent' and effect like '%\"card\"%edit%'"
    ((before,),) = asked(desk, edits)
    for n in range(0, 4, 2):
        growth.changes(desk, n)
    assert asked(desk, edits) == [(int(str(before)) + 2,)]
    others = f"select count(*) from outbox where cast(substr(chat, 10) as int) >= {past.FIRST}"
    assert asked(desk, others) == [(50,)]


def test_the_last_line_holds_every_cost_and_ratio() -> None:
    options = ("--scale", "0.001", "--rounds", "2")
    command = (sys.executable, "-m", "tests.benchmarks.growth", *options)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == len(growth.SITUATIONS) * len(growth.COLUMNS)
    for name in growth.SITUATIONS:
        for ratio, unit in (("cpu", "cpu_ms"), ("bytes", "kb")):
            assert found[f"{name}_{ratio}"] > 0
            assert found[f"{name}_{unit}"] > 0
            assert found[f"{name}_fresh_{unit}"] > 0


def test_what_is_written_is_counted(tmp_path: Path) -> None:
    before = growth.written()
    (tmp_path / "some").write_bytes(bytes(100_000))
    assert 100_000 <= growth.written() - before < 200_000
