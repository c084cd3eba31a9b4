"""Telegram's rate limits, when they are switched on.

The figures are those of Telegram's FAQ for bots: 30 messages a second in all, about one a second
to one chat with short bursts allowed, 20 a minute to one group.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.local_telegram.wire.errors import too_many


@dataclass(slots=True)
class Bucket:
    """A token bucket: `room` calls at once, filled again at `rate` a second."""

    room: float
    rate: float
    held: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more call fits; 0 when it fits now."""
        self.held = min(self.room, self.held + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.held >= 1 else (1 - self.held) / self.rate


ALL = (30.0, 30.0)
CHAT = (3.0, 1.0)
GROUP = (20.0, 20 / 60)


class Limits:
    """Counts sent messages and refuses those over a limit; a refused one does not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}

    @property
    def known(self) -> int:
        """The number of chats counted; chats quiet for a minute are forgotten."""
        return len(self._buckets)

    def count(self, chat_id: str) -> None:
        """Count one message to `chat_id`, or raise `ApiError` 429 with the seconds to wait."""
        now = self._clock()
        shape = GROUP if chat_id.startswith("-") else CHAT
        buckets = [self._bucket("", ALL, now), self._bucket(chat_id, shape, now)]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait:
            raise too_many(math.ceil(wait))
        for bucket in buckets:
            bucket.held -= 1

    def _bucket(self, name: str, shape: tuple[float, float], now: float) -> Bucket:
        if len(self._buckets) > 10_000:
            self._buckets = {k: b for k, b in self._buckets.items() if now - b.at < 60}
        return self._buckets.setdefault(name, Bucket(shape[0], shape[1], shape[0], now))
