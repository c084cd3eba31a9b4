"""A desk to start, stop and start again on one database, and a Telegram where calls may fail."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import demo
from bot.channels.telegram import Telegram, failures, polling, request
from bot.core.content.knowledge import Knowledge
from bot.intake.workers import Workers
from bot.local_telegram import LocalTelegram, Person, Seen
from bot.local_telegram.bot_api.api import BotApi
from bot.local_telegram.wire.answers import Answer
from bot.local_telegram.wire.parameters import Parameters
from bot.loops import Desk, members, retry
from bot.loops.receive import take
from bot.store import Store
from bot.store.account import account
from tests.patience import PATIENCE

FAULTY = ("test_faults", "test_hostile", "test_pictures", "test_places", "test_rooms", "test_work")
VOICE = re.compile(r"^💬(?:.*\n| )")
"""What tells above an agent's words who writes."""
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


@pytest.fixture(autouse=True)
def accounted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """After every fault and every refusal of a place: nothing is missing or failed in silence."""
    yield
    faulty = request.module.__name__.rpartition(".")[2].startswith(FAULTY)
    database = tmp_path / "desk.db"
    if faulty and database.exists():
        found = account(database)
        assert found is None or found.is_settled, found


class Clock:
    """Time that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


OpenDesk = Callable[[], AbstractAsyncContextManager[Desk[Store]]]


@pytest.fixture
def still(telegram: LocalTelegram, knowledge: Knowledge, path: Path, clock: Clock) -> OpenDesk:
    """Opens a desk whose loops do not run, for a test that runs one of them."""

    @asynccontextmanager
    async def open_desk() -> AsyncIterator[Desk[Store]]:
        channel = Telegram(telegram.token, telegram.url)
        async with channel.connected():
            groups = demo.groups_of(knowledge)
            desk = Desk(Store.open(path), [channel], knowledge, groups, Workers(), clock=clock)
            try:
                yield desk
            finally:
                await desk.close()

    return open_desk


@pytest.fixture
def fetched() -> Callable[[Desk[Store]], Awaitable[None]]:
    """Takes in once what every channel has for the desk."""

    async def take_all(desk: Desk[Store]) -> None:
        for each in desk.channels.values():
            await take(desk, each, await each.fetch())

    return take_all


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
        async with asyncio.timeout(PATIENCE):
            while not await true():
                await asyncio.sleep(0.01)

    return wait


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that tries again at once, and soon takes silence for a failure."""
    monkeypatch.setattr(failures, "RETRY", 0.01)
    monkeypatch.setattr(retry, "BACKOFF", 0.02)
    monkeypatch.setattr(members, "FIRST", 0.02)
    monkeypatch.setattr(members, "LONGEST", 0.02)
    monkeypatch.setattr(request, "TIMEOUT", 0.1)
    monkeypatch.setattr(polling, "SLACK", 0.1)


@dataclass
class Ticket:
    """王芳 and 小李, who answers her ticket in `group`."""

    telegram: LocalTelegram
    knowledge: Knowledge
    group: int = demo.FIRST_GROUP

    @property
    def wang(self) -> Person:
        return self.telegram.person(1001)

    @property
    def li(self) -> Person:
        return self.telegram.person(2001)

    @property
    def thread(self) -> int | None:
        """The topic of the ticket; the newest, where there were several."""
        return max(self.telegram.world.chats[self.group].topics, default=None)

    async def opens(self) -> None:
        """She asks for a person, and he takes it."""
        talk, staff = self.knowledge.texts.talk, self.knowledge.texts.staff
        await self.wang.says("/human")
        await self.wang.sees(lambda seen: talk.button_human_now in seen.buttons)
        await self.wang.presses(talk.button_human_now)
        card = await self.li.sees(lambda s: staff.button_claim in s.buttons, chat=self.group)
        await self.li.presses(staff.button_claim, card)
        await self.wang.sees("小李")
        await self.li.sees(lambda s: "🎫" in s.text and "小李" in s.text, chat=self.group)

    async def answers(self, text: str) -> None:
        """He writes to her: in the topic, or as a reply to the card."""
        card = None if self.thread else await self.card()
        await self.li.says(text, chat=self.group, thread=self.thread, reply_to=card)

    async def card(self) -> Seen:
        """The latest card."""
        said = await self.li.history(chat=self.group, thread=self.thread)
        return [seen for seen in said if "🎫" in seen.text][-1]

    async def ends(self) -> None:
        """He calls it solved, and so does she."""
        talk, staff = self.knowledge.texts.talk, self.knowledge.texts.staff
        await self.li.presses(staff.button_resolve, await self.card())
        asked = await self.wang.sees(lambda seen: talk.button_resolved in seen.buttons)
        await self.wang.presses(talk.button_resolved, asked)

    async def marked(self, seen: Seen, sign: str) -> None:
        """Wait until the desk has reacted so to this message."""
        async with asyncio.timeout(PATIENCE):
            while sign not in self.marks(seen):
                await asyncio.sleep(0.01)

    def marks(self, seen: Seen) -> list[str]:
        """The reactions to a message."""
        return [each["emoji"] for each in self.telegram.reactions(seen.chat, seen.id)]

    async def heard(self, mark: str) -> list[str]:
        """What she has from others and begins so, in order, without the mark of who writes."""
        said = [VOICE.sub("", s.text) for s in await self.wang.history() if not s.is_mine]
        return [text for text in said if text.startswith(mark)]

    async def shown(self, mark: str) -> list[str]:
        """The messages of others in the room that begin so, as they stand now, in order."""
        said = await self.li.history(chat=self.group, thread=self.thread)
        return [s.text for s in said if not s.is_mine and s.text.startswith(mark)]


@pytest.fixture
def ticket(telegram: LocalTelegram, knowledge: Knowledge) -> Ticket:
    return Ticket(telegram, knowledge)
