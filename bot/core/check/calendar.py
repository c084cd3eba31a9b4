"""Find days and hours of `faq/calendar.toml` that cannot be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.core.content.calendar import DECEMBER, SATURDAY, Calendar, Holiday, Year
from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, twice

FILE = "faq/calendar.toml"
MONTHS = range(1, 13)


def check_calendar(knowledge: Knowledge) -> Iterator[Mistake]:
    """What is wrong beyond types and bounds."""
    calendar = knowledge.calendar
    yield from _hours(calendar)
    yield from twice(FILE, "years", (str(year.year) for year in calendar.years))
    for n, year in enumerate(calendar.years):
        for check in (_holidays, _workdays, _deadlines):
            for key, text in check(year, calendar):
                yield Mistake(FILE, f"years[{n}].{key}", text)


def _hours(calendar: Calendar) -> Iterator[Mistake]:
    """Periods of a day that end before they begin, overlap, or stand in another order."""
    if not calendar.hours:
        yield Mistake(FILE, "hours", finding("empty"))
    for n, period in enumerate(calendar.hours):
        if period.closes <= period.opens:
            told = finding("closes_before", opens=period.opens, closes=period.closes)
            yield Mistake(FILE, f"hours[{n}]", told)
    for n, (one, other) in enumerate(pairwise(calendar.hours), 1):
        if other.opens < one.closes:
            told = finding("hours_order", opens=other.opens, closes=one.closes)
            yield Mistake(FILE, f"hours[{n}]", told)


def _holidays(year: Year, calendar: Calendar) -> Iterator[tuple[str, str]]:
    for n, holiday in enumerate(year.holidays):
        key = f"holidays[{n}]"
        if not _in_year(holiday, year.year):
            day = holiday.first if holiday.last.year == year.year else holiday.last
            yield key, finding("other_year", day=day, year=year.year)
        if holiday.first > holiday.last:
            yield key, finding("ends_before", first=holiday.first, last=holiday.last)
    for one, other in pairwise(sorted(year.holidays, key=lambda each: each.first)):
        if other.first <= one.last:
            yield "holidays", finding("overlap", one=one.name, other=other.name)


def _in_year(holiday: Holiday, year: int) -> bool:
    """Whether it is of this year; the first may begin at the end of the year before."""
    begins = holiday.first.year == year
    before = holiday.first.year == year - 1 and holiday.first.month == DECEMBER
    return holiday.last.year == year and (begins or before)


def _workdays(year: Year, calendar: Calendar) -> Iterator[tuple[str, str]]:
    for n, day in enumerate(year.workdays):
        key = f"workdays[{n}]"
        if day.year != year.year:
            yield key, finding("other_year", day=day, year=year.year)
        if day.weekday() < SATURDAY:
            yield key, finding("no_weekend", day=day, on="一二三四五"[day.weekday()])
        for holiday in year.holidays:
            if holiday.first <= day <= holiday.last:
                yield key, finding("off_and_on", day=day, name=holiday.name)
    yield from _repeated("workdays", year.workdays)


def _deadlines(year: Year, calendar: Calendar) -> Iterator[tuple[str, str]]:
    for n, day in enumerate(year.deadlines):
        key = f"deadlines[{n}]"
        if day.year != year.year:
            yield key, finding("other_year", day=day, year=year.year)
        elif not calendar.is_workday(day):
            yield key, finding("no_workday", day=day)
    counts = Counter(day.month for day in year.deadlines if day.year == year.year)
    for month, count in counts.items():
        if count > 1:
            yield "deadlines", finding("twice", name=f"{month} 月", count=count)
    if missing := [month for month in MONTHS if month not in counts]:
        yield "deadlines", finding("no_month", months="、".join(map(str, missing)))


def _repeated(key: str, days: tuple[date, ...]) -> Iterator[tuple[str, str]]:
    for day, count in Counter(days).items():
        if count > 1:
            yield key, finding("twice", name=day, count=count)
