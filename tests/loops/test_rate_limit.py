"""Telegram's limits, over an hour that takes no time."""

from __future__ import annotations

import asyncio
import heapq
import random
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from bot.loops.rate_limit import A_SECOND, KNOWN, NEWS_SHARE, OLD_SHARE, Pace
from tests.addresses import WANG, on_telegram
from tests.patience import PATIENCE

HOUR = 3600.0
FULL, BUSY, CALM = -1001, -1002, -1003
PEOPLE, READERS = range(1, 2001), range(1001, 6001)
ONCE = range(7001, 7501)
RUSH, NEWS, SILENCE = 600.0, 1500.0, 2400.0
A_BIT = 1e-6


def most_in(times: list[float], seconds: float) -> int:
    """The most of these moments that any window of so long holds."""
    times = sorted(times)
    return max(
        (bisect_left(times, at + seconds - A_BIT) - n for n, at in enumerate(times)), default=0
    )


class Hour:
    """A pace on a clock that jumps to where something happens.

    `asked` and `went` are moments by chat and kind; a lane asks for its next turn when the last one
    is over, as the deliverer does, and what Telegram refuses is asked for again. A chat is told by
    its number at Telegram, which is below 0 for a group.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace, self.now = pace, 0.0
        self.asked = defaultdict[tuple[int, bool], list[float]](list)
        self.went = defaultdict[tuple[int, bool], list[float]](list)
        self.silences = list[tuple[int | None, float, float]]()
        self._events = list[tuple[float, int, Callable[[], None]]]()
        self._lanes = defaultdict[tuple[int, str], deque[tuple[bool, int]]](deque)
        self._numbers = count()

    def at(self, moment: float, happens: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), happens))

    def sends(
        self, moment: float, chat: int, lane: str = "", *, calls: int = 1, news: bool = False
    ) -> None:
        def arrives() -> None:
            waiting = self._lanes[chat, lane]
            waiting.append((news, calls))
            self.asked[chat, news].append(self.now)
            if len(waiting) == 1:
                self._ask(chat, lane)

        self.at(moment, arrives)

    def silences_at(self, moment: float, chat: int | None, seconds: float) -> None:
        def happens() -> None:
            self.silences.append((chat, self.now, self.now + seconds))
            if chat is None:
                self.pace.pause(None, self.now, seconds)
            else:
                self.pace.pause(on_telegram(chat), self.now, seconds, group=chat < 0)

        self.at(moment, happens)

    def _ask(self, chat: int, lane: str) -> None:
        news, calls = self._lanes[chat, lane][0]

        def go() -> bool:
            self.went[chat, news].extend([self.now] * calls)
            self._lanes[chat, lane].popleft()
            if self._lanes[chat, lane]:
                self.at(self.now + 0.05, lambda: self._ask(chat, lane))
            return True

        self.pace.ask(on_telegram(chat), go, calls=calls, news=news, group=chat < 0)

    def passes(self, until: float = HOUR) -> Hour:
        following: float | None = None
        while True:
            soonest = min(
                self._events[0][0] if self._events else until,
                until if following is None else following,
            )
            if soonest >= until:
                return self
            assert soonest >= self.now - A_BIT, "time does not go back"
            self.now = max(soonest, self.now)
            while self._events and self._events[0][0] <= self.now:
                heapq.heappop(self._events)[2]()
            following = self.pace.give(self.now)

    def times(self, chat: int | None = None) -> list[float]:
        """When something went, to this chat or to any."""
        if chat is not None:
            return sorted(self.went[chat, False] + self.went[chat, True])
        return sorted(at for moments in self.went.values() for at in moments)

    @property
    def news(self) -> list[float]:
        """When announcements went."""
        return sorted(at for (_, news), moments in self.went.items() if news for at in moments)

    def waits(self, chats: range, since: float = 0, until: float = HOUR) -> list[float]:
        """How long people waited for what they were to be told between two moments."""
        return [
            went - asked
            for chat in chats
            for asked, went in zip(self.asked[chat, False], self.went[chat, False], strict=True)
            if since <= asked < until
        ]


def a_mixed_hour(seed: int, burst: int) -> Hour:
    """People all the time and a rush of them, three groups, 5,000 announcements, and refusals."""
    dice, hour = random.Random(seed), Hour(Pace(burst))
    for chat in PEOPLE:
        for _ in range(6):
            moment = dice.uniform(0, HOUR - 300)
            for _ in range(dice.choice([1, 1, 2, 3])):
                hour.sends(moment, chat)
        hour.sends(dice.gauss(RUSH, 10), chat)
    for chat in ONCE:  # each waits for nothing but the others
        hour.sends(dice.uniform(NEWS - 200, NEWS + 200), chat)
    for group, every in ((FULL, 2.0), (BUSY, 6.0), (CALM, 60.0)):
        for n in range(int((HOUR - 300) / every)):
            album = 5 if dice.random() < 0.05 else 1
            hour.sends(n * every + dice.random(), group, f"room {n % 40}", calls=album)
    for chat in READERS:
        hour.sends(NEWS, chat, "news", news=True)
    for _ in range(60):
        chat = dice.choice([*PEOPLE, FULL, BUSY, CALM])
        hour.silences_at(dice.uniform(0, HOUR - 300), chat, dice.randint(1, 40))
    hour.silences_at(SILENCE, None, 30)
    return hour.passes()


@pytest.fixture(scope="module", params=[(1, 1), (2, 3)], ids=["one by one", "short bursts"])
def mixed(request: pytest.FixtureRequest) -> tuple[Hour, int]:
    seed, burst = request.param
    return a_mixed_hour(seed, burst), burst


def test_no_window_of_the_hour_holds_more_than_telegram_allows(mixed: tuple[Hour, int]) -> None:
    hour, burst = mixed
    assert most_in(hour.times(), 1) <= 30
    assert all(most_in(hour.times(group), 60) <= 20 for group in (FULL, BUSY, CALM))
    for chat in {*PEOPLE, *READERS}:
        times = hour.times(chat)
        for seconds in range(1, 10):
            assert most_in(times, seconds) <= seconds + burst - 1


def test_a_silence_is_kept_and_no_storm_follows_it(mixed: tuple[Hour, int]) -> None:
    hour, _ = mixed
    for chat, since, until in hour.silences:
        times = hour.times(chat)
        assert not [at for at in times if since < at < until - A_BIT]
        after = [at for at in times if until <= at + A_BIT < until + 10]
        assert len(after) <= (300 if chat is None else 10 if chat > 0 else 5)


def test_everything_goes_in_the_end_and_in_order(mixed: tuple[Hour, int]) -> None:
    hour, _ = mixed
    assert len(hour.news) == len(READERS)
    for chat in PEOPLE:
        assert len(hour.went[chat, False]) == len(hour.asked[chat, False])
        assert hour.went[chat, False] == sorted(hour.went[chat, False])


def test_people_hardly_notice_five_thousand_announcements(mixed: tuple[Hour, int]) -> None:
    hour, _ = mixed
    before, during = hour.waits(ONCE, 0, NEWS), hour.waits(ONCE, NEWS)
    assert max(before) < 1
    assert max(during) < 1.5
    assert sorted(during)[len(during) // 2] < 2 / A_SECOND


def test_while_anything_waits_the_budget_is_used(mixed: tuple[Hour, int]) -> None:
    hour, _ = mixed
    last = hour.news[-1]
    went = [at for at in hour.times() if NEWS <= at < last]
    assert len(went) / (last - NEWS) > 0.97 * A_SECOND
    full = [at for at in hour.times(FULL) if 300 <= at < 3300]
    assert len(full) / 50 > 18


def test_a_rush_of_people_is_over_as_soon_as_the_limit_allows(mixed: tuple[Hour, int]) -> None:
    hour, _ = mixed
    waits = hour.waits(PEOPLE, RUSH - 60, RUSH + 120)
    assert max(waits) < len(PEOPLE) / A_SECOND * 1.05


@pytest.mark.parametrize("people", [28, 60])
def test_news_goes_on_however_many_people_write(people: int) -> None:
    hour = Hour(Pace())
    for n in range(120 * people):
        hour.sends(n / people, n % 1000 + 1)
    for chat in range(10_001, 10_201):
        hour.sends(0, chat, news=True)
    hour.passes(120)
    assert len(hour.news) == 200
    assert hour.news[-1] < 200 / (A_SECOND / NEWS_SHARE) + 1


def test_a_full_group_does_not_take_the_moments_of_the_others() -> None:
    hour = Hour(Pace())
    for n in range(1500):
        hour.sends(0, FULL, f"room {n}")
    hour.sends(1, 7)
    hour.passes()
    assert hour.times(7) == [pytest.approx(1, abs=0.1)]
    assert len(hour.times(FULL)) == pytest.approx(1190, abs=10)


def test_a_burst_waits_for_nothing_in_a_calm_moment() -> None:
    hour = Hour(Pace())
    for n in range(4):
        hour.sends(50, 7, str(n))
    first, second, third, fourth = hour.passes().times(7)
    assert third - first < 0.1
    assert fourth - second == pytest.approx(1.1, abs=0.1)


def test_an_album_counts_as_its_pieces() -> None:
    hour = Hour(Pace())
    for n in range(5):
        hour.sends(0, FULL, str(n), calls=10)
        hour.sends(0, n + 1, calls=10)
    hour.passes()
    assert most_in(hour.times(), 1) <= 30
    assert most_in(hour.times(FULL), 60) == 20
    assert len(hour.times()) == 100


def test_a_chat_that_telegram_silenced_stays_silent_and_the_others_do_not() -> None:
    pace = Pace()
    full, busy = on_telegram(FULL), on_telegram(BUSY)
    pace.pause(full, 10, 42, group=True)
    assert pace.held(full, 11) == pytest.approx(41)
    assert pace.held(busy, 11) == 0
    assert pace.held(full, 60) == 0


def test_several_chats_refused_at_once_mean_silence_everywhere() -> None:
    pace = Pace()
    first, second, third, other = map(on_telegram, range(1, 5))
    pace.pause(first, 10.0, 5)
    pace.pause(second, 10.2, 5)
    assert pace.held(other, 10.3) == 0
    pace.pause(third, 10.4, 7)
    assert pace.held(other, 10.5) == pytest.approx(6.9)


def test_refusals_now_and_then_are_about_their_chats_alone() -> None:
    pace = Pace()
    for n in range(10):
        pace.pause(on_telegram(n + 1), n * 2.0, 60)
    assert pace.held(on_telegram(99), 20) == 0


def test_who_stopped_waiting_costs_nobody_a_turn() -> None:
    pace = Pace(burst=1)
    pace.ask(WANG, lambda: False)
    pace.ask(WANG, lambda: True)
    assert pace.give(5.0) is None
    assert pace.held(WANG, 5.0) > 1


async def test_turns_come_at_the_pace_of_the_running_loop() -> None:
    loop, pace = asyncio.get_running_loop(), Pace()
    since = loop.time()
    async with asyncio.timeout(PATIENCE):
        gone = asyncio.ensure_future(pace.turn(WANG))
        await asyncio.gather(*(pace.turn(on_telegram(chat)) for chat in range(1, 9)))
        await gone
    assert 6 / A_SECOND < loop.time() - since < 2


async def test_a_turn_that_was_called_off_is_given_to_the_next() -> None:
    loop, pace = asyncio.get_running_loop(), Pace()
    pace.pause(WANG, loop.time(), 0.1)
    first, second = (asyncio.ensure_future(pace.turn(WANG)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    async with asyncio.timeout(PATIENCE):
        await second


def test_a_long_life_does_not_grow_what_is_remembered() -> None:
    pace, clock = Pace(), count()
    for _ in range(30_000):
        now = next(clock)
        pace.ask(on_telegram(now + 1), lambda: True)
        pace.give(float(now))
    assert len(pace._chats) <= KNOWN + 1
    assert not pace._lines


def go(pace: Pace, chat: int, said: list[int], **asked: Any) -> None:
    def going() -> bool:
        said.append(chat)
        return True

    pace.ask(on_telegram(chat), going, group=chat < 0, **asked)


def test_after_an_outage_who_writes_now_waits_for_none_of_those_who_waited() -> None:
    pace, said, now = Pace(), list[int](), 0.0
    for chat in range(1, 1001):
        go(pace, chat, said, rank=chat)
    for _ in range(28):
        now = pace.give(now) or now
    go(pace, 5000, said, rank=5000)
    before = len(said)
    while 5000 not in said:
        now = pace.give(now) or now
    assert len(said) - before <= 2
    assert now < 3


def test_who_has_waited_longest_is_never_forgotten() -> None:
    pace, said, now = Pace(), list[int](), 0.0
    go(pace, 1, said, rank=1)
    for chat in range(2, 100):
        go(pace, chat, said, rank=chat)
    while len(said) < OLD_SHARE:
        now = pace.give(now) or now
    assert 1 in said


def test_news_in_a_group_leaves_room_for_those_who_talk_there() -> None:
    pace, news, talk, now = Pace(), list[int](), list[int](), 0.0
    for _ in range(600):
        go(pace, -7, news, news=True)
    for minute in range(1, 10):
        while now < minute * 60:
            now = pace.give(now) or now
        since = now
        for _ in range(3):
            go(pace, -7, talk)
        while len(talk) < 3 * minute:
            now = pace.give(now) or now
        assert now - since < 1
    assert len(news) > 8 * 9
