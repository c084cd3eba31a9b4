"""The day that each written form (see `day_forms`) means when a message is written.

A form that leaves open which week, year or night it means is refused. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.core.text import calendar
from bot.core.text.numerals import amount, spelled
from bot.core.values.context import Context
from bot.core.values.day_forms import DAYS_AGO, matches
from bot.core.values.page import TAKEN
from bot.core.values.value import Refused, refuse

MOST_AGO = 9
"""The most days of 三天前 that are taken at their word: ten and more are said roughly."""

_YEARS_AGO = {"今": 0, "本": 0, "去": 1, "上": 1, "前": 2, "明": -1}
_TURNS_AGO = {"上上": 2, "上": 1, "本": 0, "这": 0, "当": 0, "下": -1}
WEEKDAYS = {c: i % 7 for i, c in enumerate("一二三四五六日1234567")} | {"天": 6}
_AFTER_FESTIVAL = {"前": -1, "头": -1, "第": 1, "次": 1}

INFERRED = frozenset({"near", "festival", "edge_of_month"})
"""Forms that leave the year open: it is the nearest one in which the day is past."""
BARE = frozenset({"weekday", "bare"})
"""Forms that leave the week or the month open too."""

Day = date | Refused


def split(text: str, context: Context) -> tuple[list[tuple[Day, str]], str]:
    """The days that a text names, each with its form's name, and the text with `TAKEN` for each."""
    days = []
    for met, form in matches(text, context.vocabulary):
        days.append((resolve(met, form, context), form))
        text = text[: met.start()] + TAKEN * len(met[0]) + text[met.end() :]
    return days, re.sub(f"{TAKEN}+", TAKEN, text)


def resolve(met: re.Match[str], form: str, context: Context) -> Day:
    """The day of a match of `matches`, or the refusal that says why it is none."""
    return _RESOLVE[form](met, context)


def _count(text: str) -> int:
    """A number in digits or words; 0 for what is no single number (两三)."""
    number = amount(text)
    return int(number) if number else 0


def _full(met: re.Match[str], context: Context) -> Day:
    year = _year(met["y"])
    return _in_year(year, met) if year else refuse("date_unclear")


def _year(text: str) -> int | None:
    year = spelled(text)
    return int(year) + (2000 if len(year) == 2 else 0) if year.isdecimal() else None


def _of_year(met: re.Match[str], context: Context) -> Day:
    return _in_year(context.today.year - _YEARS_AGO[met["of"]], met)


def _in_year(year: int, met: re.Match[str]) -> Day:
    try:
        day = date(year, _count(met["m"]), _count(met["d"]))
    except ValueError:
        return _never(met)
    on = met.groupdict().get("on")
    if on and WEEKDAYS[on] != day.weekday():
        return refuse("date_weekday", date=calendar.shown(day.isoformat()))
    return day


def _near(met: re.Match[str], context: Context) -> Day:
    """The nearest year in which this day exists and is not in the future."""
    today = context.today
    if met[0] in context.vocabulary.lunar:
        return refuse("date_vague")
    tries = [_in_year(today.year - ago, met) for ago in range(9)]
    past = (day for day in tries if isinstance(day, Refused) or day <= today)
    kept = [day for day in past if not _impossible(day)]
    return kept[0] if kept else tries[0]


def _never(met: re.Match[str]) -> Refused:
    return refuse("date_impossible", date=met[0])


def _impossible(day: Day) -> bool:
    return isinstance(day, Refused) and day.reason == "date_impossible"


def _festival(met: re.Match[str], context: Context) -> Day:
    today = context.today
    this, last = (_festival_in(today.year - ago, met, context) for ago in (0, 1))
    return last if isinstance(this, date) and this > today else this


def _festival_of_year(met: re.Match[str], context: Context) -> Day:
    year = context.today.year - _YEARS_AGO[met["of"]] if met["of"] else _year(met["y"])
    return _festival_in(year, met, context) if year else refuse("date_unclear")


def _festival_in(year: int, met: re.Match[str], context: Context) -> Day:
    festival = context.vocabulary.festival(met["festival"])
    day = festival.on(year) if 0 < year <= date.max.year else None
    shift = met["shift"] or met["next"] or met["morrow"]
    days = _AFTER_FESTIVAL[shift] if shift else 0
    return day + timedelta(days=days) if day else refuse("date_vague")


def _edge(met: re.Match[str], context: Context) -> Day:
    today = context.today
    month = today.year * 12 + today.month - 1 - _TURNS_AGO[met["of"]]
    return _edge_of(month, met["edge"])


def _edge_of_year(met: re.Match[str], context: Context) -> Day:
    year = context.today.year - _YEARS_AGO[met["of"]] if met["of"] else _year(met["y"])
    return _edge_in(year, met) if year else refuse("date_unclear")


def _edge_of_month(met: re.Match[str], context: Context) -> Day:
    today = context.today
    this, last = (_edge_in(today.year - ago, met) for ago in (0, 1))
    return last if isinstance(this, date) and this > today else this


def _edge_in(year: int, met: re.Match[str]) -> Day:
    number = _count(met["m"])
    fits = 1 <= number <= 12 and year < date.max.year
    return _edge_of(year * 12 + number - 1, met["edge"]) if fits else _never(met)


def _edge_of(month: int, edge: str) -> date:
    """The first day of a month, or with 最后 the last; months are counted from the year 0."""
    if edge == "最后":
        return _edge_of(month + 1, "第") - timedelta(days=1)
    return date(month // 12, month % 12 + 1, 1)


def _of_month(met: re.Match[str], context: Context) -> Day:
    today = context.today
    months = today.year * 12 + today.month - 1 - _TURNS_AGO[met["of"]]
    try:
        return date(months // 12, months % 12 + 1, _count(met["d"]))
    except ValueError:
        return _never(met)


def _bare(met: re.Match[str], context: Context) -> Day:
    today = context.today
    number = _count(met["d"])
    if not 1 <= number <= 31:
        return _never(met)
    return today.replace(day=number) if number <= today.day else refuse("date_which", day=met[0])


def _of_week(met: re.Match[str], context: Context) -> Day:
    """上周三 is the Wednesday of the week before this one; 上个周三 may be the latest one too."""
    today = context.today
    monday = today - timedelta(days=today.weekday() + 7 * _TURNS_AGO[met["of"]])
    day = monday + timedelta(days=WEEKDAYS[met["on"]])
    loose = met["one"] and met["of"] == "上" and "周" in met[0] and not met["again"]
    if loose and today - day > timedelta(days=7):
        return refuse("date_which", day=met[0])
    return day


def _weekday(met: re.Match[str], context: Context) -> Day:
    today = context.today
    day = today + timedelta(days=WEEKDAYS[met["on"]] - today.weekday())
    return day if day <= today else refuse("date_which", day=met[0])


def _ago(met: re.Match[str], context: Context) -> Day:
    count = _count(met["n"])
    return context.today - timedelta(days=count) if 0 < count <= MOST_AGO else refuse("date_vague")


def _named(met: re.Match[str], context: Context) -> Day:
    return context.today - timedelta(days=DAYS_AGO[met[0]])


_RESOLVE: Mapping[str, Callable[[re.Match[str], Context], Day]] = {
    "full": _full,
    "year": _of_year,
    "festival_of_year": _festival_of_year,
    "festival": _festival,
    "edge": _edge,
    "edge_of_year": _edge_of_year,
    "edge_of_month": _edge_of_month,
    "near": _near,
    "month": _of_month,
    "week": _of_week,
    "ago": _ago,
    "named": _named,
    "weekday": _weekday,
    "bare": _bare,
}
