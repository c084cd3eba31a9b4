"""What the doctor is told of the database, by one that stands so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.model import subject
from bot.core.model.effects import Chat, Send
from bot.store import Arrival, Store, retention
from bot.store.file import near
from bot.store.heads import LONGEST
from bot.store.health import TRIES, Content, Health, Queue, health
from tests.addresses import WANG, on_telegram

CHEN = on_telegram(1002)
NOW = 1000.0


def content(path: Path, since: float = 0.0) -> Content:
    found = health(path, NOW, since).content
    assert found is not None
    return found


def send(store: Store, chat: str) -> None:
    with store.writing():
        store.outbox.put(f"conversation:{chat}", [Send(to=Chat(chat), text="您好")], NOW - 50)


def test_orders_that_no_rule_made_so_late_and_commits_that_are_missing(
    store: Store, path: Path
) -> None:
    send(store, WANG)
    send(store, CHEN)
    (first, _) = store.outbox.ready(NOW, 2)
    with store.writing():
        store.outbox.later(first, NOW + LONGEST + 1, "later")
    assert (content(path).late, health(path, NOW, 0).lost) == (1, 0)
    near(path, ".lock").write_bytes(b"9")
    assert health(path, NOW, 0).lost == 6


def test_who_is_not_erased_to_the_end_is_counted(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "ROWS", 1)
    send(store, WANG)
    send(store, WANG)
    with store.writing():
        store.retention.forget(subject.conversation(WANG))
    assert content(path).erasing == 1
    while store.retention.begun:
        store.retention.step()
    assert content(path).erasing == 0


def test_a_database_with_nothing_to_do_shows_empty_queues(store: Store, path: Path) -> None:
    found = health(path, NOW, 0)
    assert found.running
    assert found.content == content(path)
    assert (found.content.inbox, found.content.outbox) == (Queue(0, None), Queue(0, None))
    assert (found.content.damage, found.content.stuck, found.content.undelivered) == ((), (), ())
    assert found.content.version == found.content.latest
    assert found.wal > 0
    assert found.free > 0
    assert {file.name: mode for file, mode in found.modes} == dict.fromkeys(
        ["desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock"], 0o600
    )


def test_what_waits_is_counted_with_the_age_of_its_oldest(store: Store, path: Path) -> None:
    with store.writing():
        store.inbox.take([Arrival("telegram", "1", WANG, "{}")], 900)
        store.inbox.take([Arrival("telegram", "2", WANG, "{}")], 950)
        store.timers.wake_at(f"conversation:{WANG}", "step:a/b", datetime.fromtimestamp(800, UTC))
        store.timers.wake_at(
            "conversation:telegram:1002", "step:a/b", datetime.fromtimestamp(1200, UTC)
        )
    send(store, WANG)
    found = content(path)
    assert found.inbox == Queue(2, 900)
    assert found.outbox == Queue(1, 950)
    assert found.timers == Queue(1, 800)


def test_an_order_that_waits_for_its_time_is_not_late(store: Store, path: Path) -> None:
    send(store, WANG)
    with store.writing():
        store.outbox.later(store.outbox.ready(NOW, 1)[0], NOW + 60, "too many requests")
    assert content(path).outbox == Queue(0, None)


def test_what_failed_or_is_stuck_is_told_with_its_error(store: Store, path: Path) -> None:
    send(store, WANG)
    send(store, CHEN)
    send(store, on_telegram(1003))
    tried, blocked, long_ago = store.outbox.ready(NOW, 9)
    with store.writing():
        store.inbox.take([Arrival("telegram", "1", WANG, "{}")], 900)
        store.inbox.fail(store.inbox.waiting(1)[0], f"conversation:{WANG}", "KeyError: 'chat'")
        for _ in range(TRIES):
            store.outbox.later(tried, NOW, "Bad Gateway")
        store.outbox.fail(blocked, "blocked: bot was blocked by the user", NOW - 10)
        store.outbox.fail(long_ago, "refused: no", NOW - 500)
    found = content(path, since=NOW - 100)
    assert (found.failed, found.inbox) == (1, Queue(0, None))
    assert found.stuck == ((tried.id, TRIES, "Bad Gateway"),)
    assert found.undelivered == (("blocked: bot was blocked by the user", 1),)


def test_groups_that_moved_are_told_also_of_a_database_that_knows_none(
    store: Store, path: Path, tmp_path: Path
) -> None:
    moved = ("telegram:-5", "telegram:-1005")
    with store.writing():
        store.groups.move(*moved)
    assert content(path).moves == (moved,)
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as conn:
        conn.executescript((Path(__file__).parent / "fixtures" / "0.1.0.sql").read_text("utf-8"))
    assert content(old).moves == ()
    assert content(old).version != content(old).latest


def test_looking_changes_nothing_and_leaves_nothing(path: Path) -> None:
    Store.open(path).close()
    before = path.read_bytes()
    found = health(path, NOW, 0)
    assert not found.running
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {"desk.db", "desk.db.lock"}


def test_where_no_database_is_none_is_made(path: Path) -> None:
    found = health(path, NOW, 0)
    assert (found.content, found.unreadable, found.running, found.modes) == (None, "", False, ())
    assert not list(path.parent.iterdir())
    with pytest.raises(OSError, match="No such file"):
        health(path.parent / "nowhere" / "desk.db", NOW, 0)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (None, "not a database"),
        ("create table recipes (name text)", "not the database of a desk"),
    ],
)
def test_what_is_no_database_of_a_desk_is_told_with_its_reason(
    path: Path, script: str | None, reason: str
) -> None:
    if script is None:
        path.write_text("a letter " * 200)
    else:
        with closing(sqlite3.connect(path)) as conn:
            conn.execute(script)
    found: Health = health(path, NOW, 0)
    assert found.content is None
    assert reason in found.unreadable


def test_damage_is_found(path: Path) -> None:
    store = Store.open(path)
    with store.writing():
        store.inbox.take([Arrival("telegram", str(n), WANG, "x" * 900) for n in range(99)], 5)
    store.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 8 * 4096)
        file.write(b"\xff" * 4096)
    found = health(path, NOW, 0)
    assert found.unreadable or content(path).damage
