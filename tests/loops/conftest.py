"""A desk to start, stop and start again on one database, and a Telegram where calls may fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot import demo
from bot.channels.telegram import Telegram
from bot.core.knowledge import Knowledge
from bot.local_telegram import LocalTelegram
from bot.local_telegram.bot_api import Answer, BotApi
from bot.local_telegram.parameters import Parameters
from bot.loops import Desk
from bot.store import Store

# Called before a method takes effect; what it returns is answered instead.
Fault = Callable[[Parameters], Awaitable[Answer | None]]


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fault]:
    """What goes wrong at the Telegram, by method."""
    found: dict[str, Fault] = {}
    real = BotApi.answer

    async def answer(self: BotApi, name: str, parameters: Parameters) -> Answer:
        if name in found and (wrong := await found[name](parameters)) is not None:
            return wrong
        return await real(self, name, parameters)

    monkeypatch.setattr(BotApi, "answer", answer)
    return found


@pytest.fixture
async def telegram(knowledge: Knowledge) -> AsyncIterator[LocalTelegram]:
    async with demo.telegram_for(knowledge) as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


class Clock:
    """Time that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


OpenDesk = Callable[[], AbstractAsyncContextManager[Desk]]


@pytest.fixture
def still(telegram: LocalTelegram, knowledge: Knowledge, path: Path, clock: Clock) -> OpenDesk:
    """Opens a desk whose loops do not run, for a test that runs one of them."""

    @asynccontextmanager
    async def open_desk() -> AsyncIterator[Desk]:
        channel = Telegram(telegram.token, telegram.url)
        async with channel.connected():
            groups = demo.groups_of(knowledge)
            desk = Desk(Store.open(path), channel, knowledge, groups, clock)
            try:
                yield desk
            finally:
                await desk.close()

    return open_desk


@pytest.fixture
def running() -> Callable[[Awaitable[None]], AbstractAsyncContextManager[None]]:
    """Runs a loop beside the test, and ends it afterwards."""

    @asynccontextmanager
    async def run(loop: Awaitable[None]) -> AsyncIterator[None]:
        task = asyncio.ensure_future(loop)
        try:
            yield
        finally:
            ended = task.done()
            task.cancel()
            await asyncio.gather(task, return_exceptions=not ended)

    return run


@pytest.fixture
def eventually() -> Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]:
    """Waits until something has come true, 5 seconds at most."""

    async def wait(true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(5):
            while not await true():
                await asyncio.sleep(0.01)

    return wait
