"""The Telegram channel on a local Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import demo
from bot.channels.telegram import Telegram
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import LocalTelegram


@pytest.fixture
async def telegram(knowledge: Knowledge) -> AsyncIterator[LocalTelegram]:
    """Where 王芳 and 老陈 have started the bot."""
    async with demo.telegram_for(knowledge) as running:
        for person in demo.TAXPAYERS:
            await running.person(person.id).says("/start")
        yield running


@pytest.fixture
async def channel(telegram: LocalTelegram) -> AsyncIterator[Telegram]:
    channel = Telegram(telegram.token, telegram.url)
    async with channel.connected():
        yield channel
