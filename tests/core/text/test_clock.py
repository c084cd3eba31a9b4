"""Times as people in Beijing have them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.text.clock import day, days_later, local, within


def test_times_are_those_of_beijing() -> None:
    assert local(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)) == "11-24 14:00"
    assert local(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == "11-25 00:30"


def test_the_day_changes_at_midnight_in_beijing() -> None:
    assert day(datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert day(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("passed", "is_within"),
    [
        (timedelta(), True),
        (timedelta(minutes=5) - timedelta.resolution, True),
        (timedelta(minutes=5), False),
        (-timedelta.resolution, False),
    ],
)
def test_a_span_begins_with_its_first_moment_and_ends_before_its_last(
    passed: timedelta, is_within: bool
) -> None:
    since = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert within(since + passed, since, timedelta(minutes=5)) is is_within


@pytest.mark.parametrize(
    ("days", "hour", "later"),
    [
        (0, 0, datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        (0, 23, datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
        (1, 10, datetime(2026, 11, 25, 2, 0, tzinfo=UTC)),
        (365, 10, datetime(2027, 11, 24, 2, 0, tzinfo=UTC)),
    ],
)
def test_days_are_counted_from_the_midnight_before(days: int, hour: int, later: datetime) -> None:
    assert days_later(datetime(2026, 11, 24, 6, 30, 15, tzinfo=UTC), days, hour) == later


def test_tomorrow_is_the_day_after_the_one_in_beijing() -> None:
    late_evening = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    after_midnight = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)
    assert days_later(late_evening, 1, 10) == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert days_later(after_midnight, 1, 10) == datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
