"""How fast Telegram lets a bot speak: one budget for all that is sent, and the line before it.

The limits: 30 calls a second in all, one a second in a chat (short bursts pass), 20 a minute in a
group (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). The budget stays a
little below them, for not all calls travel equally fast.

Who is kept by the limit of their own chat stands aside. Of all others who has the highest rank goes
first, then whoever asked first, people and agents before news. So that after an outage who writes
now need not wait for all that waited, and of some turns one is for who has waited longest.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from math import inf
from operator import itemgetter

A_SECOND = 28
GROUP_MINUTE = 61.0  # seconds
CHAT_SECOND = 1.1
BURST = 3
NEWS_SHARE = 10  # of so many turns news has one, however many people wait
OLD_SHARE = 10  # of so many turns one is for who asked first, whatever their rank
RESERVED = 8  # calls a minute to a group that its news leaves to those who talk there
WIDE, AT_ONCE = 3, 1.0  # so many chats refused in so many seconds: it was not about the chat
KNOWN = 10_000  # chats remembered before those at rest are dropped


@dataclass(slots=True)
class Window:
    """At most `most` calls in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    @property
    def until(self) -> float:
        """From when on what was sent does not matter any more."""
        return self.times[-1] + self.seconds if self.times else 0.0

    def earliest(self, calls: int = 1) -> float:
        """When so many more may go."""
        over = len(self.times) + min(calls, self.most) - self.most
        return self.times[over - 1] + self.seconds if over > 0 else 0.0

    def take(self, at: float, calls: int = 1) -> None:
        self.times.extend([at] * calls)
        while len(self.times) > self.most:
            self.times.popleft()

    def spend(self, until: float) -> None:
        """Begin evenly after a silence."""
        even = [until - self.seconds * (1 - n / self.most) for n in range(self.most)]
        known = [-inf] * (self.most - len(self.times)) + list(self.times)
        self.times = deque(map(max, even, known))


@dataclass(slots=True)
class Burst:
    """`most` calls at once, and another one every `seconds`; an album counts as one."""

    most: int
    seconds: float
    until: float = 0.0

    def earliest(self, calls: int = 1) -> float:
        return self.until - (self.most - 1) * self.seconds

    def take(self, at: float, calls: int = 1) -> None:
        self.until = max(self.until, at) + self.seconds

    def spend(self, until: float) -> None:
        """Begin evenly after a silence."""
        self.until = max(self.until, until + (self.most - 1) * self.seconds)


Line = tuple[str, bool]
"""A chat's address, and whether it is its news that waits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`go` says False where nobody waits any more; `number` tells who came first."""

    number: int
    rank: int
    calls: int
    go: Callable[[], bool]


