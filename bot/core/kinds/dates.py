"""Days as people write them, relative to the day of the message in Beijing.

A day that is not certain is asked back, never guessed: the end of last month, the days around
a holiday, a weekday or a day of the month that may be this one or the last, dates of the lunar
calendar. The one thing inferred is a missing year: the nearest one in which the day is past.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from bot.core.kinds.clock import CLOCK, apart
from bot.core.kinds.numerals import CHINESE, amount, spelled
from bot.core.kinds.page import TAKEN, Found, Page, after
from bot.core.kinds.values import BEIJING, Refused, Value, refuse, tidy
from bot.core.knowledge import Field

EARLIEST = date(2000, 1, 1)

_LONGEST_AGO = 31
_DAYS_AGO = {
    **dict.fromkeys(("今天", "今日", "刚才", "刚刚", "现在"), 0),
    **dict.fromkeys(("昨天", "昨日"), 1),
    **dict.fromkeys(("前天", "前日"), 2),
    **dict.fromkeys(("大前天", "大前日"), 3),
    **dict.fromkeys(("明天", "明日"), -1),
    **dict.fromkeys(("后天", "后日"), -2),
}
_YEARS_AGO = {"今": 0, "本": 0, "去": 1, "上": 1, "前": 2, "明": -1}
_TURNS_AGO = {"上上": 2, "上": 1, "本": 0, "这": 0, "当": 0, "": 0, "下": -1}
_WEEKDAYS = {c: i % 7 for i, c in enumerate("一二三四五六日1234567")} | {"天": 6}

_N = rf"[\d{CHINESE}]"
_WEEK = r"(?:周|星期|礼拜)"
_ON = r"(?P<on>[一二三四五六日天1-7])"
_MAYBE_ON = rf"(?: ?\(?{_WEEK}{_ON}\)?)?"
_MONTH_DAY = rf"(?P<m>{_N}{{1,3}}) ?月 ?(?:份 ?)?(?P<d>{_N}{{1,3}}) ?[日号]?{_MAYBE_ON}"
_SHORT_DAY = rf"(?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})[日号]?{_MAYBE_ON}"

_FORMS: tuple[tuple[str, str], ...] = (
    ("full", rf"(?P<y>{_N}{{4}}|{_N}{{2}}) ?年 ?{_MONTH_DAY}"),
    (
        "full",
        rf"(?P<y>[12]\d{{3}})(?P<sep> ?[-./] ?| )(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)日?{_MAYBE_ON}",
    ),
    ("full", r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"),
    ("year", rf"(?P<of>[今本去上前明])年的? ?(?:{_MONTH_DAY})"),
    ("year", rf"(?P<of>[今本去上前明])年的? ?(?:{_SHORT_DAY})"),
    ("near", _MONTH_DAY),
    ("near", _SHORT_DAY),
    ("month", rf"(?P<of>上上|上|本|这|当|下)个?月的?(?P<d>{_N}{{1,3}})[日号]"),
    ("week", rf"(?P<of>上上|上|本|这|下)个?{_WEEK}{_ON}"),
    ("ago", rf"(?P<n>{_N}{{1,3}}) ?[天日](?:之|以)?前"),
    ("named", "|".join(sorted(_DAYS_AGO, key=len, reverse=True))),
    ("week", rf"(?P<of>){_WEEK}{_ON}"),
    ("month", rf"(?P<of>)(?P<d>{_N}{{1,3}})[日号]"),
)
_PATTERNS = tuple((name, re.compile(rf"(?<![\d{CHINESE}]){form}(?!\d)")) for name, form in _FORMS)

_VAGUE = re.compile(
    r"[前后底初末旬半几多数大约~至到或]|左右|好像|可能|还是|不是|不记|不确|忘|周末|最近|月中|"
    r"[农阴]历|腊月|正月|冬月|廿|民国|元旦|春节|清明|五一|端午|国庆|双十一|双11|除夕|[节假]"
)
_NO_DAY = re.compile(rf"{_N}月|[上本这]个?(?:月|{_WEEK})|[今去]年|\d年|\d{{4}}")
_SERIAL = re.compile(r"\d{16,}")
_HEDGED = re.compile(
    r"(?:[约每~或和、-]|[\d日号天一二三四五六][到至]|大概|好像|可能|不是|还是|农历|阴历|\d[./-]) ?$"
)
_AROUND = re.compile(
    r"(?:不对|错了|更正|应该|改成|改为|其实|那就?|就|是|吧|的|啊|哦|嗯|[\s,.。!~])*"
)
_OPEN_END = re.compile(r" ?(?:[之以]?[前后]|左右|上下|[到至~或和、./-] ?\d?|起|[中底初]|开始)")


def read(field: Field, given: str, at: datetime) -> Value | Refused:
    """A day as `2025-05-12`: not in the future, not before 2000."""
    answer = read_day(tidy(given), at)
    if isinstance(answer, Refused):
        return answer
    day, form = answer
    inferred = form == "near" and day.year != today(at).year
    return Value(day.isoformat(), "date_last_year" if inferred else None)


def today(at: datetime) -> date:
    """The day of a moment in Beijing."""
    return at.astimezone(BEIJING).date()


def read_day(text: str, at: datetime) -> tuple[date, str] | Refused:
    """The one day that a tidied text names, and the name of its form."""
    days, rest = split(CLOCK.sub(" ", apart(text)), today(at))
    if _VAGUE.search(rest):
        return refuse("date_vague")
    if not days:
        return refuse("date_no_day" if _NO_DAY.search(rest) else "date_unclear")
    if re.search(r"\d", _SERIAL.sub("", rest)):
        return refuse("date_unclear")
    day, form = days[0]
    if isinstance(day, Refused):
        return day
    if any(other != day for other, _ in days):
        return refuse("date_several")
    return _bounded(day, form, today(at))


def _bounded(day: date, form: str, now: date) -> tuple[date, str] | Refused:
    if day > now:
        return refuse("date_future", date=show(day.isoformat()))
    if day < EARLIEST:
        return refuse("date_too_old", date=show(day.isoformat()))
    return day, form


def split(text: str, now: date) -> tuple[list[tuple[date | Refused, str]], str]:
    """Every day that a text names, each with its form, and the text without them."""
    days = []
    for met, form in matches(text):
        days.append((_RESOLVE[form](met, now), form))
        text = text[: met.start()] + TAKEN * len(met[0]) + text[met.end() :]
    return days, text.replace(TAKEN, "")


def matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The days in a text, none overlapping, the fuller forms first."""
    for form, pattern in _PATTERNS:
        spans = []
        for met in pattern.finditer(text):
            spans.append(met.span())
            yield met, form
        for start, end in spans:
            text = text[:start] + TAKEN * (end - start) + text[end:]


