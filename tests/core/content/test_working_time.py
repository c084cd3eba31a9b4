"""Working time counts inside the hours of working days in Beijing, and nowhere else."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.calendar import HOURS, Calendar, Period
from bot.core.content.knowledge import Knowledge
from bot.core.content.working_time import after, is_open, opening, passed
from bot.core.text.clock import BEIJING

MONDAYS = Calendar()
"""No year is known: Monday to Friday."""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BEIJING)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.fixture
def calendar(knowledge: Knowledge) -> Calendar:
    return knowledge.calendar


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-11-30 09:00", "2026-11-30 10:00", 60),
        ("2026-11-30 11:30", "2026-11-30 14:00", 60),  # lunch
        ("2026-11-30 17:30", "2026-12-01 09:30", 60),  # a night
        ("2026-11-27 17:00", "2026-11-30 10:00", 120),  # a weekend
        ("2026-11-28 10:00", "2026-11-29 15:00", 0),
        ("2026-09-30 17:00", "2026-10-08 10:00", 120),  # the holidays of October
        ("2026-10-10 09:00", "2026-10-10 12:00", 180),  # a Saturday that is worked
        ("2026-11-30 10:00", "2026-11-30 09:00", 0),
    ],
)
def test_only_working_hours_count(
    calendar: Calendar, since: str, until: str, expected: float
) -> None:
    assert passed(calendar, at(since), at(until)) == minutes(expected)


@pytest.mark.parametrize(
    ("since", "span", "expected"),
    [
        ("2026-11-30 09:10", 30, "2026-11-30 09:40"),
        ("2026-11-30 11:50", 30, "2026-11-30 13:50"),
        ("2026-11-30 17:50", 30, "2026-12-01 09:20"),
        ("2026-11-27 17:50", 30, "2026-11-30 09:20"),
        ("2026-11-28 03:00", 30, "2026-11-30 09:30"),
        ("2026-11-30 11:30", 30, "2026-11-30 12:00"),  # at the end of a period, not after lunch
        ("2026-12-31 17:50", 30, "2027-01-01 09:20"),  # a year that nobody wrote down
        ("2026-02-13 17:00", 120, "2026-02-14 10:00"),  # a Saturday that is worked
        ("2026-02-14 17:00", 120, "2026-02-24 10:00"),  # the Spring Festival
    ],
)
def test_a_moment_is_so_much_working_time_later(
    calendar: Calendar, since: str, span: float, expected: str
) -> None:
    assert after(calendar, at(since), minutes(span)) == at(expected)


def test_nothing_more_to_wait_for_is_now_or_the_next_opening() -> None:
    assert after(MONDAYS, at("2026-11-30 10:00"), minutes(0)) == at("2026-11-30 10:00")
    assert after(MONDAYS, at("2026-11-30 12:30"), minutes(-5)) == at("2026-11-30 13:30")
    assert opening(MONDAYS, at("2026-11-30 18:00")) == at("2026-11-30 18:00")
    assert opening(MONDAYS, at("2026-11-30 18:01")) == at("2026-12-01 09:00")


@pytest.mark.parametrize("hour", range(24))
def test_at_night_nobody_works(hour: int) -> None:
    moment = at("2026-11-30 00:30") + timedelta(hours=hour)
    assert is_open(MONDAYS, moment) is (9 <= hour < 12 or 13 < hour + 0.5 < 18)


def test_a_calendar_without_a_working_day_ends() -> None:
    never = Calendar(hours=())
    assert passed(never, at("2026-11-01 09:00"), at("2026-11-30 09:00")) == minutes(0)
    assert after(never, at("2026-11-30 09:00"), minutes(5)) == at("2026-11-30 09:05")


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=BEIJING, microsecond=0)
)
SPANS = st.integers(1, 60 * 60 * 60).map(lambda seconds: timedelta(seconds=seconds))
DAYS = st.sampled_from((HOURS, (Period(opens=time(0), closes=time(23, 59)),)))


@given(MOMENTS, SPANS, DAYS)
def test_what_is_added_is_what_has_passed(
    since: datetime, span: timedelta, hours: tuple[Period, ...]
) -> None:
    calendar = Calendar(hours=hours)
    due = after(calendar, since, span)
    assert passed(calendar, since, due) == span
    assert is_open(calendar, due)


@given(MOMENTS, SPANS, SPANS)
def test_time_adds_up(since: datetime, one: timedelta, other: timedelta) -> None:
    middle, end = since + one, since + one + other
    parts = passed(MONDAYS, since, middle) + passed(MONDAYS, middle, end)
    assert parts == passed(MONDAYS, since, end)
    assert after(MONDAYS, after(MONDAYS, since, one), other) == after(MONDAYS, since, one + other)
