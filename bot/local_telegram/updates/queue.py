"""The bot's updates, kept until it has confirmed them.

The rules are those of getUpdates in the Bot API: an update is confirmed by asking with an offset
above its id, unconfirmed ones are given again, ids rise by one, a second getUpdates ends the
first with a 409, and a type that was not allowed when it happened is never delivered.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bot.local_telegram.faults.faults import JUMP, Faults, Twist
from bot.local_telegram.wire.errors import ApiError, conflict

Json = dict[str, Any]

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KEPT_SECONDS = 24 * 3600
LONGEST_WAIT = 50
FUTURE = 10  # an offset further above the newest id is ignored
HELD_SECONDS = 0.1  # how long a late update waits for the next one
TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


@dataclass(frozen=True, slots=True)
class Update:
    """One update. Those with the same `lane` (the chat) are delivered in order.

    One with `again` is delivered although it was confirmed.
    """

    id: int
    type: str
    body: Json
    lane: int
    at: float
    again: bool = False

    @property
    def json(self) -> Json:
        """The Bot API `Update` object."""
        return {"update_id": self.id, self.type: self.body}


class Updates:
    """The queue between this Telegram and the bot."""

    def __init__(self, first_id: int = 700_000_001, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.allowed: frozenset[str] | None = None
        self.push: Callable[[Update], None] | None = None
        self.faults: Faults | None = None
        self._ids = count(first_id)
        self._newest = first_id - 1
        self._again: list[Update] = []
        self._late: list[Update] = []
        self._held: list[Update] | None = None
        self._waiting: asyncio.Future[None] | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether a getUpdates waits for the next one."""
        return self._waiting is not None and not self._waiting.done()

    def put(self, update_type: str, body: Json, lane: int) -> None:
        """Keep an update for the bot. Every update passes through here."""
        if not self._wanted(update_type):
            return
        twist = self.faults.update(lane) if self.faults else None
        self._newest = next(self._ids) + (JUMP if twist == "jump" else 0)
        if twist == "jump":
            self._ids = count(self._newest + 1)
        if twist == "broken":
            body = body | {"from": {"id": body.get("from", {}).get("id")}}
        update = Update(self._newest, update_type, body, lane, self._clock())
        if twist == "late":
            self._late.append(update)
            asyncio.get_running_loop().call_later(HELD_SECONDS, self._keep_late)
            return
        self._keep(update, twist)
        self._keep_late()

    @contextmanager
    def held(self, order: Callable[[list[Update]], Iterable[Update]] = reversed) -> Iterator[None]:
        """Hold back the updates of the block, then deliver them in another order.

        Each keeps its own id and the dates of its messages.
        """
        held: list[Update] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
            for update in order(held):
                self._keep(update)

    def begin_anew(self, first_id: int) -> None:
        """Number the updates from `first_id` on, as Telegram may after a week without updates."""
        self._ids = count(first_id)

    def _keep(self, update: Update, twist: Twist | None = None) -> None:
        if self._held is not None:
            self._held.append(update)
            return
        self.pending[update.id] = update
        self._forget_old(update.at)
        deliveries = [update]
        if twist == "twice":
            deliveries.append(replace(update, again=True))
            self._again += deliveries[1:] if self.push is None else ()
        if self.push is not None:
            for each in deliveries:
                self.push(each)
        else:
            self.close()

    def _keep_late(self) -> None:
        late, self._late = self._late, []
        for update in late:
            self._keep(update)

    def allow(self, types: list[str] | None) -> None:
        """Set which types are kept from now on; an empty list means the usual ones."""
        if types is not None:
            self.allowed = frozenset(types) or None

    def confirm(self, update_id: int) -> None:
        """Forget one update that was delivered."""
        self.pending.pop(update_id, None)

    def clear(self) -> None:
        """Forget all updates (`drop_pending_updates`)."""
        self.pending.clear()

    async def take(self, offset: int, limit: int, patience: float) -> list[Json]:
        """Confirm what is below `offset`, then return up to `limit` updates, oldest first.

        A negative `offset` keeps only that many of the latest. With nothing to give, waits up to
        `patience` seconds. Raises `ApiError` 409 while a webhook is set, or when another call
        comes meanwhile.
        """
        if self.push is not None:
            raise conflict(WEBHOOK_SET)
        self._interrupt(conflict(TERMINATED))
        self._waiting = None
        self._confirm_below(offset)
        again = [update for update in self._again if update.id not in self.pending]
        self._again = [update for update in self._again if update not in again]
        if not self.pending and not again and patience > 0:
            await self._wait(min(patience, LONGEST_WAIT))
        return [update.json for update in (*again, *self._first(limit))]

    def _first(self, limit: int) -> list[Update]:
        """The oldest `limit`, and later ones whose ids are lower."""
        given: list[Update] = []
        for update in self.pending.values():
            if len(given) >= limit and update.id > given[-1].id:
                break
            given.append(update)
        return given

    def interrupt(self) -> None:
        """End a call that waits, as when a webhook is set."""
        self._interrupt(conflict(WEBHOOK_SET))

    def _interrupt(self, error: ApiError) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)

    def close(self) -> None:
        """Answer a call that waits with the updates there are."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def _wait(self, seconds: float) -> None:
        waiting = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            kept = list(self.pending)[offset:]
            offset = kept[0] if kept else 0
        if offset > self._newest + FUTURE:
            return
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)

    def _forget_old(self, now: float) -> None:
        while (oldest := next(iter(self.pending.values()))).at < now - KEPT_SECONDS:
            del self.pending[oldest.id]

    def _wanted(self, update_type: str) -> bool:
        return update_type not in UNASKED if self.allowed is None else update_type in self.allowed
