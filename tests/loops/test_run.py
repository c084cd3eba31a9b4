"""All loops together: stopping, starting again, and an error that nobody can deal with."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import pytest

from bot import loops
from bot.app import demo
from bot.channels import Refused
from bot.local_telegram.wire.answers import Answer
from bot.loops import poll, receive, run
from bot.store import Gone
from tests.patience import PATIENCE

WANG = 1001
UNKNOWN = {"ok": False, "error_code": 401, "description": "Unauthorized"}


def sent(telegram: Any) -> int:
    return sum(call.method == "sendMessage" for call in telegram.calls)


def test_stopping_takes_no_longer_than_ten_seconds() -> None:
    assert loops.PATIENCE + receive.SLOW < 10


async def test_asked_to_stop_the_desk_finishes_what_has_arrived(telegram: Any, still: Any) -> None:
    for _ in range(30):
        await telegram.person(WANG).says("/help")
    async with still() as desk:
        stop = asyncio.Event()
        running = asyncio.ensure_future(run(desk, poll, stop))
        await desk.arrived.wait()
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await running
        assert sent(telegram) == 30
        assert await desk.read(desk.store.inbox.backlog) == 0
        assert await desk.read(desk.store.outbox.backlog) == 0


async def test_what_is_just_being_kept_when_the_desk_is_asked_to_stop_is_answered_too(
    telegram: Any, still: Any, path: Any
) -> None:
    await telegram.person(WANG).says("/start")
    async with still() as desk:
        stop = asyncio.Event()
        running = asyncio.ensure_future(run(desk, poll, stop))
        await telegram.person(WANG).sees()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        waiting = asyncio.ensure_future(desk.write(lambda: None))
        await telegram.person(WANG).says("/help")
        while desk.channels["telegram"]._polling._offset != max(telegram.world.updates.pending) + 1:
            await asyncio.sleep(0.01)
        stop.set()
        await asyncio.sleep(0.05)
        other.execute("commit")
        other.close()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(running, waiting)
    assert sent(telegram) == 2


async def test_an_idle_desk_stops_at_once(still: Any) -> None:
    async with still() as desk:
        stop = asyncio.Event()
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await run(desk, poll, stop)


async def test_a_call_that_never_ends_does_not_keep_the_desk_from_stopping(
    telegram: Any,
    still: Any,
    knowledge: Any,
    path: Any,
    faults: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loops, "PATIENCE", 0.2)
    called = asyncio.Event()

    async def hang(parameters: Any) -> None:
        called.set()
        await asyncio.Event().wait()

    faults["sendMessage"] = hang
    await telegram.person(WANG).says("/help")
    async with still() as desk:
        stop = asyncio.Event()
        running = asyncio.ensure_future(run(desk, poll, stop))
        await called.wait()
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await running
    del faults["sendMessage"]
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(WANG).sees("/diagnose")


async def test_what_is_to_be_tried_again_later_does_not_delay_stopping(
    telegram: Any, still: Any, faults: Any
) -> None:
    refused = asyncio.Event()

    async def fail(parameters: Any) -> Answer:
        refused.set()
        error = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        return Answer(429, error | {"parameters": {"retry_after": 60}})

    faults["sendMessage"] = fail
    await telegram.person(WANG).says("/help")
    async with still() as desk:
        stop = asyncio.Event()
        running = asyncio.ensure_future(run(desk, poll, stop))
        await refused.wait()
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await running
        assert await desk.read(desk.store.outbox.backlog) == 1


async def test_one_answer_that_knows_no_such_token_ends_nothing(
    telegram: Any, still: Any, running: Any, faults: Any, hasty: None
) -> None:
    answers = [Answer(401, UNKNOWN), Answer(404, UNKNOWN)]

    async def at_first(parameters: Any) -> Answer | None:
        return answers.pop() if answers else None

    faults["getUpdates"] = faults["sendMessage"] = at_first
    async with still() as desk, running(run(desk, poll, asyncio.Event())):
        await telegram.person(WANG).says("/privacy")
        await telegram.person(WANG).sees("资料怎样使用")
    assert not answers


async def test_a_token_that_is_taken_back_ends_the_desk_with_its_reason(
    telegram: Any, still: Any, faults: Any, hasty: None
) -> None:
    async def gone(parameters: Any) -> Answer:
        return Answer(401, UNKNOWN)

    faults["getUpdates"] = gone
    async with still() as desk:
        with pytest.raises(Refused, match="does not know this token any more"):
            async with asyncio.timeout(PATIENCE):
                await run(desk, poll, asyncio.Event())


async def test_a_full_disk_ends_the_desk_and_telegram_keeps_the_update(
    telegram: Any, still: Any, knowledge: Any, path: Any
) -> None:
    async with still() as desk:
        (pages,) = desk.store._db.execute("pragma page_count").fetchone()
        desk.store._db.execute(f"pragma max_page_count = {pages}").fetchone()
        for _ in range(50):
            await telegram.person(WANG).says(f"/nosuch {'字' * 2000}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            async with asyncio.timeout(PATIENCE):
                await run(desk, poll, asyncio.Event())
        assert await desk.read(desk.store.inbox.backlog) == 0
    assert len(telegram.world.updates.pending) == 50
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(WANG).says("/privacy")
        await telegram.person(WANG).sees("资料怎样使用")


async def test_a_database_that_is_taken_away_ends_the_desk_and_telegram_keeps_the_update(
    telegram: Any, still: Any, path: Any
) -> None:
    with pytest.raises(Gone, match=r"desk\.db: was removed"):
        async with still() as desk:
            running = asyncio.ensure_future(run(desk, poll, asyncio.Event()))
            await telegram.person(WANG).says("/privacy")
            await telegram.person(WANG).sees("资料怎样使用")
            path.unlink()
            await telegram.person(WANG).says("别丢了我")
            with pytest.raises(Gone, match=r"desk\.db: was removed"):
                async with asyncio.timeout(PATIENCE):
                    await running
    assert [each.body["text"] for each in telegram.world.updates.pending.values()] == ["别丢了我"]