def _count(text: str) -> int:
    """A small number in digits or words, 0 if it is none (两三 is none)."""
    number = amount(text)
    return int(number) if number else 0


def _full(met: re.Match[str], now: date) -> date | Refused:
    year = spelled(met["y"])
    if not year.isdecimal():
        return refuse("date_unclear")
    return _in_year(int(year) + (2000 if len(year) == 2 else 0), met)


def _of_year(met: re.Match[str], now: date) -> date | Refused:
    return _in_year(now.year - _YEARS_AGO[met["of"]], met)


def _in_year(year: int, met: re.Match[str]) -> date | Refused:
    try:
        day = date(year, _count(met["m"]), _count(met["d"]))
    except ValueError:
        return refuse("date_impossible", date=met[0])
    on = met.groupdict().get("on")
    if on and _WEEKDAYS[on] != day.weekday():
        return refuse("date_weekday", date=show(day.isoformat()))
    return day


def _near(met: re.Match[str], now: date) -> date | Refused:
    """The nearest year in which this day exists and is not in the future."""
    tries = [_in_year(now.year - ago, met) for ago in range(9)]
    past = (day for day in tries if isinstance(day, Refused) or day <= now)
    kept = [day for day in past if not _impossible(day)]
    return kept[0] if kept else tries[0]


def _impossible(day: date | Refused) -> bool:
    return isinstance(day, Refused) and day.reason == "date_impossible"


def _of_month(met: re.Match[str], now: date) -> date | Refused:
    back = _TURNS_AGO[met["of"]]
    months = now.year * 12 + now.month - 1 - back
    try:
        day = date(months // 12, months % 12 + 1, _count(met["d"]))
    except ValueError:
        return refuse("date_impossible", date=met[0])
    return day if met["of"] or day <= now else refuse("date_which", day=met[0])


def _of_week(met: re.Match[str], now: date) -> date | Refused:
    """Weeks begin on Monday: 上周三 is the Wednesday of the week before this one."""
    monday = now - timedelta(days=now.weekday() + 7 * _TURNS_AGO[met["of"]])
    day = monday + timedelta(days=_WEEKDAYS[met["on"]])
    return day if met["of"] or day <= now else refuse("date_which", day=met[0])


def _ago(met: re.Match[str], now: date) -> date | Refused:
    count = _count(met["n"])
    return now - timedelta(days=count) if 0 < count <= _LONGEST_AGO else refuse("date_vague")


def _named(met: re.Match[str], now: date) -> date | Refused:
    return now - timedelta(days=_DAYS_AGO[met[0]])


_RESOLVE: Mapping[str, Callable[[re.Match[str], date], date | Refused]] = {
    "full": _full,
    "year": _of_year,
    "near": _near,
    "month": _of_month,
    "week": _of_week,
    "ago": _ago,
    "named": _named,
}


def show(value: str) -> str:
    """`2025年5月12日`."""
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"


def find(field: Field, page: Page, at: datetime) -> Iterator[Found]:
    """Days behind a cue or before one (…开的); a full date also beside a value just taken.

    Nothing at all where one of them is a part of more: 昨天和前天开的, 5月1日到12日开的.
    """
    behind = after(field)
    text = page.text
    days: list[Found] = []
    for met, form in matches(text):
        start, end = met.span()
        clock = CLOCK.match(text, end)
        over = clock.end() if clock else end
        free = page.free(start)
        cued = page.cued(field, start) or (free and behind.match(text, over) is not None)
        listed = form == "full" and free and _beside(text, start, end)
        if not (cued or listed) or _OPEN_END.match(text, over):
            continue
        if _HEDGED.search(text[max(0, start - 4) : start]):
            return
        days.append(Found(met[0], ((start, end),), cued))
    yield from days


def alone(text: str) -> bool:
    """Whether a text is nothing but a day, or corrects one: 昨天下午; 不对，是5月13号."""
    text = apart(tidy(text))
    for met, form in matches(text):
        start, end = met.span()
        clock = CLOCK.match(text, end)
        if clock and any(clock.groups()):
            return False  # with its hour it may be when something broke
        around = text[:start], text[clock.end() if clock else end :]
        if all(_AROUND.fullmatch(part) for part in around):
            return form != "named" or met[0][-1] in "天日"  # 刚才 and 现在 are said of all things
    return False


def _beside(text: str, start: int, end: int) -> bool:
    """Next to a value that another field took, with only a separator between."""
    before, behind = text[max(0, start - 3) : start], text[end : end + 3]
    return before.rstrip(" ,;/、\n").endswith(TAKEN) or behind.lstrip(" ,;/、\n").startswith(TAKEN)
