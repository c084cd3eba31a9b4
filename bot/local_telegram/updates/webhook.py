"""Delivery of updates to the bot's webhook.

Updates of one chat are delivered in order, those of different chats at the same time, up to
`max_connections`. After any other answer than 2xx an update is tried again, at growing intervals.
A 2xx answer may carry a call; the bot is not told its result.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp.web import HTTPException

from bot.local_telegram.updates.queue import Update, Updates
from bot.local_telegram.wire.answers import Dropped
from bot.local_telegram.wire.bodies import BODY_LIMIT, read_call
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters

Json = dict[str, Any]

FIRST_DELAY = 0.2
LONGEST_DELAY = 30.0
ANSWER_SECONDS = 60.0
NEVER_CARRIED = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
"""Methods that an answer cannot call, besides those that begin with "get"."""

RunCall = Callable[[str, Parameters], Awaitable[object]]


class Webhook:
    """One webhook, delivering from the moment it is made until `close`.

    `call` runs the call that an answer carries, named in lower case.
    """

    def __init__(
        self, url: str, secret: str, connections: int, updates: Updates, call: RunCall
    ) -> None:
        self.url = url
        self._call = call
        self.connections = connections
        self.last_error: tuple[int, str] | None = None
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._updates = updates
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections),
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
        )
        updates.push = self._push
        for update in updates.pending.values():
            self._push(update)

    @property
    def info(self) -> Json:
        """Its part of the Bot API `WebhookInfo` object."""
        info: Json = {"url": self.url, "max_connections": self.connections}
        info["ip_address"] = "127.0.0.1"
        if self.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    async def close(self) -> None:
        """Stop delivering; what was not delivered stays pending."""
        self._updates.push = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    def _push(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._drain(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, lane: int) -> None:
        waiting = self._lanes[lane]
        while waiting:
            update = waiting[0]
            delay = FIRST_DELAY
            while self._is_due(update) and not await self._deliver(update):
                await asyncio.sleep(delay)
                delay = min(2 * delay, LONGEST_DELAY)
            self._updates.confirm(update.id)
            waiting.popleft()
        del self._lanes[lane]

    def _is_due(self, update: Update) -> bool:
        return update.again or update.id in self._updates.pending

    async def _deliver(self, update: Update) -> bool:
        """Whether the bot took the update."""
        async with self._free:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
                sending = self._session.post(self.url, json=update.json, headers=self._headers)
                async with sending as response:
                    if response.ok:
                        await self._carry_out(response)
                        return True
                    self._failed(
                        f"Wrong response from the webhook: {response.status} {response.reason}"
                    )
                    return False
        self._failed("Connection refused or timed out")
        return False

    async def _carry_out(self, response: aiohttp.ClientResponse) -> None:
        """Run the call in the bot's answer, if there is one that may be made so."""
        with contextlib.suppress(ApiError, Dropped, HTTPException, ValueError):
            parameters = await read_call(response, BODY_LIMIT)
            method = parameters.text("method").lower()
            if method and method not in NEVER_CARRIED and not method.startswith("get"):
                await self._call(method, parameters)

    def _failed(self, why: str) -> None:
        self.last_error = (int(time.time()), why)
