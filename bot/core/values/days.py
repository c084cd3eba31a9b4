"""The written forms of a day, and which day each is on the day of the message.

`matches` finds them, `split` also resolves them. What a form leaves open (which week, which year,
which night) is a refusal. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from bot.core.text import calendar
from bot.core.text.numerals import CAPITAL, CHINESE, amount, spelled
from bot.core.values import festivals
from bot.core.values.page import TAKEN
from bot.core.values.value import Refused, refuse

MOST_AGO = 9
"""Days: ten and more are round numbers as people say them."""

N = rf"[\d{CHINESE}{CAPITAL}]"
"""A digit or a character of a number in words."""

_ENDS = ("天", "日", "儿", "儿个")
_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3, "明": -1, "后": -2}
_DAYS_AGO = {name + end: ago for name, ago in _AGO.items() for end in _ENDS}
_DAYS_AGO |= dict.fromkeys(("刚才", "刚刚", "现在"), 0)
_YEARS_AGO = {"今": 0, "本": 0, "去": 1, "上": 1, "前": 2, "明": -1}
_TURNS_AGO = {"上上": 2, "上": 1, "本": 0, "这": 0, "当": 0, "": 0, "下": -1}
_WEEKDAYS = {c: i % 7 for i, c in enumerate("一二三四五六日1234567")} | {"天": 6}
_AFTER_FESTIVAL = {"前": -1, "头": -1, "第": 1, "次": 1}

_WEEK = r"(?:周|星期|礼拜)"
_ON = r"(?P<on>[一二三四五六日天1-7])"
_MAYBE_ON = rf"(?:[ ,]?\(?{_WEEK}{_ON}\)?)?"
_COUNTED = r"[张个份次笔元块点时分%人天月年家单套件台本条位万千百倍页]"
"""What makes of 5月12 a number of things."""
_A_PLACE = r"[店楼线院门桌机柜窗档铺厅厂库口馆街路弄栋]"
"""What makes of 3号 the name of a place."""
_D = rf"(?P<d>{N}{{1,3}})(?!{N})(?: ?[日号](?!{_A_PLACE})|(?! ?[日号]| ?{_COUNTED}))"
_MONTH_DAY = rf"(?P<m>{N}{{1,3}}) ?月 ?(?:份 ?)?的?{_D}{_MAYBE_ON}"
_SHORT_DAY = rf"(?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?! ?{_COUNTED})[日号]?{_MAYBE_ON}"
_OF_YEAR = r"(?P<of>[今本去上前明])年的? ?"
_YEAR = rf"(?P<y>{N}{{4}}|{N}{{2}}) ?年的? ?"
_NO_YEAR = r"(?<!年)(?<!年的)(?<!年 )"
_FESTIVAL = (
    rf"(?P<festival>{'|'.join(sorted(festivals.NAMES, key=len, reverse=True))})节?的?"
    r"(?:[当那][天日]|(?P<shift>[前头])一[天日]|(?P<next>第)二[天日]|(?P<morrow>次)日)"
)
_EDGE = r"的?(?:月[底末])?的?(?P<edge>最后|第|头)一天"

_FORMS: tuple[tuple[str, str], ...] = (
    ("full", rf"{_YEAR}{_MONTH_DAY}"),
    ("full", rf"{_YEAR}{_SHORT_DAY}"),
    ("full", rf"{calendar.SEPARATED}{_MAYBE_ON}"),
    ("full", calendar.COMPACT),
    ("year", rf"{_OF_YEAR}(?:{_MONTH_DAY})"),
    ("year", rf"{_OF_YEAR}(?:{_SHORT_DAY})"),
    ("festival_of_year", rf"(?:{_OF_YEAR}|{_YEAR}){_FESTIVAL}"),
    ("festival", rf"{_NO_YEAR}{_FESTIVAL}"),
    ("edge", rf"(?<![上下])(?P<of>上上|上|本|这|当)个?月份?{_EDGE}"),
    ("edge_of_year", rf"(?:{_OF_YEAR}|{_YEAR})(?P<m>{N}{{1,3}}) ?月份?{_EDGE}"),
    ("edge_of_month", rf"{_NO_YEAR}(?P<m>{N}{{1,3}}) ?月份?{_EDGE}"),
    ("near", rf"{_NO_YEAR}{_MONTH_DAY}"),
    ("near", rf"{_NO_YEAR}{_SHORT_DAY}"),
    (
        "month",
        rf"(?<![上下])(?P<of>上上|上|本|这|当|下)个?月份?[的,]? ?"
        rf"(?P<d>{N}{{1,3}})[日号](?!{_A_PLACE})",
    ),
    ("week", rf"(?<![上下])(?P<of>上上|上|本|这|下)(?P<one>个)?{_WEEK}的?(?P<again>{_WEEK})?{_ON}"),
    ("ago", rf"(?P<n>{N}{{1,3}}) ?天(?:之|以)?前"),
    (
        "named",
        "刚才|刚刚|(?<![目之以])(?:"
        + "|".join(sorted(_DAYS_AGO, key=len, reverse=True))
        + ")(?!期)",
    ),
    ("weekday", rf"{_WEEK}{_ON}"),
    ("bare", rf"(?<![第尾工编型账线座房单])(?P<d>{N}{{1,3}})[日号](?!{_A_PLACE})"),
)
_PATTERNS = tuple((name, re.compile(rf"(?<!{N})(?:{form})(?!\d)")) for name, form in _FORMS)

INFERRED = frozenset({"near", "festival", "edge_of_month"})
"""Forms that leave the year open: it is the nearest one in which the day is past."""
BARE = frozenset({"weekday", "bare"})
"""Forms that leave the week or the month open too."""

_LUNAR = re.compile(r"(?:正月|八月)十五|五月五|七月七|九月九|腊月八")
"""Festivals of the lunar calendar, which are also days of the other one."""

Day = date | Refused


def split(text: str, now: date) -> tuple[list[tuple[Day, str]], str]:
    """Every day that a text names, each with its form, and the text without them."""
    days = []
    for met, form in matches(text):
        days.append((resolve(met, form, now), form))
        text = text[: met.start()] + TAKEN * len(met[0]) + text[met.end() :]
    return days, re.sub(f"{TAKEN}+", TAKEN, text)


def matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The days in a text, none overlapping, the fuller forms first."""
    for form, pattern in _PATTERNS:
        spans = []
        for met in pattern.finditer(text):
            spans.append(met.span())
            yield met, form
        for start, end in spans:
            text = text[:start] + TAKEN * (end - start) + text[end:]


