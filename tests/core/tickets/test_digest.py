"""A tier is told how it stands: at its time of a working day, once, and only what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.core import timers
from bot.core.content.knowledge import Knowledge
from bot.core.decide import decide
from bot.core.model.chart import Grouped, Part
from bot.core.model.digest import COUNTED, DayCount, Figures
from bot.core.model.effects import Digested, Effect, Group, Picture, WakeAt
from bot.core.model.events import Woke
from bot.core.model.state import About
from bot.core.text.clock import BEIJING
from bot.core.text.render import plain
from bot.core.tickets.digest import next_at

TIER = "frontline"


def at(day: int, clock: str, month: int = 11) -> datetime:
    """A moment in Beijing; 24 November 2026 is a Tuesday."""
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), BEIJING)


NINE = at(24, "09:05")
YESTERDAY = at(23, "09:05")


@pytest.fixture
def knowledge(knowledge: Knowledge) -> Knowledge:
    return replace(knowledge, tiers=replace(knowledge.tiers, digest=time(9, 5)))


def figures(now: datetime = NINE, since: datetime = YESTERDAY, **counts: Any) -> Figures:
    return Figures(at=now, since=since, **{"waiting": 3, **counts})


def follows(knowledge: Knowledge, known: Figures | None, tier: str = TIER) -> list[Effect]:
    event = Woke(seq=7, at=NINE, what=timers.wake(timers.Digest(tier), None).what)
    return [*decide(About(figures=known), event, knowledge).effects]


def told(knowledge: Knowledge, known: Figures) -> list[str]:
    (picture,) = (e for e in follows(knowledge, known) if isinstance(e, Picture))
    assert picture.to == Group(TIER)
    return plain(picture.text).splitlines()


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (YESTERDAY, at(24, "07:00"), NINE),
        (YESTERDAY, NINE, NINE),
        (NINE, at(24, "09:06"), at(25, "09:05")),
        (at(20, "09:05"), at(21, "10:00"), at(23, "09:05")),  # a Saturday
        (at(20, "09:05"), at(24, "10:30"), at(24, "10:30")),  # off since Friday
        (at(20, "09:05"), at(24, "12:30"), at(24, "13:30")),  # back at noon
        (at(20, "09:05"), at(24, "22:00"), at(25, "09:05")),  # back at night
        (at(20, "09:05"), at(22, "10:00"), at(23, "09:05")),  # back on a Sunday
        (at(30, "09:05", 9), at(1, "08:00", 10), at(8, "09:05", 10)),  # a holiday
        (at(9, "09:05", 10), at(10, "08:00", 10), at(10, "09:05", 10)),  # a make-up Saturday
        (at(24, "09:05", 12), at(24, "09:00"), NINE),  # the clock was set back
        (at(24, "09:05", 12), at(24, "10:00"), at(25, "09:05")),
    ],
)
def test_it_comes_on_working_days_and_of_what_was_missed_the_latest_while_somebody_works(
    knowledge: Knowledge, last: datetime, now: datetime, due: datetime
) -> None:
    assert next_at(knowledge, last, now) == due


def test_without_a_time_or_a_working_day_there_is_none(knowledge: Knowledge) -> None:
    silent = replace(knowledge, tiers=replace(knowledge.tiers, digest=None))
    assert next_at(silent, YESTERDAY, NINE) is None
    idle = replace(knowledge, calendar=replace(knowledge.calendar, hours=()))
    assert next_at(idle, YESTERDAY, NINE) is None


def test_the_group_is_told_and_the_timer_set_to_the_next_day(knowledge: Knowledge) -> None:
    digested, picture, wake = follows(knowledge, figures())
    assert digested == Digested(tier=TIER, at=NINE)
    assert isinstance(picture, Picture)
    assert wake == WakeAt(what="digest:frontline", at=at(25, "09:05"))


def test_who_is_woken_twice_is_told_once(knowledge: Knowledge) -> None:
    later = NINE + timedelta(seconds=2)
    assert follows(knowledge, figures(later, since=NINE)) == [
        WakeAt(what="digest:frontline", at=at(25, "09:05"))
    ]


@pytest.mark.parametrize("now", [at(21, "09:05"), at(1, "09:05", 10), at(24, "23:00")])
def test_a_timer_that_strikes_when_nobody_works_tells_nothing(
    knowledge: Knowledge, now: datetime
) -> None:
    effects = follows(knowledge, figures(now, since=now - timedelta(days=9)))
    assert [type(effect) for effect in effects] == [WakeAt]


def test_a_tier_that_is_not_told_or_is_none_any_more_is_not(knowledge: Knowledge) -> None:
    assert follows(knowledge, None) == []
    assert follows(knowledge, figures(), tier="gone") == []


def test_a_tier_with_nothing_to_tell_is_told_nothing_and_counted_on_from_here(
    knowledge: Knowledge,
) -> None:
    effects = follows(knowledge, figures(waiting=0))
    assert [type(effect) for effect in effects] == [Digested, WakeAt]
    assert told(knowledge, figures(waiting=0, closed=1))


def test_it_tells_what_waits_what_is_due_and_how_it_went(knowledge: Knowledge) -> None:
    known = figures(
        unowned=1, due_today=2, overdue=4, opened=7, closed=5, usual=25, stars={5: 3, 2: 1}
    )
    days = tuple(DayCount(date(2026, 11, n), n, 30 - n) for n in range(10, 24))
    assert told(knowledge, replace(known, days=days)) == [
        "📊 一线客服 · 11-24 周二",
        "现有 3 张，没人接 1 张",
        "今天到期 2 张，已超时 4 张",
        "11-23 09:05 以来：新来 7 张，关闭 5 张",
        "第一次回复通常 25 分钟",
        "近 14 天评价 4.2 星（4 次）",
    ]


def test_what_is_not_known_is_not_told_and_what_is_many_is_not_counted(
    knowledge: Knowledge,
) -> None:
    lines = told(knowledge, figures(waiting=7000, due_today=COUNTED, overdue=COUNTED, usual=150))
    assert lines[1] == "现有 7000 张，没人接 0 张"
    assert lines[2] == "今天到期 500 多 张，已超时 500 多 张"
    assert lines[-1] == "第一次回复通常 2 小时"
    assert len(told(knowledge, figures())) == 4


def test_the_chart_has_what_came_and_was_closed_by_day(knowledge: Knowledge) -> None:
    days = tuple(DayCount(date(2026, 11, n), n, 30 - n) for n in (22, 23))
    (picture,) = (e for e in follows(knowledge, figures(days=days)) if isinstance(e, Picture))
    assert picture.chart == Grouped(
        title="一线客服：近 2 天新来和关闭",
        unit="张",
        moments=("11-22", "11-23"),
        parts=(Part("新来", (22, 23)), Part("关闭", (8, 7))),
    )
