"""A database that is taken away, while it is used or between two runs, is noticed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store import Arrival, Gone, Lost, Store
from bot.store.backup import backup, restore
from bot.store.file import near
from bot.store.standing import COMMITS


def take(store: Store, *keys: int) -> None:
    with store.writing():
        store.inbox.take([Arrival("telegram", str(key), "telegram:1001", "{}") for key in keys], 5)


def remove(file: Path) -> None:
    file.unlink()


def move(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))


def replace(file: Path) -> None:
    shutil.copy(file, file.with_name("other"))
    file.with_name("other").rename(file)


def empty(file: Path) -> None:
    file.unlink()
    file.touch()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", ".lock"])
@pytest.mark.parametrize("take_away", [remove, move, replace, empty])
def test_what_is_written_into_a_file_that_was_taken_away_counts_as_not_kept(
    path: Path, suffix: str, take_away: Callable[[Path], None]
) -> None:
    store = Store.open(path)
    take(store, 1)
    take_away(near(path, suffix))
    for _ in range(2):
        with pytest.raises(Gone, match=near(path, suffix).name):
            take(store, 2)
    with pytest.raises(Gone):
        store.close()


def test_a_desk_that_only_looked_notices_it_when_it_ends(path: Path) -> None:
    store = Store.open(path)
    path.unlink()
    with pytest.raises(Gone):
        store.close()


def killed(path: Path, *keys: int) -> None:
    """A desk that took these and was killed: nothing of its log is in the file proper."""
    store = Store.open(path)
    take(store, 0)
    store.close()
    store = Store.open(path)
    for key in keys:
        take(store, key)
    kept = {file: file.read_bytes() for file in (path, near(path, "-wal"), near(path, ".lock"))}
    store.close()
    for file, data in kept.items():
        file.write_bytes(data)


def keys(path: Path) -> list[int]:
    with sqlite3.connect(path) as conn:
        return [int(row[0]) for row in conn.execute("select key from inbox order by id")]


def test_after_a_kill_everything_is_there(path: Path) -> None:
    killed(path, 1, 2)
    Store.open(path).close()
    assert keys(path) == [0, 1, 2]


@pytest.mark.parametrize(
    ("suffix", "take_away"), [("-wal", remove), ("", remove), ("", empty), ("-wal", empty)]
)
def test_a_desk_does_not_begin_with_less_than_it_had_unless_it_is_told_to(
    path: Path, suffix: str, take_away: Callable[[Path], None]
) -> None:
    killed(path, 1, 2, 3)
    if suffix == "":
        remove(near(path, "-wal"))
    take_away(near(path, suffix))
    for _ in range(2):
        with pytest.raises(Lost, match=r"lacks the last \d commits .* run --accept-loss"):
            Store.open(path)
    store = Store.open(path, accept_loss=True)
    take(store, 7)
    store.close()
    Store.open(path).close()
    assert keys(path) == ([0, 7] if suffix else [7])


def test_a_log_that_is_put_back_has_everything(path: Path) -> None:
    killed(path, 1)
    wal = near(path, "-wal").read_bytes()
    near(path, "-wal").unlink()
    with pytest.raises(Lost, match="lacks the last 1 commits"):
        Store.open(path)
    near(path, "-wal").write_bytes(wal)
    Store.open(path).close()
    assert keys(path) == [0, 1]


def test_an_older_file_in_its_place_is_noticed_and_a_restored_one_is_meant(
    path: Path, tmp_path: Path
) -> None:
    store = Store.open(path)
    take(store, 1)
    backup(path, tmp_path / "copy.db")
    take(store, 2)
    store.close()
    shutil.copy(tmp_path / "copy.db", path)
    with pytest.raises(Lost, match="lacks the last 1 commits"):
        Store.open(path)
    restore(path, tmp_path / "copy.db", "replaced")
    Store.open(path).close()
    assert keys(path) == [1]


def test_the_first_commit_of_a_new_database_and_one_after_the_last_number(path: Path) -> None:
    store = Store.open(path)
    assert store._standing is not None
    store._standing.commits = COMMITS - 1
    take(store, 1)
    assert store._standing.commits == 0
    store.close()
    Store.open(path).close()


@pytest.mark.parametrize("content", [b"", b"\0" * 11, b"7 o'clock"])
def test_a_lock_that_tells_nothing_keeps_no_desk_from_beginning(path: Path, content: bytes) -> None:
    killed(path, 1)
    near(path, ".lock").write_bytes(content)
    Store.open(path).close()
    assert keys(path) == [0, 1]


def test_looking_for_work_where_there_is_none_writes_nothing(path: Path) -> None:
    store = Store.open(path)
    take(store, 1)
    assert store._standing is not None
    before = store._standing.commits, near(path, "-wal").stat().st_size
    with store.writing():
        store.inbox.waiting(1)
    assert (store._standing.commits, near(path, "-wal").stat().st_size) == before
    store.close()
