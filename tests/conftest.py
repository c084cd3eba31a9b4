"""What many tests use: the shipped knowledge, and time that a test may let pass."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.app import demo
from bot.app.load import folder, load
from bot.app.settings import Settings
from bot.app.wiring import in_pieces
from bot.core.content.calendar import Calendar, Period
from bot.core.content.knowledge import Knowledge
from bot.core.text.clock import BEIJING
from bot.local_telegram import LocalTelegram
from bot.loops import Desk
from bot.store import Store
from tests.elsewhere import TOKEN, Elsewhere

# The encoder takes seconds to build: only the tests that are about it ask for it.
os.environ.setdefault("FAPIAO_SEMANTIC", "off")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The whole faq/ folder as it ships."""
    return load(folder())


def always_open(knowledge: Knowledge) -> Knowledge:
    """The same where agents work around the clock, today and for a year."""
    today = datetime.now(BEIJING).date()
    days = tuple(today + timedelta(days=n) for n in range(-1, 366))
    year = replace(knowledge.calendar.years[0], year=today.year, holidays=(), workdays=days)
    hours = (Period(opens=time_of_day.min, closes=time_of_day.max),)
    return replace(knowledge, calendar=Calendar(hours=hours, years=(year,)))


class Clock:
    """The real time, and what a test added to it (seconds)."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


class Scene:
    """A desk on a local Telegram, over real HTTP, with a real database file."""

    def __init__(self, telegram: LocalTelegram, desk: Desk[Store], clock: Clock) -> None:
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
    """Opens a `Scene`; `topics=False` for groups without topics, `pieces` for how many seconds the
    desk waits for the next part of a text, `around_the_clock=True` for agents who never rest.
    """

    @asynccontextmanager
    async def open_scene(
        *, topics: bool = True, pieces: float = 0, around_the_clock: bool = False
    ) -> AsyncIterator[Scene]:
        clock = Clock()
        telegram = demo.telegram_for(knowledge, topics=topics)
        database = tmp_path / "desk.db"
        waiting = in_pieces(always_open(knowledge) if around_the_clock else knowledge, pieces)
        async with telegram, demo.desk_on(telegram, waiting, database, clock=clock) as desk:
            yield Scene(telegram, desk, clock)

    return open_scene


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = "no Chromium on this machine"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        await chromium.close()


@pytest.fixture
def unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting is set but that there is no encoder, no file is near; the log stays as it was."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FAPIAO_{name.upper()}", raising=False)
    monkeypatch.setenv("FAPIAO_SEMANTIC", "off")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def elsewhere(knowledge: Knowledge) -> Iterator[Elsewhere]:
    """The demo's Telegram, for a command that starts a loop of its own."""
    telegram = demo.telegram_for(knowledge)
    telegram.token = TOKEN
    with Elsewhere(telegram) as running:
        yield running


@pytest.fixture
def live(
    elsewhere: Elsewhere, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs the desk on that Telegram, with everything set but for what the test sets."""

    def start(**changed: str) -> Result:
        groups = ",".join(f"{tier}:{chat}" for tier, chat in demo.groups_of(knowledge).items())
        given = {
            "TOKEN": elsewhere.telegram.token,
            "API": elsewhere.telegram.url,
            "GROUPS": groups,
        } | changed
        for name, value in given.items():
            monkeypatch.setenv(f"FAPIAO_{name}", value)
        return CliRunner().invoke(app, ["run"])

    return start
