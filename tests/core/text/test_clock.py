"""Times as people in Beijing have them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.text.clock import days_later, local


def test_times_are_those_of_beijing() -> None:
    assert local(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)) == "11-24 14:00"
    assert local(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == "11-25 00:30"


def test_tomorrow_is_the_day_after_the_one_in_beijing() -> None:
    late_evening = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    after_midnight = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)
    assert days_later(late_evening, 1, 10) == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert days_later(after_midnight, 1, 10) == datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
