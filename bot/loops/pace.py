"""How fast Telegram lets a bot speak: one shared timetable for all that is sent.

The limits: 30 messages a second in all, about one a second in a chat (short bursts pass), 20 a
minute in a group (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

A_SECOND = 30


@dataclass(slots=True)
class Window:
    """At most `most` messages in any `seconds`, one after the other."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)
    silent_until: float = 0.0

    def earliest(self, now: float) -> float:
        """When the next message may go."""
        last = self.times[-1] if self.times else now
        full = self.times[0] + self.seconds if len(self.times) == self.most else now
        return max(now, last, full, self.silent_until)

    @property
    def until(self) -> float:
        """From when on nothing here matters any more."""
        return max(self.silent_until, self.times[-1] + self.seconds if self.times else 0.0)

    def take(self, at: float) -> None:
        if len(self.times) == self.most:
            self.times.popleft()
        self.times.append(at)


class Pace:
    """Reserves a moment for each message so that no limit is passed."""

    def __init__(self) -> None:
        self._taken: set[int] = set()  # of the moments, each a 30th of a second
        self._chats: dict[int, Window] = {}

    def reserve(self, chat: int, now: float) -> float:
        """Seconds to wait before the next message to this chat, whose turn it takes."""
        window = self._window(chat, now)
        moment = math.ceil(window.earliest(now) * A_SECOND)
        while moment in self._taken:
            moment += 1
        if len(self._taken) > 10_000:
            self._taken = {each for each in self._taken if each >= now * A_SECOND}
        self._taken.add(moment)
        window.take(moment / A_SECOND)
        return moment / A_SECOND - now

    def pause(self, chat: int, now: float, seconds: float) -> None:
        """Telegram asked for silence in this chat."""
        self._window(chat, now).silent_until = now + seconds

    def _window(self, chat: int, now: float) -> Window:
        if len(self._chats) > 10_000:
            self._chats = {i: w for i, w in self._chats.items() if w.until > now}
        if chat not in self._chats:
            self._chats[chat] = Window(20, 60) if chat < 0 else Window(3, 3)
        return self._chats[chat]
