"""A day that is still to come, as agents write it: 12月5日, 12-5, 明天, 周五, 下周一."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.core.values.context import Context
from bot.core.values.days import WEEKDAYS
from bot.core.values.value import tidy

_NEAR = {"明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_WEEKDAY = re.compile(r"(?P<next>下个?)?(?:这个?|本)?(?:周|星期|礼拜)(?P<on>[一二三四五六日天])")
_DAY = re.compile(
    r"(?:(?:(?P<y>20\d\d)[年./-])?(?P<m>1[0-2]|0?[1-9])[月./-])?(?P<d>3[01]|[12]\d|0?[1-9])[日号]?"
)


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
