"""Telegram's limits, over an hour that takes no time."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from itertools import count

import pytest

from bot.loops.pace import GROUP_MINUTE, KNOWN, Pace

HOUR = 3600.0
GROUP, OTHER = -1001, -1002
A_BIT = 1e-6


def most_in(times: list[float], seconds: float) -> int:
    """The most of these moments that any window of so long holds."""
    times = sorted(times)
    return max(bisect_left(times, at + seconds - A_BIT) - n for n, at in enumerate(times))


def an_hour(seed: int) -> tuple[dict[int, list[float]], dict[int, list[float]]]:
    """When messages were asked for and when they went, by chat: calm, bursts, and two full groups.

    Each chat asks for its next message when the one before has gone, as the deliverer does; a group
    has ten rooms that ask side by side.
    """
    dice, pace = random.Random(seed), Pace()
    asked, went = defaultdict[int, list[float]](list), defaultdict[int, list[float]](list)
    events = [(dice.uniform(0, HOUR), chat) for chat in range(1, 400) for _ in range(12)]
    events += [(dice.gauss(1800, 20), chat) for chat in range(1, 2000)]
    events += [(n * 25.0, group) for n in range(144) for group in [GROUP, OTHER] * 10]
    for now, chat in sorted(events):
        wait = pace.reserve(chat, now)
        assert wait >= 0
        asked[chat].append(now)
        went[chat].append(now + wait)
    return asked, went


@pytest.mark.parametrize("seed", [1, 2])
def test_over_an_hour_no_limit_is_passed(seed: int) -> None:
    _, went = an_hour(seed)
    assert most_in([at for times in went.values() for at in times], 1) <= 30
    assert most_in(went[GROUP], 60) == 20
    assert most_in(went[OTHER], 60) == 20
    for times in (times for chat, times in went.items() if chat > 0):
        for n, first in enumerate(times):
            spans = enumerate(times[n:], 1)
            assert all(number <= 3 + last - first + A_BIT for number, last in spans)


def test_every_chat_gets_its_turns_in_order_however_full_the_groups_are() -> None:
    asked, went = an_hour(1)
    assert all(times == sorted(times) for times in went.values())
    people = [chat for chat in asked if chat > 0]
    waits = [b - a for chat in people for a, b in zip(asked[chat], went[chat], strict=True)]
    assert sorted(waits)[len(waits) // 2] < 0.1
    assert max(waits) < 60


def test_a_group_that_waits_an_hour_does_not_take_the_moments_of_the_others() -> None:
    pace = Pace()
    waits = [pace.reserve(GROUP, 100) for _ in range(1200)]
    assert waits[-1] == pytest.approx(59 * GROUP_MINUTE, abs=1)
    assert pace.reserve(7, 100) < 1.2
    assert most_in([100 + wait for wait in waits], 60) == 20


def test_a_burst_waits_for_nothing_in_a_calm_moment() -> None:
    pace = Pace()
    assert max(pace.reserve(7, 50) for _ in range(3)) <= 0.1
    assert pace.reserve(7, 50) == pytest.approx(1.1, abs=0.1)


def test_a_chat_that_telegram_silenced_stays_silent_and_the_others_do_not() -> None:
    pace = Pace()
    pace.pause(GROUP, 10, 42)
    assert pace.reserve(GROUP, 11) == pytest.approx(41, abs=0.1)
    assert pace.reserve(OTHER, 11) < 0.1
    assert pace.reserve(GROUP, 60) < 0.1


def test_a_long_life_does_not_grow_the_timetable() -> None:
    pace, clock = Pace(), count()
    for _ in range(30_000):
        pace.reserve(next(clock) + 1, next(clock) / 10)
    assert len(pace._taken) + len(pace._chats) < 3 * KNOWN
