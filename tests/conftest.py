"""What many tests use: the shipped knowledge, and time that a test may let pass."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot import demo
from bot.core.knowledge import Knowledge
from bot.load import folder, load
from bot.local_telegram import LocalTelegram
from bot.loops import Desk


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The whole faq/ folder as it ships."""
    return load(folder())


class Clock:
    """The real time, and what a test added to it (seconds)."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


class Scene:
    """A desk on a local Telegram, over real HTTP, with a real database file."""

    def __init__(self, telegram: LocalTelegram, desk: Desk, clock: Clock) -> None:
        self.telegram = telegram
        self.desk = desk
        self.clock = clock

    async def later(self, seconds: float) -> None:
        """Let time pass for the desk."""
        self.clock.ahead += seconds
        self.desk.timed.set()


OpenScene = Callable[..., AbstractAsyncContextManager[Scene]]


@pytest.fixture
def scene(knowledge: Knowledge, tmp_path: Path) -> OpenScene:
    """Opens a `Scene`; `topics=False` for groups without topics."""

    @asynccontextmanager
    async def open_scene(*, topics: bool = True) -> AsyncIterator[Scene]:
        clock = Clock()
        telegram = demo.telegram_for(knowledge, topics=topics)
        database = tmp_path / "desk.db"
        async with telegram, demo.desk_on(telegram, knowledge, database, clock=clock) as desk:
            yield Scene(telegram, desk, clock)

    return open_scene
