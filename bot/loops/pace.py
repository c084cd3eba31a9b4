"""How fast Telegram lets a bot speak: one shared timetable for all that is sent.

The limits: 30 messages a second in all, about one a second in a chat (short bursts pass), 20 a
minute in a group (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). The
timetable stays a little below them, for not all messages travel equally fast.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

A_SECOND = 28
GROUP_MINUTE = 61.0  # seconds
CHAT_SECOND = 1.1
KNOWN = 10_000  # moments and chats remembered before the past is dropped


@dataclass(slots=True)
class Window:
    """At most `most` messages in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    @property
    def until(self) -> float:
        """From when on what was sent does not matter any more."""
        return self.times[-1] + self.seconds if self.times else 0.0

    def earliest(self, now: float) -> float:
        """When the next message may go."""
        full = len(self.times) == self.most
        return max(now, self.times[0] + self.seconds if full else now)

    def take(self, at: float) -> None:
        if len(self.times) == self.most:
            self.times.popleft()
        self.times.append(at)


@dataclass(slots=True)
class Burst:
    """`most` messages at once, and another one every `seconds`."""

    most: int
    seconds: float
    until: float = 0.0

    def earliest(self, now: float) -> float:
        return max(now, self.until - (self.most - 1) * self.seconds)

    def take(self, at: float) -> None:
        self.until = max(self.until, at) + self.seconds


class Pace:
    """Reserves a moment for each message so that no limit is passed."""

    def __init__(self) -> None:
        self._taken: set[int] = set()  # of the moments, `A_SECOND` of them each second
        self._chats: dict[int, Window | Burst] = {}
        self._silent: dict[int, float] = {}

    def reserve(self, chat: int, now: float) -> float:
        """Seconds to wait before the next message to this chat, whose turn it takes."""
        if len(self._taken) + len(self._chats) > 2 * KNOWN:
            self._drop_past(now)
        new = Window(20, GROUP_MINUTE) if chat < 0 else Burst(3, CHAT_SECOND)
        limit = self._chats.setdefault(chat, new)
        earliest = max(limit.earliest(now), self._silent.get(chat, now))
        moment = math.ceil(earliest * A_SECOND)
        while moment in self._taken:
            moment += 1
        self._taken.add(moment)
        limit.take(moment / A_SECOND)
        return moment / A_SECOND - now

    def pause(self, chat: int, now: float, seconds: float) -> None:
        """Telegram asked for silence in this chat."""
        self._silent[chat] = now + seconds

    def _drop_past(self, now: float) -> None:
        self._taken = {moment for moment in self._taken if moment > now * A_SECOND}
        self._chats = {i: limit for i, limit in self._chats.items() if limit.until > now}
        self._silent = {i: until for i, until in self._silent.items() if until > now}
