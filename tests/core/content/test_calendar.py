"""Working days and tax deadlines of 2026 by its notices, and years that nobody wrote down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Knowledge

MADE_UP = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
"""Weekend days of 2026 on which is worked, 国办发明电〔2025〕7号."""
DEADLINES = [
    *("01-20", "02-24", "03-16", "04-20", "05-22", "06-15"),
    *("07-15", "08-17", "09-15", "10-26", "11-16", "12-15"),
]
"""税总办征科函〔2025〕64号."""


@pytest.fixture
def calendar(knowledge: Knowledge) -> Calendar:
    return knowledge.calendar


def of_2026(day: str) -> date:
    return date.fromisoformat(f"2026-{day}")


def every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_the_make_up_days_are_the_only_weekend_days_worked(calendar: Calendar) -> None:
    worked = [day for day in every_day(2026) if calendar.is_workday(day) and day.weekday() > 4]
    assert worked == [of_2026(day) for day in MADE_UP]


@pytest.mark.parametrize(
    ("first", "last", "off"),
    [
        ("01-01", "01-03", 2),
        ("02-15", "02-23", 6),
        ("04-04", "04-06", 1),
        ("05-01", "05-05", 3),
        ("06-19", "06-21", 1),
        ("09-25", "09-27", 1),
        ("10-01", "10-07", 5),
    ],
)
def test_a_holiday_is_off_with_both_its_ends(
    calendar: Calendar, first: str, last: str, off: int
) -> None:
    days = [day for day in every_day(2026) if of_2026(first) <= day <= of_2026(last)]
    assert not any(calendar.is_workday(day) for day in days)
    assert sum(day.weekday() < 5 for day in days) == off


def test_the_working_days_of_2026_are_as_many_as_its_notice_leaves(calendar: Calendar) -> None:
    weekdays = sum(day.weekday() < 5 for day in every_day(2026))
    assert sum(map(calendar.is_workday, every_day(2026))) == weekdays - 19 + len(MADE_UP)


@pytest.mark.parametrize("day", DEADLINES)
def test_each_month_has_its_deadline_up_to_that_day_itself(calendar: Calendar, day: str) -> None:
    last = of_2026(day)
    assert calendar.deadline(last.replace(day=1)) == last
    assert calendar.next_deadline(last) == last
    assert calendar.next_deadline(last.replace(day=1)) == last
    assert calendar.is_workday(last)


def test_after_the_deadline_it_is_that_of_the_next_month(calendar: Calendar) -> None:
    assert calendar.next_deadline(of_2026("11-30")) == of_2026("12-15")
    assert calendar.next_deadline(of_2026("01-21")) == of_2026("02-24")


def test_of_a_year_that_is_not_known_no_deadline_is_told(calendar: Calendar) -> None:
    assert calendar.deadline(date(2027, 1, 1)) is None
    assert calendar.next_deadline(of_2026("12-16")) is None
    assert calendar.next_deadline(date(2025, 12, 31)) is None


def test_of_a_year_that_is_not_known_weeks_are_as_usual(calendar: Calendar) -> None:
    assert not calendar.knows(2027)
    assert calendar.is_workday(date(2027, 10, 1))
    assert not calendar.is_workday(date(2027, 10, 2))


@pytest.mark.parametrize(
    ("day", "missing", "overdue"),
    [
        (date(2026, 11, 30), None, None),
        (date(2026, 12, 1), 2027, None),
        (date(2026, 12, 24), 2027, None),
        (date(2026, 12, 25), 2027, 2027),
        (date(2027, 1, 1), 2027, 2027),
        (date(2025, 12, 31), 2025, 2025),
    ],
)
def test_the_next_year_is_missed_from_december_and_overdue_from_christmas(
    calendar: Calendar, day: date, missing: int | None, overdue: int | None
) -> None:
    assert (calendar.missing(day), calendar.overdue(day)) == (missing, overdue)
