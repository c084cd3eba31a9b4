"""Days as people write them, relative to the day of the message in Beijing.

A day that is not certain is asked back, never guessed: the end of last month, the days around
a holiday, a weekday or a day of the month that may be this one or the last, dates of the lunar
calendar, the hours around midnight. The one thing inferred is a missing year: the nearest one in
which the day is past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.core.content.knowledge import Field
from bot.core.content.vocabulary import Vocabulary
from bot.core.text import calendar, clock
from bot.core.text.clock import BEIJING
from bot.core.values import clock_times
from bot.core.values.clock_times import AGO, CLOCK, apart
from bot.core.values.context import Context
from bot.core.values.day_forms import N, matches
from bot.core.values.days import BARE, INFERRED, Day, split
from bot.core.values.page import TAKEN, Found, Page, after
from bot.core.values.value import Refused, Value, refuse, tidy

_ROUGH_CLOCK = re.compile(
    rf"(?:大概|大约|差不多|约)? ?(?P<clock>{CLOCK.pattern})(?: ?(?:左右|多|许|前后))?"
)
"""A time of the day, also a rough one: only the day is asked."""

_VAGUE = re.compile(
    r"[前后底初末旬半几多数大约~至或每内截止起除吗?]|(?<![不得没有查看找搜收遇接拿说])到|左右|上下|附近|期间|"
    r"好像|可能|估计|听说|还是|不是|不记|不确|不知|不清|忘|不对$|错了?$|的话|周末|最近|月中|[过那][几两]|"
    rf"[从自]{TAKEN}|自从|[早晚先]于|最[早晚迟]|[上下]一?[个次]|第.[天日]|次日|翌日|隔[天日]|午夜|子夜|"
    r"没有?开|未开|[要想]开|准备|计划|打算|原定|开始|以来|[农阴]历|腊月|正月|冬月|廿|民国|[节假]"
)
_PERIOD = re.compile(r"[年月]|周|星期|礼拜")
_THIS_YEAR = re.compile(r"[今本]年")
_NO_DAY = re.compile(rf"{N}月|[上本这]个?(?:月|周|星期|礼拜)|[今去]年|\d年|\d{{4}}")
_SERIAL = re.compile(r"\d{16,}")
_AND = r" ?[、,/和及与跟-] ?"
_LISTED = re.compile(rf"(?:{N}|[日号天]){_AND}{TAKEN}|{TAKEN}{_AND}{N}{{1,3}}(?:[日号开的 ,。]|$)")
"""A number that is a day only together with the one beside it: 十二、十五号."""
_JUST = re.compile("刚才|刚刚")
_JUST_ISSUED = re.compile("刚(?: |开[的出具]|开?$)")
_A_WHILE = timedelta(hours=1)

_HEDGED = re.compile(
    r"(?:[约每~或和、-]|[\d日号天一二三四五六][到至]|大概|好像|可能|不是|还是|农历|阴历|\d[./-]) ?$"
)
_AROUND = re.compile(
    r"(?:不对|错了|更正|应该|改成|改为|其实|那就?|就|是|吧|的|啊|哦|嗯|[\s,.。!~])*"
)
_OPEN_END = re.compile(r" ?(?:[之以]?[前后内]|左右|上下|[到至~或和、./-] ?\d?|起|[中底初]|开始)")
_OTHER_YEAR = re.compile(rf"(?:去|前|上|明)年|{N}{{2,4}} ?年")
_OTHER_MONTH = re.compile(rf"[上下]个?月|{N}月|[上下]个?(?:周|星期|礼拜)")
_COMPACT = re.compile(r"\d{8}")


def read(field: Field, given: str, context: Context) -> Value | Refused:
    """A day in canonical spelling, `2025-05-12`, from `calendar.EARLIEST` to the message's day."""
    answer = read_day(tidy(given), context)
    if isinstance(answer, Refused):
        return answer
    day, form = answer
    inferred = form in INFERRED and day.year != context.today.year
    return Value(day.isoformat(), "date_last_year" if inferred else None)


def read_day(text: str, context: Context) -> tuple[date, str] | Refused:
    """The one day that a tidied text names, and the name of its form (see `day_forms`)."""
    text, lately = _lately(apart(text), context.at)
    clocks = list(CLOCK.finditer(text))
    days, rest = split(_ROUGH_CLOCK.sub(" ", text), context)
    days = [*lately, *days] or _just_now(rest, context.at)
    if _vague(rest, context) or any(map(clock_times.between_days, clocks)):
        return refuse("date_vague")
    if not days:
        return refuse("date_no_day" if _NO_DAY.search(rest) else "date_unclear")
    if re.search(r"\d", _SERIAL.sub("", rest)):
        return refuse("date_unclear")
    day, form = days[0]
    if isinstance(day, Refused):
        return day
    if any(other != day for other, _ in days) or _LISTED.search(rest):
        return refuse("date_several")
    if _PERIOD.search(_THIS_YEAR.sub("", rest) if day.year == context.today.year else rest):
        return refuse("date_vague")
    if day == context.today and any(_still_to_come(met, context.at) for met in clocks):
        return refuse("date_vague")
    return _bounded(day, form, context.today)


