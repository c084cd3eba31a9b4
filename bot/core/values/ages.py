"""How long ago, roughly, a text says that an invoice was issued: 上个月, 快三个月了, 昨晚."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.text.numerals import amount
from bot.core.values.context import Context
from bot.core.values.day_forms import N, matches
from bot.core.values.days import WEEKDAYS, resolve
from bot.core.values.value import Refused

WEEK, MONTH, QUARTER, YEAR = 7, 30, 90, 365
"""Days of what is only said roughly."""
MOST_YEARS = 15
"""From here on a number before 年 is that of a year."""


@dataclass(frozen=True, slots=True)
class Age:
    """So many `days` ago; `issued`: the words beside it say that this is when it was issued."""

    days: int
    issued: bool


_ROUGH: Mapping[str, float] = {
    "半": 0.5, "几": 3, "好几": 4, "两三": 2.5, "三四": 3.5, "四五": 4.5, "五六": 5.5, "十几": 14,
    "十来": 10, "二十来": 20, "几十": 40, "个把": 1, "俩": 2, "仨": 3,
}  # fmt: skip
_UNITS: Mapping[str, float] = {
    "分钟": 0, "小时": 0, "钟头": 0, "天": 1, "日": 1, "周": WEEK, "星期": WEEK, "礼拜": WEEK,
    "月": MONTH, "季度": QUARTER, "年": YEAR,
}  # fmt: skip
_PARTS: Mapping[str, int] = {"初": 4, "头": 4, "底": 27, "末": 27, "下旬": 25, "中旬": 15}
_NAMED: Mapping[str, int] = {
    **dict.fromkeys(("今早", "今晨", "今儿", "今晚", "刚刚", "刚才", "方才", "这会儿"), 0),
    **dict.fromkeys(("昨晚", "昨夜", "昨儿", "昨早", "昨下午"), 1),
    **dict.fromkeys(("前晚", "前儿", "前两天", "这两天", "前几天"), 2),
    **dict.fromkeys(("上上周", "上上星期", "上上礼拜"), 2 * WEEK),
    **dict.fromkeys(("上周", "上星期", "上个星期", "上礼拜", "上个礼拜"), WEEK),
    **dict.fromkeys(("上季度", "上个季度"), QUARTER),
    **dict.fromkeys(("前年",), 2 * YEAR),
    **dict.fromkeys(("大前年",), 3 * YEAR),
}
_LATER = re.compile(
    r"^.{0,3}?(?:[补重新]?[开买卖付交缴加吃住领办]|给|打印|的.{0,6}票|.{0,2}票|寄|发来|做的|出的)"
)
_BEFORE = re.compile(r"(?:开|买|交|缴|拖|等|放|过去?|到手|拿到).{0,6}$")
_SINCE, _GONE = re.compile(r"(?:^|[，。,. !！\n]|都|已经|已|有|快)$"), ("了", "啦")
"""Around a time that went by since: 都八天了."""
_LAST = (
    rf"(?P<n>好几|两三|三四|四五|五六|十几|十来|二十来|几十|个把|[半几俩仨]|{N}{{1,4}})"
    r"(?P<above>[来多])?个?(?P<over>多)?"
    r"(?P<unit>分钟|小时|钟头|天|日|周|星期|礼拜|月|季度|年)(?P<more>[半多])?"
    r"(?=[多来]?(?:以?之?前|[了啦]|的|还|没|都|$|[，。,. ]))"
)
_MONTH = (
    rf"(?P<of>[今本去前]年|{N}{{2,4}}年)?的?(?P<m>{N}{{1,2}})月(?!{N})份?"
    r"(?P<part>初|头|底|末|中旬|下旬)?"
)
_TURN = r"(?P<turn>上上|上|这|本|当)个?月(?!\d)(?P<part>初|头|底|末|中旬|下旬)?"
_YEARS = rf"(?P<year>去年|今年|{N}{{2,4}}年|(?<!\w)年)(?!\d|.?月)(?P<edge>初|头|底|末)?"
_OWN = re.compile(r"(?<!今天)(?<!今)(?:早上|清早|上午|中午|下午)")
_JUST = re.compile(r"刚(?!过)")


def age(text: str, context: Context) -> Age | None:
    """The first time at which the text says an invoice was issued, else the first that it names."""
    found = sorted(_all(text, context))
    ages = [Age(days, _is_issued(text, start, end)) for start, end, days in found]
    return next((each for each in ages if each.issued), ages[0] if ages else None)


def _is_issued(text: str, start: int, end: int) -> bool:
    if _SINCE.search(text[:start]) and text[end : end + 1] in _GONE:
        return True
    return bool(_LATER.search(text[end:]) or _BEFORE.search(text[:start]))


def _all(text: str, context: Context) -> Iterator[tuple[int, int, int]]:
    """Where each is said, and how many days ago that is."""
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= first or last <= start for first, last in taken)

    for met, form in matches(text, context.vocabulary):
        day = resolve(met, form, context)
        if isinstance(day, Refused) and form in _LATEST:
            day = _LATEST[form](met, context.today) or day
        if not isinstance(day, Refused) and day <= context.today:
            taken.append(met.span())
            yield (*met.span(), (context.today - day).days)
    for met in re.finditer("|".join(context.vocabulary.festival_names()) or "(?!)", text):
        last = _festival(met[0], context)
        if last is not None and free(*met.span()):
            taken.append(met.span())
            yield (*met.span(), (context.today - last).days)
    for pattern, read in _READ:
        for met in pattern.finditer(text):
            days = read(met, context.today)
            if days is not None and days >= 0 and free(*met.span()):
                taken.append(met.span())
                yield (*met.span(), days)


def _festival(name: str, context: Context) -> date | None:
    """When it last was, if that is known."""
    festival, today = context.vocabulary.festival(name), context.today
    days = (festival.on(year) for year in (today.year, today.year - 1))
    return next((day for day in days if day is not None and day <= today), None)


def _latest_weekday(met: re.Match[str], today: date) -> date:
    return today - timedelta(days=(today.weekday() - WEEKDAYS[met["on"]]) % WEEK or WEEK)


def _latest_day(met: re.Match[str], today: date) -> date | None:
    """3号 of the month before, if that has one."""
    number, before = int(amount(met["d"]) or 0), today.replace(day=1) - timedelta(days=1)
    return before.replace(day=number) if 1 <= number <= before.day else None


_LATEST: Mapping[str, Callable[[re.Match[str], date], date | None]] = {
    "weekday": _latest_weekday,
    "bare": _latest_day,
}
"""The last day before today that a form can mean which leaves the week or month open."""


def _span(met: re.Match[str], today: date) -> int | None:
    number = _ROUGH.get(met["n"]) or amount(met["n"])
    if number is None or (met["unit"] == "年" and number > MOST_YEARS):
        return None
    count = float(number) + (0.5 if met["more"] == "半" else 0)
    if "多" in (met["above"], met["over"], met["more"]):
        count *= 1.2
    return int(count * _UNITS[met["unit"]])


def _of_month(met: re.Match[str], today: date) -> int | None:
    month, year = int(amount(met["m"]) or 0), today.year
    if not 1 <= month <= 12:
        return None
    if met["of"]:
        year = _year(met["of"], today) or 0
    elif month > today.month:
        year -= 1
    return (today - date(year, month, _PARTS.get(met["part"] or "", 15))).days if year else None


def _turn(met: re.Match[str], today: date) -> int:
    back = {"上上": 2, "上": 1}.get(met["turn"], 0)
    months = today.year * 12 + today.month - 1 - back
    day = _PARTS.get(met["part"] or "", 15)
    return (today - date(months // 12, months % 12 + 1, day)).days


def _of_year(met: re.Match[str], today: date) -> int | None:
    year = _year(met["year"], today)
    if year is None:
        return None
    month = {"初": 1, "头": 1, "底": 12, "末": 12}.get(met["edge"] or "", 7)
    return (today - date(year, month, 15)).days if met["edge"] or year < today.year else None


def _year(text: str, today: date) -> int | None:
    named = {"年": 0, "今年": 0, "本年": 0, "去年": 1, "前年": 2}
    if text in named:
        return today.year - named[text]
    digits = amount(text[:-1]) if not text[:-1].isdecimal() else int(text[:-1])
    year = int(digits) if digits is not None else 0
    year += 2000 if 0 < year < 100 else 0
    return year if 2000 <= year <= today.year else None


_READ: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], int | None]], ...] = (
    (re.compile("|".join(sorted(_NAMED, key=len, reverse=True))), lambda met, _: _NAMED[met[0]]),
    (re.compile(_MONTH), _of_month),
    (re.compile(_TURN), _turn),
    (re.compile(_YEARS), _of_year),
    (re.compile(_LAST), _span),
    (_OWN, lambda met, _: 0),
    (_JUST, lambda met, _: 0),
)