def resolve(met: re.Match[str], form: str, now: date) -> Day:
    """The day of a match, or why it is none."""
    return _RESOLVE[form](met, now)


def _count(text: str) -> int:
    """A small number in digits or words, 0 if it is none (两三 is none)."""
    number = amount(text)
    return int(number) if number else 0


def _full(met: re.Match[str], now: date) -> Day:
    year = _year(met["y"])
    return _in_year(year, met) if year else refuse("date_unclear")


def _year(text: str) -> int | None:
    year = spelled(text)
    return int(year) + (2000 if len(year) == 2 else 0) if year.isdecimal() else None


def _of_year(met: re.Match[str], now: date) -> Day:
    return _in_year(now.year - _YEARS_AGO[met["of"]], met)


def _in_year(year: int, met: re.Match[str]) -> Day:
    try:
        day = date(year, _count(met["m"]), _count(met["d"]))
    except ValueError:
        return _never(met)
    on = met.groupdict().get("on")
    if on and _WEEKDAYS[on] != day.weekday():
        return refuse("date_weekday", date=calendar.shown(day.isoformat()))
    return day


def _near(met: re.Match[str], now: date) -> Day:
    """The nearest year in which this day exists and is not in the future."""
    if _LUNAR.fullmatch(met[0]):
        return refuse("date_vague")
    tries = [_in_year(now.year - ago, met) for ago in range(9)]
    past = (day for day in tries if isinstance(day, Refused) or day <= now)
    kept = [day for day in past if not _impossible(day)]
    return kept[0] if kept else tries[0]


