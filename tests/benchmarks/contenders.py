"""The bots that `load.py` measures, each a process of its own: `python -m ... NAME URL TOKEN FILE`.

The echo bots answer every text with itself and keep nothing. The desk is `fapiao-desk run`, but for
its pace: Telegram's limits are off here, so it may send as fast as it can. Only `pieces`, the same
desk, waits for the next part of a text as it does by default.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.core.content.limits import PIECES

POOL = 64
"""Updates an echo works on at the same time, and connections it may open."""
GROUPS = {"frontline": -1001000000001, "technical": -1001000000002, "coordination": -1001000000003}


def ptb(url: str, token: str, _: Path) -> None:
    """python-telegram-bot: concurrent updates, a large pool, polling without a rest."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    from telegram import Update
    from telegram.ext import Application, MessageHandler, filters

    async def echo(update: Update, context: Any) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    app = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .concurrent_updates(POOL)
        .connection_pool_size(POOL)
        .pool_timeout(60)
        .build()
    )
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(poll_interval=0, allowed_updates=["message"])


def aiogram(url: str, token: str, _: Path) -> None:
    """aiogram: its dispatcher works on each update in a task of its own."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def polling() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=POOL)
        dispatcher = Dispatcher()
        dispatcher.message.register(echo)
        bot = Bot(token, session=session)
        await dispatcher.start_polling(bot, allowed_updates=["message"], polling_timeout=25)

    asyncio.run(polling())


def pieces(url: str, token: str, database: Path) -> None:
    """The desk, waiting for the next part of what is unclear alone, as by default."""
    desk(url, token, database, PIECES.total_seconds())


def desk(url: str, token: str, database: Path, seconds: float = 0) -> None:
    """`fapiao-desk run`, durable, without its pace; waits so many `seconds` for the next part."""
    groups = ",".join(f"{tier}:{chat}" for tier, chat in GROUPS.items())
    os.environ |= {
        "FAPIAO_TOKEN": token,
        "FAPIAO_API": url,
        "FAPIAO_GROUPS": groups,
        "FAPIAO_DATABASE": str(database),
        "FAPIAO_SEMANTIC": "off",
        "FAPIAO_PIECE_SECONDS": str(seconds),
        "FAPIAO_LOG_LEVEL": "ERROR",
    }
    from bot.__main__ import app

    with patch("bot.loops.Pace", return_value=None):
        app(["run"])


CONTENDERS: dict[str, Callable[[str, str, Path], None]] = {
    "ptb": ptb,
    "aiogram": aiogram,
    "desk": desk,
    "pieces": pieces,
}


if __name__ == "__main__":
    name, url, token, database = sys.argv[1:]
    CONTENDERS[name](url, token, Path(database))
