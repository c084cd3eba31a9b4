"""A Telegram on loopback, from its opening to its end."""

from __future__ import annotations

import asyncio

from bot.local_telegram import LocalTelegram
from tests.local_telegram.conftest import ask
from tests.patience import PATIENCE

WANG = 1001


async def test_recent_calls_can_be_looked_at(started: LocalTelegram) -> None:
    await ask(started, f"/bot{started.token}/sendMessage", json={"chat_id": WANG, "text": "x"})
    last = list(started.calls)[-1]
    assert (last.method, last.parameters["text"]) == ("sendMessage", "x")


async def test_it_closes_at_once_with_apps_open_and_a_bot_waiting() -> None:
    telegram = LocalTelegram()
    await telegram.__aenter__()
    waiting = asyncio.create_task(
        ask(telegram, f"/bot{telegram.token}/getUpdates", json={"timeout": 50})
    )
    _, pending = await asyncio.wait([waiting], timeout=0.1)
    assert pending
    async with asyncio.timeout(PATIENCE):
        await telegram.__aexit__(None, None, None)
        assert (await waiting)[1] == {"ok": True, "result": []}
