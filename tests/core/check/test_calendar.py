"""Each slip in a year of the calendar is told with its place, in Chinese."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.check.calendar import check_calendar
from bot.core.content.calendar import Calendar, Holiday, Year
from bot.core.content.knowledge import Knowledge


def told(knowledge: Knowledge, *years: Year) -> list[str]:
    changed = replace(knowledge, calendar=Calendar(years=years))
    return [f"{mistake.key} {mistake.text}" for mistake in check_calendar(changed)]


@pytest.fixture
def year(knowledge: Knowledge) -> Year:
    return knowledge.calendar.years[0]


def day(text: str) -> date:
    return date.fromisoformat(text)


def holiday(first: str, last: str, name: str = "元旦") -> Holiday:
    return Holiday(name=name, first=day(first), last=day(last))


def test_the_year_that_ships_is_right(knowledge: Knowledge) -> None:
    assert list(check_calendar(knowledge)) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (["2027-01-02"], "years[0].workdays[0] 2027-01-02 不是 2026 年的日子"),
        (["2026-01-05"], "years[0].workdays[0] 2026-01-05 是星期一"),
        (["2026-02-21"], "years[0].workdays[0] 2026-02-21 在“春节”里放假"),
        (["2026-01-04"] * 2, "years[0].workdays “2026-01-04”写了 2 次"),
    ],
)
def test_a_make_up_day_is_a_weekend_day_of_its_year(
    knowledge: Knowledge, year: Year, value: list[str], said: str
) -> None:
    (mistake,) = told(knowledge, replace(year, workdays=tuple(map(day, value))))
    assert mistake.startswith(said)


@pytest.mark.parametrize(
    ("holidays", "said"),
    [
        ([holiday("2025-10-01", "2025-10-07")], "years[0].holidays[0] 2025-10-07 不是 2026 年"),
        ([holiday("2025-11-30", "2026-01-01")], "years[0].holidays[0] 2025-11-30 不是 2026 年"),
        ([holiday("2026-05-03", "2026-05-01")], "years[0].holidays[0] 2026-05-01 在 2026-05-03"),
        (
            [holiday("2026-06-01", "2026-06-03"), holiday("2026-06-03", "2026-06-05", "端午节")],
            "years[0].holidays “元旦”和“端午节”有同一天",
        ),
    ],
)
def test_a_holiday_is_of_its_year_and_apart_from_the_others(
    knowledge: Knowledge, year: Year, holidays: list[Holiday], said: str
) -> None:
    (mistake,) = told(knowledge, replace(year, holidays=tuple(holidays), workdays=()))
    assert mistake.startswith(said)


def test_the_first_holiday_may_begin_in_december(knowledge: Knowledge, year: Year) -> None:
    begins = replace(year, holidays=(holiday("2025-12-31", "2026-01-02"),), workdays=())
    assert told(knowledge, begins) == []


def deadlines(year: Year, **changed: str | None) -> dict[str, Any]:
    """The deadlines with those of some months (`m10`) changed, None: left out."""
    days = {f"m{each.month}": each for each in year.deadlines}
    new = {month: day(text) if text else None for month, text in changed.items()}
    return {"deadlines": tuple(each for each in {**days, **new}.values() if each)}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"m10": None, "m2": None}, ["years[0].deadlines 少了 2、10 月的截止日"]),
        ({"m10": "2026-10-04"}, ["years[0].deadlines[9] 2026-10-04 不上班"]),
        ({"m12": "2026-12-13"}, ["years[0].deadlines[11] 2026-12-13 不上班"]),
        (
            {"m11": "2026-10-27"},
            ["years[0].deadlines “10 月”写了 2 次", "years[0].deadlines 少了 11 月的截止日"],
        ),
        (
            {"m1": "2027-01-20"},
            [
                "years[0].deadlines[0] 2027-01-20 不是 2026 年的日子",
                "years[0].deadlines 少了 1 月的截止日",
            ],
        ),
    ],
)
def test_each_month_has_one_deadline_on_a_working_day(
    knowledge: Knowledge, year: Year, changed: dict[str, str | None], said: list[str]
) -> None:
    mistakes = told(knowledge, replace(year, **deadlines(year, **changed)))
    assert len(mistakes) == len(said)
    assert all(one.startswith(other) for one, other in zip(mistakes, said, strict=True))


def test_a_year_stands_there_once(knowledge: Knowledge, year: Year) -> None:
    (mistake,) = told(knowledge, year, year)
    assert mistake == "years “2026”写了 2 次，只能有一个"
