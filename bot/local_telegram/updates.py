"""The bot's updates, kept until it has confirmed them.

The rules are those of getUpdates in the Bot API: an update is confirmed by asking with an offset
above its id, unconfirmed ones are given again, ids rise by one, a second reader ends the first with
a 409, and a kind that was not allowed when it happened is never delivered.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from bot.local_telegram.errors import conflict

Json = dict[str, Any]

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KEPT_SECONDS = 24 * 3600
LONGEST_WAIT = 50
TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


@dataclass(frozen=True, slots=True)
class Update:
    """One update. Those that share a `lane` (the chat) are delivered in order."""

    id: int
    kind: str
    body: Json
    lane: int
    at: float

    @property
    def json(self) -> Json:
        """The Bot API `Update` object."""
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The queue between this Telegram and the bot."""

    def __init__(self, first_id: int = 700_000_001, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.allowed: frozenset[str] | None = None
        self.push: Callable[[Update], None] | None = None
        self._ids = count(first_id)
        self._reader: asyncio.Future[None] | None = None

    def put(self, kind: str, body: Json, lane: int) -> None:
        """Keep an update for the bot. Every update passes through here."""
        if not self._wanted(kind):
            return
        update = Update(next(self._ids), kind, body, lane, self._clock())
        self.pending[update.id] = update
        self._forget_old(update.at)
        if self.push is not None:
            self.push(update)
        elif self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def allow(self, kinds: list[str] | None) -> None:
        """Set which kinds are kept from now on; an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm(self, update_id: int) -> None:
        """Forget one update that was delivered."""
        self.pending.pop(update_id, None)

    def clear(self) -> None:
        """Forget all updates (`drop_pending_updates`)."""
        self.pending.clear()

    async def take(self, offset: int, limit: int, patience: float) -> list[Json]:
        """Confirm what is below `offset`, then return up to `limit` updates, oldest first.

        A negative `offset` keeps only that many of the latest. With nothing to give, waits up to
        `patience` seconds. Raises `ApiError` 409 while a webhook is set, or when another reader
        comes meanwhile.
        """
        if self.push is not None:
            raise conflict(WEBHOOK_SET)
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(conflict(TERMINATED))
        self._reader = None
        self._confirm_below(offset)
        if not self.pending and patience > 0:
            await self._wait(min(patience, LONGEST_WAIT))
        return [update.json for update in islice(self.pending.values(), limit)]

    def interrupt(self) -> None:
        """End a waiting reader, as when a webhook is set."""
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(conflict(WEBHOOK_SET))

    def close(self) -> None:
        """Let a waiting reader go with nothing."""
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def _wait(self, seconds: float) -> None:
        reader = asyncio.get_running_loop().create_future()
        self._reader = reader
        try:
            await asyncio.wait_for(reader, seconds)
        except TimeoutError:
            pass
        finally:
            if self._reader is reader:
                self._reader = None

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            kept = list(self.pending)[offset:]
            offset = kept[0] if kept else 0
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)

    def _forget_old(self, now: float) -> None:
        while (oldest := next(iter(self.pending.values()))).at < now - KEPT_SECONDS:
            del self.pending[oldest.id]

    def _wanted(self, kind: str) -> bool:
        return kind not in UNASKED if self.allowed is None else kind in self.allowed