def _vague(rest: str, context: Context) -> bool:
    """Whether what stands around the days of a text leaves them open."""
    return _VAGUE.search(rest) is not None or any(
        name in rest for name in context.vocabulary.festival_names()
    )


def _lately(text: str, at: datetime) -> tuple[str, list[tuple[Day, str]]]:
    """The text without 十分钟前 and the like, and the days that these were."""
    text = _JUST.sub(" 刚", text)
    days = [
        (_day_before(at, ago, 0.75), "named") for ago in map(clock_times.ago, AGO.finditer(text))
    ]
    return AGO.sub(" ", text), days


def _just_now(rest: str, at: datetime) -> list[tuple[Day, str]]:
    """The day of a moment ago for 刚开的, in a text that names no day."""
    return [(_day_before(at, _A_WHILE, 0), "named")] if _JUST_ISSUED.search(rest) else []


def _day_before(at: datetime, ago: timedelta | None, least: float) -> Day:
    """The day of `ago` before, give or take a part of it (`least` to 2 - `least`); a refusal where
    that reaches over midnight.
    """
    if ago is None:
        return refuse("date_vague")
    first, last = clock.day(at - ago * least), clock.day(at - ago * (2 - least))
    return first if first == last else refuse("date_vague")


def _still_to_come(met: re.Match[str], at: datetime) -> bool:
    now = at.astimezone(BEIJING)
    return clock_times.earliest(met) > (now.hour, now.minute)


def _bounded(day: date, form: str, now: date) -> tuple[date, str] | Refused:
    if day > now:
        return refuse("date_future", date=calendar.shown(day.isoformat()))
    if day < calendar.EARLIEST:
        return refuse("date_too_old", date=calendar.shown(day.isoformat()))
    return day, form


def find(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Days behind a label of this field or before one of its cues with … (…开的), and full dates
    beside a value that another field took.

    None at all where one is part of a span or of a list: 5月1日到12日开的, 昨天和前天开的.
    """
    behind = after(field)
    text = page.text
    open_forms = _open_forms(text, context)
    days: list[Found] = []
    for met, form in (
        *matches(text, context.vocabulary),
        *((met, "ago") for met in AGO.finditer(text)),
    ):
        start, end = met.span()
        timed = _ROUGH_CLOCK.match(text, end)
        over = timed.end() if timed else end
        free = page.free(start)
        cued = page.cued(field, start) or (free and behind.match(text, over) is not None)
        listed = form == "full" and free and _beside(text, start, end)
        if not (cued or listed) or _OPEN_END.match(text, over) or form in open_forms:
            continue
        if _HEDGED.search(text[max(0, start - 4) : start]):
            return
        days.append(Found(text[start:over], ((start, end),), cued))
    named = [day for day in days if not _JUST.fullmatch(day.given)]
    yield from named or days  # 昨天刚刚开的 was yesterday


def _open_forms(text: str, context: Context) -> frozenset[str]:
    """Forms without a year or month if the rest of a text names one: 去年的发票，5月12日开的."""
    rest = split(text, context)[1]
    year = INFERRED if _OTHER_YEAR.search(rest) else frozenset[str]()
    return year | (BARE if _OTHER_MONTH.search(rest) else frozenset[str]())


def alone(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a day and no more than words of correction: 昨天下午; 不对，是5月13号."""
    text = apart(tidy(text))
    for met, form in matches(text, vocabulary):
        start, end = met.span()
        timed = CLOCK.match(text, end)
        if timed and not timed["alone"]:
            return False  # with its hour it may be when something broke
        around = text[:start], text[timed.end() if timed else end :]
        if all(_AROUND.fullmatch(part) for part in around):
            return form != "named" or met[0][-1] in "天日儿"  # 刚才 and 现在 are said of all things
    return False


def _beside(text: str, start: int, end: int) -> bool:
    """Whether only a separator stands between this span and a value that another field took.

    For eight digits that value must be a number of 20: behind a code they are a number themselves.
    """
    taken = TAKEN * (20 if _COMPACT.fullmatch(text, start, end) else 1)
    before, behind = text[:start].rstrip(" ,;/、\n"), text[end : end + 24].lstrip(" ,;/、\n")
    return before.endswith(taken) or behind.startswith(taken)
