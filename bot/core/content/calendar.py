"""Working hours, working days and tax deadlines, `faq/calendar.toml`.

The State Council tells the holidays and the make-up working days of a year, and the tax
administration the deadlines that follow from them, both late in the year before. Nothing can be
computed beforehand, so a year is known when its authors wrote it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.core.content.authored import Authored
from bot.core.content.wording import Label, OneLine, TimeOfDay, YearNumber

SATURDAY = 5
DECEMBER = 12
DUE = 25
"""The day of December from which the next year has to be there: its notices are out by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday(Authored):
    """Days off in a row, both ends included."""

    name: Label
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Authored):
    """Hours of a day in Beijing in which agents work, from `opens` up to `closes`."""

    opens: TimeOfDay
    closes: TimeOfDay


HOURS = (Period(opens=time(9), closes=time(12)), Period(opens=time(13, 30), closes=time(18)))
"""Where the authors tell no other: those of most offices, with lunch in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year(Authored):
    """A block of `faq/calendar.toml`.

    `workdays` are the weekend days on which is worked for a holiday, `deadlines` the last day of
    each month on which taxes are declared and input tax is deducted; `days_by` and `deadlines_by`
    are the numbers of the notices that say so.
    """

    year: YearNumber
    days_by: OneLine
    holidays: tuple[Holiday, ...]
    workdays: tuple[date, ...]
    deadlines_by: OneLine
    deadlines: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Authored):
    """The days of the years that are known and the hours of each working day, all in Beijing.

    `hours` are in order, and none overlaps another.
    """

    hours: tuple[Period, ...] = HOURS
    years: tuple[Year, ...] = ()

    def knows(self, year: int) -> bool:
        """Whether this year was written down."""
        return any(each.year == year for each in self.years)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day; in a year that is not known (see `knows`) that is
        Monday to Friday.
        """
        if any(day in year.workdays for year in self.years):
            return True
        holidays = (holiday for year in self.years for holiday in year.holidays)
        off = any(holiday.first <= day <= holiday.last for holiday in holidays)
        return not off and day.weekday() < SATURDAY

    def deadline(self, month: date) -> date | None:
        """The tax deadline in the month of this day; None in a year that is not known."""
        same = (each for each in self._deadlines() if each.replace(day=1) == month.replace(day=1))
        return next(same, None)

    def next_deadline(self, day: date) -> date | None:
        """The first tax deadline that has not passed on this day, which may be the day itself;
        None where the month that has it is in a year that is not known.
        """
        this = self.deadline(day)
        if this is not None and day <= this:
            return this
        months = day.year * 12 + day.month
        return this and self.deadline(date(months // 12, months % 12 + 1, 1))

    def missing(self, today: date) -> int | None:
        """The year that has to be written down by now: this one, or in December the next."""
        coming = today.year + (today.month == DECEMBER)
        return next((year for year in (today.year, coming) if not self.knows(year)), None)

    def overdue(self, today: date) -> int | None:
        """The missing year, once its notices have long been out."""
        year = self.missing(today)
        return year if year == today.year or today.day >= DUE else None

    def _deadlines(self) -> tuple[date, ...]:
        return tuple(day for year in self.years for day in year.deadlines)
