"""The file: whose it is, when it is durable, and what a failure leaves of it."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.store import Arrival, Store


def arrival(key: str) -> Arrival:
    return Arrival("telegram", key, "telegram:1001", "{}")


def pragma(store: Store, name: str) -> object:
    return store._db.execute(f"pragma {name}").fetchone()[0]


@pytest.mark.parametrize("before", [None, 0o644])
def test_the_file_is_for_its_owner_alone(path: Path, before: int | None) -> None:
    if before is not None:
        path.touch(before)
    store = Store.open(path)
    with store.writing():
        store.inbox.take([arrival("1")], 0)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    store.close()
    assert modes == dict.fromkeys(["desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock"], 0o600)


def test_a_commit_is_on_the_disk_and_what_is_deleted_is_overwritten(store: Store) -> None:
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "secure_delete") == 1


def test_a_transaction_holds_the_right_to_write_from_its_beginning(
    store: Store, path: Path
) -> None:
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    with store.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("begin immediate")
    other.execute("begin immediate")
    other.close()


def test_nobody_sees_half_of_a_transaction(store: Store, path: Path) -> None:
    reader = Store.open(path, alone=False)
    with store.writing():
        store.inbox.take([arrival("1")], 0)
        assert reader.inbox.backlog() == 0
        store.inbox.take([arrival("2")], 0)
    assert reader.inbox.backlog() == 2
    reader.close()


def test_a_batch_that_is_rolled_back_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing():
        store.inbox.take([arrival("1")], 0)
        store.timers.wake_at("conversation:telegram:1001", "step", None)
        raise RuntimeError
    assert store.inbox.backlog() == 0
    with store.writing():
        assert store.inbox.take([arrival("1")], 0) == 1


def test_a_part_that_fails_is_undone_alone(store: Store) -> None:
    with store.writing():
        store.inbox.take([arrival("1")], 0)
        with pytest.raises(RuntimeError), store.apart():
            store.inbox.take([arrival("2")], 0)
            raise RuntimeError
        store.inbox.take([arrival("3")], 0)
    assert store.inbox.backlog() == 2


def test_a_commit_that_fails_leaves_no_transaction_behind(store: Store) -> None:
    store._db.execute("pragma foreign_keys = on")
    store._db.execute(
        "create table child (id text references conversations (id) deferrable initially deferred)"
    )
    with pytest.raises(sqlite3.IntegrityError), store.writing():
        store.inbox.take([arrival("1")], 0)
        store._db.execute("insert into child values ('nobody')")
    with store.writing():
        store.inbox.take([arrival("2")], 0)
    assert store.inbox.backlog() == 1


def test_a_second_desk_cannot_use_the_database_of_a_first(path: Path) -> None:
    first = Store.open(path)
    with pytest.raises(OSError, match="another desk uses this database"):
        Store.open(path)
    first.close()
    Store.open(path).close()


def test_a_file_opened_again_has_what_was_written(path: Path) -> None:
    first = Store.open(path)
    with first.writing():
        first.inbox.take([arrival("1")], 0)
    first.close()
    again = Store.open(path)
    assert [row.channel for row in again.inbox.waiting(10)] == ["telegram"]
    again.close()


def test_a_place_that_cannot_hold_a_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Store.open(tmp_path / "missing" / "desk.db")
    note = tmp_path / "note.db"
    note.write_text("This is a letter and no database. " * 40)
    with pytest.raises(OSError, match="not a database"):
        Store.open(note)
