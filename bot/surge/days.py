"""What kind of day a day is, for those who ask for help with their taxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

MARKS = ("before_deadline", "deadline", "month_end", "after_holiday", "holiday")
"""What may be said of a day besides its weekday, the columns of `Days.marks`; several may hold."""
BEFORE_DEADLINE = 5
MONTH_END = 3
HOLIDAY = 3
"""Days off in a row that no weekend has."""
NO_WEEKDAY = 7
"""In the place of the weekday of a working day on a weekend, which is like no other of its name."""
SATURDAY = 5


class Almanac(Protocol):
    """What is asked of a calendar."""

    def is_workday(self, day: date) -> bool: ...

    def next_deadline(self, day: date) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, as arrays with a row for each.

    `working` is 1 or 0, `weekday` 0 (Monday) to 6 or `NO_WEEKDAY`, `marks` a column for each of
    `MARKS`.
    """

    working: Numbers
    weekday: Numbers
    marks: Flags

    def __len__(self) -> int:
        return len(self.working)

    def __getitem__(self, part: slice) -> Days:
        return Days(self.working[part], self.weekday[part], self.marks[part])


def days(first: date, count: int, almanac: Almanac) -> Days:
    """The `count` days from `first` on."""
    row = [first + timedelta(days=n) for n in range(count)]
    working = [almanac.is_workday(day) for day in row]
    weekday = [
        NO_WEEKDAY if works and day.weekday() >= SATURDAY else day.weekday()
        for day, works in zip(row, working, strict=True)
    ]
    marks = [_marks(day, almanac) for day in row]
    return Days(np.array(working, np.intp), np.array(weekday, np.intp), np.array(marks, np.bool_))


def _marks(day: date, almanac: Almanac) -> Sequence[bool]:
    """In the order of `MARKS`."""
    deadline = almanac.next_deadline(day)
    left = (deadline - day).days if deadline else BEFORE_DEADLINE + 1
    return (
        0 < left <= BEFORE_DEADLINE,
        left == 0,
        (day + timedelta(days=MONTH_END)).month != day.month,
        almanac.is_workday(day) and _off(day - timedelta(days=1), almanac) >= HOLIDAY,
        _off(day, almanac) >= HOLIDAY,
    )


def _off(day: date, almanac: Almanac) -> int:
    """How many days off in a row this day is one of, counted no further than a holiday needs."""
    if almanac.is_workday(day):
        return 0
    return 1 + sum(_run(day, step, almanac) for step in (-1, 1))


def _run(day: date, step: int, almanac: Almanac) -> int:
    run = 0
    while run < HOLIDAY and not almanac.is_workday(day + timedelta(days=step * (run + 1))):
        run += 1
    return run
