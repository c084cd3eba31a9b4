"""A desk that starts while Telegram is away: it waits, says where it asks, and goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

from bot.app import demo, wiring
from bot.app.wiring import answered, reached
from bot.channels import Later, Refused
from bot.channels.telegram import Telegram, failures
from bot.core.content.knowledge import Knowledge
from tests.elsewhere import TOKEN
from tests.patience import PATIENCE

SECRET = TOKEN.partition(":")[2]


def spoken(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == wiring.__name__]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are short; how they grow is another test."""
    monkeypatch.setattr(failures, "RETRY", 0.05)
    monkeypatch.setattr(wiring, "BACKOFF", 0.05)


@pytest.mark.usefixtures("quick")
async def test_a_telegram_that_comes_later_is_waited_for(
    knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    port = unused_port()
    telegram = demo.telegram_for(knowledge, port)
    telegram.token = TOKEN
    channel = Telegram(TOKEN, f"http://127.0.0.1:{port}")

    async def name() -> str:
        async with reached(channel) as username:
            return username

    asking = asyncio.create_task(name())
    await until(lambda: len(spoken(caplog)) > 1)
    async with telegram:
        assert await asking == "fapiao_desk_bot"
    for line in spoken(caplog):
        assert line.startswith(f"no answer from {channel.api}, trying again in ")
        assert SECRET not in line


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("host", ["desk.invalid", "127.0.0.1:9"])
async def test_what_cannot_be_reached_is_asked_again_and_again(
    host: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    channel = Telegram(TOKEN, f"http://{host}")

    async def wait() -> None:
        async with reached(channel):
            pytest.fail("nobody is there")

    waiting = asyncio.create_task(wait())
    await until(lambda: len(spoken(caplog)) > 2)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    await channel._request.shutdown()


def failing(*errors: Exception) -> Callable[[], Awaitable[str]]:
    left = list(errors)

    async def call() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return call


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it would have slept, one after the other."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return slept


async def test_pauses_grow_to_a_minute_and_are_never_shorter_than_asked(pauses: Any) -> None:
    waits = [Later(2.0, "502")] * 7 + [Later(45.0, "too many requests", limited=True)]
    assert await answered("there", failing(*waits)) == "done"
    assert pauses == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    pauses.clear()
    await answered("there", failing(Later(300.0, "too many requests", limited=True)))
    assert pauses == [300.0]


async def test_what_telegram_refuses_is_not_asked_again(pauses: Any) -> None:
    with pytest.raises(Refused, match="token"):
        await answered("there", failing(Refused("refused", "Telegram does not know this token")))
    assert pauses == []
