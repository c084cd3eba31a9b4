"""Times as people in Beijing have them. What is stored and passed on is UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing time. China has kept one offset since 1991, so no time zone file is read for it."""


def day(at: datetime) -> date:
    """The day of a moment in Beijing."""
    return at.astimezone(BEIJING).date()


def local(at: datetime) -> str:
    """A time to the minute, as month, day and clock."""
    return at.astimezone(BEIJING).strftime("%m-%d %H:%M")


def dated(at: datetime) -> str:
    """A time to the minute, with its year."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def within(at: datetime, since: datetime, span: timedelta) -> bool:
    """Whether less than `span` has passed; not where a clock was set back in between."""
    return timedelta() <= at - since < span


def days_later(at: datetime, days: int, hour: int) -> datetime:
    """The full hour so many days after the day that `at` is in Beijing."""
    return datetime.combine(day(at) + timedelta(days=days), time(hour), BEIJING)
