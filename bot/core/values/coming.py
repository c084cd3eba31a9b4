"""Days, moments and spans to come, as agents write them: 12月5日, 周五, 明天 9:00, 2小时, 3天."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.core.content import working_time
from bot.core.content.calendar import Calendar
from bot.core.text.clock import BEIJING
from bot.core.text.numerals import CHINESE, amount
from bot.core.values import clock_times
from bot.core.values.context import Context
from bot.core.values.days import WEEKDAYS
from bot.core.values.value import Refused, tidy

_NEAR = {"明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_WEEKDAY = re.compile(r"(?P<next>下个?)?(?:这个?|本)?(?:周|星期|礼拜)(?P<on>[一二三四五六日天])")
# A number alone is no day: who writes 30 may mean minutes.
_DAY = re.compile(
    r"(?!\d+$)(?:(?:(?P<y>20\d\d)[年./-])?(?P<m>1[0-2]|0?[1-9])[月./-])?(?P<d>3[01]|[12]\d|0?[1-9])[日号]?"
)


_SPAN = re.compile(
    rf"(?P<count>\d{{1,3}}|半|[{CHINESE}]{{1,3}})个?(?P<unit>分钟|小时|钟头|天|周|星期)后?"
)
_UNITS = {
    **dict.fromkeys(("小时", "钟头"), timedelta(hours=1)),
    **dict.fromkeys(("周", "星期"), timedelta(weeks=1)),
    "分钟": timedelta(minutes=1),
    "天": timedelta(days=1),
}


def span(text: str) -> timedelta | None:
    """How long a text says and nothing more; None for another text, and for no time at all."""
    met = _SPAN.fullmatch(tidy(text).replace(" ", ""))
    if met is None:
        return None
    count = Decimal("0.5") if met["count"] == "半" else amount(met["count"])
    return _UNITS[met["unit"]] * float(count) if count else None


def moment(text: str, context: Context, calendar: Calendar) -> datetime | None:
    """The moment to come that a text is and nothing more: after a span, on a day, at a time of a
    day. A day without a time is when agents begin to work; None for any other text.
    """
    if (long := span(text)) is not None:
        return context.at + long
    said = clock_times.apart(tidy(text))
    met = clock_times.CLOCK.search(said)
    hour = clock_times.read(met) if met else None
    if met is None or hour is None or isinstance(hour, Refused):
        on = day(text, context)
        return working_time.begins(calendar, on) if on else None
    rest = (said[: met.start()] + said[met.end() :]).strip()
    on = context.today if rest in ("", "今天", "今日") else day(rest, context)
    found = datetime.combine(on, time(*hour), BEIJING) if on else context.at
    return found if found > context.at else None


def day(text: str, context: Context) -> date | None:
    """The day that a text is and nothing more; None for another text, and for a day that is today
    or has passed. Without a month or year it is the next such day.
    """
    said, today = tidy(text).replace(" ", ""), context.today
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if met := _WEEKDAY.fullmatch(said):
        found = today + timedelta(
            days=WEEKDAYS[met["on"]] - today.weekday() + 7 * bool(met["next"])
        )
        return found if found > today else None
    if met := _DAY.fullmatch(said):
        return _next(met, today)
    return None


def _next(met: re.Match[str], today: date) -> date | None:
    """The first day after today with this day of the month, and month and year where they are
    told.
    """
    for ahead in range(1, 367):
        found = today + timedelta(days=ahead)
        told = (met["y"], met["m"], met["d"])
        if all(
            part is None or int(part) == of
            for part, of in zip(told, (found.year, found.month, found.day), strict=True)
        ):
            return found
    return None