def _never(met: re.Match[str]) -> Refused:
    return refuse("date_impossible", date=met[0])


def _impossible(day: Day) -> bool:
    return isinstance(day, Refused) and day.reason == "date_impossible"


def _festival(met: re.Match[str], now: date) -> Day:
    this, last = (_festival_in(now.year - ago, met) for ago in (0, 1))
    return last if isinstance(this, date) and this > now else this


def _festival_of_year(met: re.Match[str], now: date) -> Day:
    year = now.year - _YEARS_AGO[met["of"]] if met["of"] else _year(met["y"])
    return _festival_in(year, met) if year else refuse("date_unclear")


def _festival_in(year: int, met: re.Match[str]) -> Day:
    day = festivals.day(met["festival"], year) if 0 < year <= date.max.year else None
    shift = met["shift"] or met["next"] or met["morrow"]
    days = _AFTER_FESTIVAL[shift] if shift else 0
    return day + timedelta(days=days) if day else refuse("date_vague")


def _edge(met: re.Match[str], now: date) -> Day:
    month = now.year * 12 + now.month - 1 - _TURNS_AGO[met["of"]]
    return _edge_of(month, met["edge"])


def _edge_of_year(met: re.Match[str], now: date) -> Day:
    year = now.year - _YEARS_AGO[met["of"]] if met["of"] else _year(met["y"])
    return _edge_in(year, met) if year else refuse("date_unclear")


def _edge_of_month(met: re.Match[str], now: date) -> Day:
    this, last = (_edge_in(now.year - ago, met) for ago in (0, 1))
    return last if isinstance(this, date) and this > now else this


def _edge_in(year: int, met: re.Match[str]) -> Day:
    number = _count(met["m"])
    fits = 1 <= number <= 12 and year < date.max.year
    return _edge_of(year * 12 + number - 1, met["edge"]) if fits else _never(met)


def _edge_of(month: int, edge: str) -> date:
    """The first or the last day of a month, counted from the year 0."""
    if edge == "最后":
        return _edge_of(month + 1, "第") - timedelta(days=1)
    return date(month // 12, month % 12 + 1, 1)


def _of_month(met: re.Match[str], now: date) -> Day:
    months = now.year * 12 + now.month - 1 - _TURNS_AGO[met["of"]]
    try:
        return date(months // 12, months % 12 + 1, _count(met["d"]))
    except ValueError:
        return _never(met)


def _bare(met: re.Match[str], now: date) -> Day:
    number = _count(met["d"])
    if not 1 <= number <= 31:
        return _never(met)
    return now.replace(day=number) if number <= now.day else refuse("date_which", day=met[0])


def _of_week(met: re.Match[str], now: date) -> Day:
    """上周三 is the Wednesday of the week before this one; 上个周三 may be the latest one too."""
    monday = now - timedelta(days=now.weekday() + 7 * _TURNS_AGO[met["of"]])
    day = monday + timedelta(days=_WEEKDAYS[met["on"]])
    loose = met["one"] and met["of"] == "上" and "周" in met[0] and not met["again"]
    if loose and now - day > timedelta(days=7):
        return refuse("date_which", day=met[0])
    return day


def _weekday(met: re.Match[str], now: date) -> Day:
    day = now + timedelta(days=_WEEKDAYS[met["on"]] - now.weekday())
    return day if day <= now else refuse("date_which", day=met[0])


def _ago(met: re.Match[str], now: date) -> Day:
    count = _count(met["n"])
    return now - timedelta(days=count) if 0 < count <= MOST_AGO else refuse("date_vague")


def _named(met: re.Match[str], now: date) -> Day:
    return now - timedelta(days=_DAYS_AGO[met[0]])


_RESOLVE: Mapping[str, Callable[[re.Match[str], date], Day]] = {
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
