"""Backups: whole, made while the desk works, put back only where nobody works."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store import Arrival, Store
from bot.store.backup import backup, restore
from tests.addresses import WANG


def take(store: Store, *keys: int, payload: str = "{}") -> None:
    with store.writing():
        store.inbox.take([Arrival("telegram", str(key), WANG, payload) for key in keys], 5)


def keys(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as conn:
        return [int(row[0]) for row in conn.execute("select key from inbox order by id")]


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A backup that has event 1 alone."""
    made = tmp_path / "kept" / "copy.db"
    made.parent.mkdir()
    store = Store.open(tmp_path / "kept" / "once.db")
    take(store, 1)
    backup(tmp_path / "kept" / "once.db", made)
    store.close()
    return made


def test_a_backup_has_what_was_committed_when_it_was_made_while_the_desk_works(
    store: Store, path: Path, tmp_path: Path
) -> None:
    take(store, 1, 2)
    to = tmp_path / "copies" / "monday.db"
    to.parent.mkdir()
    with store.writing():
        store.inbox.take([Arrival("telegram", "3", WANG, "{}")], 5)
        told = backup(path, to)
    assert keys(to) == [1, 2]
    assert (told.path, told.tickets, told.last) == (to, 0, 5)
    assert keys(path) == [1, 2, 3]
    assert names(to.parent) == {"monday.db"}
    assert stat.S_IMODE(to.stat().st_mode) == 0o600


