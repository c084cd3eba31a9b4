"""What the loops share: one thread for the store, and writes that share a commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.channels import Refused
from bot.loops.desk import signalled
from bot.store import Arrival, Busy, Store
from tests.addresses import WANG
from tests.patience import PATIENCE


def arrival(n: int) -> Arrival:
    return Arrival("telegram", str(n), WANG, "{}")


def commits(store: Store) -> list[str]:
    """The commits from now on."""
    found: list[str] = []
    conn = store._db.conn
    conn.set_trace_callback(lambda sql: found.append(sql) if sql == "commit" else None)
    return found


async def test_writes_that_come_together_share_a_commit(still: Any) -> None:
    async with still() as desk:
        counted = commits(desk.store)
        take = desk.store.inbox.take
        taken = await asyncio.gather(*(desk.write(take, [arrival(n)], 0) for n in range(500)))
        assert taken == [1] * 500
        assert await desk.read(desk.store.inbox.backlog) == 500
        assert len(counted) <= 3


async def test_a_write_is_durable_when_it_returns(still: Any, path: Path) -> None:
    async with still() as desk:
        await desk.write(desk.store.inbox.take, [arrival(1)], 0)
        other = sqlite3.connect(path)
        assert other.execute("select count(*) from inbox").fetchone() == (1,)
        other.close()


async def test_a_write_that_fails_does_not_undo_the_others_of_its_group(still: Any) -> None:
    async with still() as desk:

        def broken() -> None:
            desk.store.inbox.take([arrival(2)], 0)
            raise ValueError("no")

        take = desk.store.inbox.take
        results = await asyncio.gather(
            desk.write(take, [arrival(1)], 0),
            desk.write(broken),
            desk.write(take, [arrival(3)], 0),
            return_exceptions=True,
        )
        assert [str(result) for result in results] == ["1", "no", "1"]
        rows = await desk.read(desk.store.inbox.waiting, 10)
        assert len(rows) == 2


async def test_when_the_file_cannot_be_written_everybody_hears_it_and_the_next_try_works(
    still: Any,
) -> None:
    async with still() as desk:
        desk.store._db.execute("pragma query_only = on")
        take = desk.store.inbox.take
        results = await asyncio.gather(
            *(desk.write(take, [arrival(n)], 0) for n in range(3)), return_exceptions=True
        )
        assert all(isinstance(result, sqlite3.OperationalError) for result in results)
        desk.store._db.execute("pragma query_only = off")
        assert await desk.write(take, [arrival(1)], 0) == 1


async def test_while_another_program_writes_the_desk_waits_says_so_and_goes_on(
    still: Any, path: Path, eventually: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with still() as desk:
        desk.store._db.execute("pragma busy_timeout = 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        taking = asyncio.ensure_future(desk.write(desk.store.inbox.take, [arrival(1)], 0))

        async def told() -> bool:
            return "another program holds" in caplog.text

        await eventually(told)
        assert not taking.done()
        other.execute("commit")
        other.close()
        assert await taking == 1


async def test_a_desk_that_is_closed_does_not_wait_for_another_program_any_more(
    still: Any, path: Path
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    async with still() as desk:
        desk.store._db.execute("pragma busy_timeout = 1")
        other.execute("begin immediate")
        taking = asyncio.ensure_future(desk.write(desk.store.inbox.take, [arrival(1)], 0))
        await asyncio.sleep(0)
    with pytest.raises(Busy):
        await taking
    other.close()


async def test_when_the_disk_is_full_everybody_of_the_group_hears_it(still: Any) -> None:
    async with still() as desk:
        execute, take = desk.store._db.execute, desk.store.inbox.take
        (pages,) = execute("pragma page_count").fetchone()
        execute(f"pragma max_page_count = {pages}").fetchone()
        large = Arrival("telegram", "0", "1001", "字" * 50_000)
        writes = [desk.write(take, [each], 0) for each in (arrival(1), large, arrival(2))]
        results = await asyncio.gather(*writes, return_exceptions=True)
        assert [str(result) for result in results] == ["database or disk is full"] * 3
        assert await desk.read(desk.store.inbox.backlog) == 0
        execute(f"pragma max_page_count = {pages + 1000}").fetchone()
        assert await desk.write(take, [large], 0) == 1


async def test_a_write_whose_asker_went_away_is_kept_all_the_same(still: Any) -> None:
    async with still() as desk:
        asking = asyncio.ensure_future(desk.write(desk.store.inbox.take, [arrival(1)], 0))
        await asyncio.sleep(0)
        asking.cancel()
        await desk.write(desk.store.inbox.take, [arrival(2)], 0)
        assert await desk.read(desk.store.inbox.backlog) == 2


async def test_the_store_works_on_a_thread_of_its_own(still: Any) -> None:
    async with still() as desk:
        threads = {await desk.read(threading.get_ident), await desk.write(threading.get_ident)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_a_signal_ends_the_wait_and_is_used_up() -> None:
    event = asyncio.Event()
    waiting = asyncio.ensure_future(signalled(event, 60))
    await asyncio.sleep(0)
    event.set()
    async with asyncio.timeout(PATIENCE):
        await waiting
    assert not event.is_set()


async def test_without_a_signal_the_wait_ends_when_the_time_is_over() -> None:
    async with asyncio.timeout(PATIENCE):
        await signalled(asyncio.Event(), 0.01)


async def test_closing_waits_for_the_last_write(still: Any, path: Path) -> None:
    async with still() as desk:
        writing = asyncio.ensure_future(desk.write(desk.store.inbox.take, [arrival(1)], 0))
        await asyncio.sleep(0)
    assert await writing == 1
    store = Store.open(path)
    assert store.inbox.backlog() == 1
    store.close()
    with pytest.raises(RuntimeError):
        await desk.read(store.inbox.backlog)


async def test_a_desk_speaks_on_the_channel_of_an_address_and_on_no_other(still: Any) -> None:
    async with still() as desk:
        assert desk.channel_at(WANG) is desk.channels["telegram"]
        for strange in ("wechat:1001", "1001", ""):
            with pytest.raises(Refused, match="no channel of this desk") as caught:
                desk.channel_at(strange)
            assert caught.value.reason == "no_chat"
