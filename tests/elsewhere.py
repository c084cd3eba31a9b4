"""A Telegram that runs on a thread of its own, as the real one does on another machine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

from bot.local_telegram import LocalTelegram

TOKEN = "7000000001:local-telegram"


class Elsewhere:
    """`with Elsewhere(telegram) as running`: commands start loops of their own beside it."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def do(self, what: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(what, self._loop)

    def __enter__(self) -> Elsewhere:
        self._thread.start()
        self.do(self.telegram.__aenter__()).result(5)
        return self

    def __exit__(self, *error: object) -> None:
        self.do(self.telegram.__aexit__(None, None, None)).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