class Pace:
    """Lets everyone who asks go as soon as no limit is passed. Times are seconds of any clock."""

    def __init__(self, burst: int = BURST) -> None:
        self._burst = burst
        self._all = Window(A_SECOND, 1.0)
        self._chats: dict[str, Window | Burst] = {}
        self._refused: deque[tuple[float, str]] = deque()
        self._quiet_until = self._next = 0.0
        self._lines: dict[Line, deque[Waiting]] = {}
        self._aside: list[tuple[float, int, Line]] = []
        self._able: dict[bool, list[tuple[float, int, Line]]] = {False: [], True: []}
        self._numbers = count()
        self._since_news = self._since_old = 0
        self._timer: asyncio.TimerHandle | None = None

    async def turn(
        self,
        chat: str,
        *,
        calls: int = 1,
        news: bool = False,
        rank: int = 0,
        group: bool = False,
    ) -> None:
        """Wait for the turn of a call to this chat, or `group`, which it takes."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()

        def go() -> bool:
            if waits := not turn.done():
                turn.set_result(None)
            return waits

        self.ask(chat, go, calls=calls, news=news, rank=rank, group=group)
        self._tick(loop)
        await turn

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        following = self.give(loop.time())
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if following is None else loop.call_at(following, self._tick, loop)

    def ask(
        self,
        chat: str,
        go: Callable[[], bool],
        *,
        calls: int = 1,
        news: bool = False,
        rank: int = 0,
        group: bool = False,
    ) -> None:
        """Stand in line: `give` calls `go` when it is the turn. An album is as many `calls`."""
        waiting = Waiting(next(self._numbers), rank, calls, go)
        self._limit(chat, group)
        line = self._lines.setdefault((chat, news), deque())
        line.append(waiting)
        if len(line) == 1:
            self._stand((chat, news))

    def give(self, now: float) -> float | None:
        """Let go whose turn it is; returns when to be called again, None when nobody waits."""
        while True:
            self._come_forward(now)
            line = self._first()
            if line is None:
                return max(self._aside[0][0], self._quiet_until) if self._aside else None
            calls = self._lines[line][0].calls
            moment = max(self._next, self._quiet_until, self._all.earliest(calls))
            if moment > now:
                return moment
            self._let_go(line, now)

    def pause(self, chat: str | None, now: float, seconds: float, *, group: bool = False) -> None:
        """Telegram asked for silence: in this chat, or everywhere (None).

        It never says which of the two it is, so several chats at once are everywhere.
        """
        until = now + seconds
        if chat is None:
            self._quiet_until = max(self._quiet_until, until)
            return
        self._limit(chat, group).spend(until)
        self._refused.append((now, chat))
        while self._refused[0][0] < now - AT_ONCE:
            self._refused.popleft()
        if len({refused for _, refused in self._refused}) >= WIDE:
            self.pause(None, now, seconds)

    def held(self, chat: str, now: float) -> float:
        """Seconds for which nothing goes to this chat, whoever asks."""
        until = max(self._earliest((chat, False), 1), self._quiet_until)
        return max(until - now, 0.0)

    def _earliest(self, line: Line, calls: int) -> float:
        chat, news = line
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        return known.earliest(calls + RESERVED if news and isinstance(known, Window) else calls)

    def _limit(self, chat: str, group: bool) -> Window | Burst:
        known = self._chats.get(chat)
        if known is None:
            known = Window(20, GROUP_MINUTE) if group else Burst(self._burst, CHAT_SECOND)
            self._chats[chat] = known
        return known

    def _stand(self, line: Line) -> None:
        first = self._lines[line][0]
        heapq.heappush(self._aside, (self._earliest(line, first.calls), first.number, line))

    def _come_forward(self, now: float) -> None:
        """Those whose chat keeps them no longer."""
        while self._aside and self._aside[0][0] <= now:
            _, number, line = heapq.heappop(self._aside)
            first = self._lines[line][0]
            if self._earliest(line, first.calls) > now:
                self._stand(line)  # something else went to the chat meanwhile
            else:
                heapq.heappush(self._able[line[1]], (-first.rank, number, line))

    def _first(self) -> Line | None:
        """Whose turn it is among those whom no limit of their own keeps."""
        people, news = self._able[False], self._able[True]
        if news and (not people or self._since_news >= NEWS_SHARE - 1):
            return news[0][2]
        if people and self._since_old >= OLD_SHARE - 1:
            self._since_old = 0
            oldest = min(people, key=itemgetter(1))
            people.remove(oldest)
            heapq.heapify(people)
            heapq.heappush(people, (-inf, *oldest[1:]))
        return people[0][2] if people else None

    def _let_go(self, line: Line, now: float) -> None:
        chat, news = line
        heapq.heappop(self._able[news])
        waiting = self._lines[line]
        first = waiting[0]
        if self._earliest(line, first.calls) <= now:
            waiting.popleft()
            if first.go():
                self._took(chat, first.calls, now)
                self._since_news = 0 if news else self._since_news + 1
                self._since_old += not news
        if waiting:
            self._stand(line)
        else:
            del self._lines[line]

    def _took(self, chat: str, calls: int, now: float) -> None:
        """What goes evenly travels well, and a crash finds hardly more than one call on its way."""
        self._all.take(now, calls)
        self._chats[chat].take(now, calls)
        self._next = max(self._next, now) + calls / A_SECOND
        if len(self._chats) > KNOWN:
            waiting = {chat for chat, _ in self._lines}
            self._chats = {
                chat: limit
                for chat, limit in self._chats.items()
                if limit.until > now or chat in waiting
            }
