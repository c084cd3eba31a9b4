from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from bot.app.load import folder
from bot.app.load.reader import Reader
from bot.core.content.calendar import Calendar
from bot.surge.days import MARKS, NO_WEEKDAY, days
from tests.surge.made import FIRST, HOLIDAY, Almanac


def marked(mark: str, count: int = 61) -> list[date]:
    column = days(FIRST, count, Almanac()).marks[:, MARKS.index(mark)]
    return [FIRST + timedelta(days=int(day)) for day in np.flatnonzero(column)]


@pytest.mark.parametrize(
    ("mark", "days"),
    [
        ("deadline", ["04-15", "05-15"]),
        ("before_deadline", [f"{m}-{d}" for m in ("04", "05") for d in range(10, 15)]),
        ("month_end", ["04-28", "04-29", "04-30", "05-29", "05-30", "05-31"]),
        ("holiday", [f"05-{day:02}" for day in range(1, 6)]),
        ("after_holiday", ["05-06"]),
    ],
)
def test_each_mark_is_on_its_days(mark: str, days: list[str]) -> None:
    assert marked(mark) == [date.fromisoformat(f"2030-{day}") for day in days]


def test_a_weekend_is_no_holiday_and_its_monday_follows_none() -> None:
    assert date(2030, 4, 6) not in marked("holiday")
    assert date(2030, 4, 8) not in marked("after_holiday")
    assert HOLIDAY[-1].weekday() == 6


def test_the_desks_calendar_is_an_almanac() -> None:
    calendar = Reader(folder()).file("calendar.toml", Calendar)
    row = days(date(2026, 2, 14), 11, calendar)
    assert row.working.tolist() == [1] + [0] * 9 + [1]
    assert row.weekday[0] == NO_WEEKDAY
    assert row.marks[-1].tolist() == [False, True, False, True, False]