def test_a_desk_that_writes_all_the_time_holds_up_no_backup(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """And each is a moment of it: all that came before something that is there, is there."""
    going = threading.Event()
    stop = threading.Event()

    def write() -> None:
        key = 0
        while not stop.is_set():
            take(store, key + 1, key + 2, payload="x" * 2000)
            key += 2
            if key == 20:
                going.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert going.wait(10)
        found = []
        for number in range(5):
            backup(path, tmp_path / f"{number}.db")
            found.append(keys(tmp_path / f"{number}.db"))
    finally:
        stop.set()
        writer.join()
    for each in found:
        assert each == list(range(1, len(each) + 1))
        assert len(each) % 2 == 0
    assert [len(each) for each in found] == sorted(len(each) for each in found)


def test_a_file_that_is_there_is_replaced_only_when_that_is_wished(
    store: Store, path: Path, tmp_path: Path
) -> None:
    to = tmp_path / "copy.db"
    to.write_text("a letter")
    with pytest.raises(OSError, match=r"copy\.db: is there already"):
        backup(path, to)
    assert to.read_text() == "a letter"
    take(store, 1)
    backup(path, to, replace=True)
    assert keys(to) == [1]
    assert stat.S_IMODE(to.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["desk.db", "desk.db-wal", "desk.db.lock", "../here/desk.db"])
def test_a_backup_never_takes_the_place_of_the_database_itself(
    store: Store, path: Path, name: str
) -> None:
    take(store, 1)
    (path.parent.parent / "here").symlink_to(path.parent)
    with pytest.raises(OSError, match="belongs to the database itself"):
        backup(path, path.parent / name, replace=True)
    assert keys(path) == [1]
    (path.parent.parent / "here").unlink()


def test_a_database_that_is_damaged_or_not_there_gives_no_backup(
    tmp_path: Path, copy: Path
) -> None:
    to = tmp_path / "out.db"
    with pytest.raises(OSError, match="unable to open"):
        backup(tmp_path / "nothing.db", to)
    spoil(copy)
    with pytest.raises(OSError, match=r"damaged|malformed"):
        backup(copy, to)
    assert not to.exists()
    assert names(tmp_path) == {"kept"}
    assert not (tmp_path / "nothing.db").exists()


def spoil(path: Path) -> None:
    """Overwrite the page that holds the rows of the inbox."""
    with closing(Database(path)) as db:
        (page,) = db.execute("select rootpage from sqlite_master where name = 'inbox'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def test_a_backup_that_is_put_back_is_what_the_desk_goes_on_with(path: Path, copy: Path) -> None:
    store = Store.open(path)
    take(store, 7, 8)
    store.close()
    told, kept = restore(path, copy, "replaced-1")
    assert (told.path, told.last, kept) == (path, 5, path.with_name("desk.db.replaced-1"))
    assert keys(path) == [1]
    assert kept is not None
    assert keys(kept) == [7, 8]
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert keys(copy) == [1]
    again = Store.open(path)
    assert [row.id for row in again.inbox.waiting(9)] == [1]
    again.close()


def test_nothing_is_put_back_under_a_desk_that_runs(path: Path, copy: Path, store: Store) -> None:
    take(store, 7)
    with pytest.raises(OSError, match="another desk uses this database"):
        restore(path, copy, "replaced-1")
    assert keys(path) == [7]
    assert names(path.parent) == {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock", "kept"}


def test_nothing_is_put_back_under_another_program(path: Path, copy: Path) -> None:
    Store.open(path).close()
    reader = Store.open(path, alone=False)
    reader.inbox.backlog()
    with pytest.raises(OSError, match="another program has it open"):
        restore(path, copy, "replaced-1")
    reader.close()
    assert keys(path) == []
    restore(path, copy, "replaced-1")
    assert keys(path) == [1]


def test_what_a_killed_desk_had_not_brought_into_its_file_is_kept_and_harms_nothing(
    path: Path, copy: Path, tmp_path: Path
) -> None:
    """Its -wal file lies beside the database, and would be applied to whatever stands there."""
    store = Store.open(path)
    take(store, 7)
    killed = tmp_path / "killed"
    killed.mkdir()
    for name in ("desk.db", "desk.db-wal"):
        (killed / name).write_bytes((tmp_path / name).read_bytes())
    store.close()
    _, kept = restore(killed / "desk.db", copy, "replaced-1")
    assert keys(killed / "desk.db") == [1]
    assert kept is not None
    assert keys(kept) == [7]


def test_a_database_that_is_damaged_is_replaced_and_kept(path: Path, copy: Path) -> None:
    path.write_bytes(b"no database" * 999)
    path.chmod(0o644)
    _, kept = restore(path, copy, "replaced-1")
    assert keys(path) == [1]
    assert kept is not None
    assert kept.read_bytes() == b"no database" * 999
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_backup_is_put_where_the_database_is_gone_and_its_rest_is_kept(
    path: Path, copy: Path, tmp_path: Path
) -> None:
    store = Store.open(path)
    take(store, 7)
    rest = path.with_name("desk.db-wal").read_bytes()
    store.close()
    path.unlink()
    path.with_name("desk.db-wal").write_bytes(rest)
    assert restore(path, copy, "replaced-1")[1] is None
    assert keys(path) == [1]
    assert path.with_name("desk.db.replaced-1-wal").read_bytes() == rest


def test_a_backup_that_is_not_whole_is_refused_and_the_database_stays(
    path: Path, copy: Path
) -> None:
    store = Store.open(path)
    take(store, 7)
    store.close()
    before = names(path.parent)
    for content in (None, b"a letter, and no database", b""):
        spoil(copy) if content is None else copy.write_bytes(content)
        with pytest.raises(OSError, match=r"damaged|malformed|not a database|empty"):
            restore(path, copy, "replaced-1")
    assert keys(path) == [7]
    assert names(path.parent) == before


def test_a_backup_of_a_newer_desk_is_refused(path: Path, copy: Path) -> None:
    with closing(Database(copy)) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "fapiao-desk", "name": "of_tomorrow", "applied_at": ""}
        )
    with pytest.raises(OSError, match="newer desk"):
        restore(path, copy, "replaced-1")
    assert not path.exists()


def test_what_a_killed_copy_left_goes_with_the_next_and_that_of_a_living_one_stays(
    store: Store, path: Path, tmp_path: Path
) -> None:
    take(store, 1)
    folder = tmp_path / "copies"
    folder.mkdir()
    code = (
        "import os, pathlib, sys\n"
        "from bot.store import backup\n"
        "def read(made, to):\n"
        "    print('made', flush=True)\n"
        "    sys.stdin.readline()\n"
        "backup._read = read\n"
        "backup.backup(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
    )
    call = [sys.executable, "-c", code, str(path), str(folder / "first.db")]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"made\n"
        (left,) = names(folder)
        backup(path, folder / "second.db")
        assert names(folder) == {left, "second.db"}
        other.kill()
    backup(path, folder / "third.db")
    assert names(folder) == {"second.db", "third.db"}
    assert keys(folder / "third.db") == [1]
