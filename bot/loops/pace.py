"""How fast Telegram lets a bot speak: one shared budget for all that is sent.

The limits: 30 messages a second in all, about one a second in a chat (short bursts pass), 20 a
minute in a group (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """Holds `size` tokens and gains `rate` a second; a token taken in advance is waited for."""

    size: float
    rate: float
    tokens: float = field(init=False)
    at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def wait(self, now: float) -> float:
        """Seconds until a token is there, without taking it."""
        return max(0.0, (1 - self._now(now)) / self.rate)

    def take(self, now: float) -> None:
        self.tokens, self.at = self._now(now) - 1, now

    def pause(self, now: float, seconds: float) -> None:
        """Nothing for so long."""
        self.tokens, self.at = 1 - seconds * self.rate, now

    def _now(self, now: float) -> float:
        return min(self.size, self.tokens + max(0.0, now - self.at) * self.rate)


class Pace:
    """Reserves a moment for each message so that no limit is passed."""

    def __init__(self) -> None:
        self._all = Bucket(30, 30)
        self._chats: dict[int, Bucket] = {}

    def reserve(self, chat: int, now: float) -> float:
        """Seconds to wait before the next message to this chat, whose turn it takes."""
        bucket = self._bucket(chat)
        wait = max(self._all.wait(now), bucket.wait(now))
        self._all.take(now + wait)
        bucket.take(now + wait)
        return wait

    def pause(self, chat: int, now: float, seconds: float) -> None:
        """Telegram asked for silence in this chat."""
        self._bucket(chat).pause(now, seconds)

    def _bucket(self, chat: int) -> Bucket:
        if len(self._chats) > 10_000:
            self._chats.clear()
        if chat not in self._chats:
            self._chats[chat] = Bucket(20, 20 / 60) if chat < 0 else Bucket(3, 1)
        return self._chats[chat]
